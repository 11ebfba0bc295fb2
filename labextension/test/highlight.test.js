import assert from 'node:assert/strict';
import { test } from 'node:test';

import { isBrianCell, tokenise } from '../lib/highlight.js';

/** The pieces of a cell as `kind:text`. */
function pieces(text) {
  return tokenise(text).map(({ from, to, kind }) => `${kind}:${text.slice(from, to)}`);
}

/** The pieces of one line below a magic. */
function below(line) {
  return pieces(`%%brian\n${line}`).slice(1);
}

function kindsOf(line, word) {
  return below(line)
    .map(piece => piece.split(':'))
    .filter(([, text]) => text === word)
    .map(([kind]) => kind);
}

test('only a cell whose first line starts with the magic is ours', () => {
  assert.ok(isBrianCell('%%brian'));
  assert.ok(isBrianCell('%%brian P 4000\ndv/dt = 0*volt/second : volt'));
  for (const other of ['', 'x = 1', '\n%%brian P', '%%brianish P', '%brian P', '%%time\n%%brian']) {
    assert.ok(!isBrianCell(other), other);
    assert.deepEqual(tokenise(other), []);
  }
});

test('a differential equation has a derivative, an expression and a unit', () => {
  assert.deepEqual(below('dv/dt = (ge - v)/(20*ms) : volt'), [
    'derivative:dv/dt',
    'operator:=',
    'name:ge',
    'operator:-',
    'name:v',
    'operator:/',
    'number:20',
    'operator:*',
    'unit:ms',
    'unit:volt'
  ]);
});

test('a unit with a power is a unit throughout', () => {
  assert.deepEqual(below('k : second**(-.5)').slice(1), [
    'unit:second',
    'operator:**',
    'operator:-',
    'unit:.5'
  ]);
});

test('a static equation and a parameter define their names', () => {
  assert.deepEqual(below('I = g*(E - v) : amp')[0], 'defined:I');
  assert.deepEqual(below('I : amp'), ['defined:I', 'unit:amp']);
});

test('the magic line shows the name, the size and the options', () => {
  assert.deepEqual(pieces('%%brian P 4000 --threshold "v > -50*mV" --reset -60*mV'), [
    'magic:%%brian',
    'defined:P',
    'number:4000',
    'option:--threshold',
    'name:v',
    'operator:>',
    'operator:-',
    'number:50',
    'operator:*',
    'unit:mV',
    'option:--reset',
    'operator:-',
    'number:60',
    'operator:*',
    'unit:mV'
  ]);
});

test('a section is a keyword, and its colon starts no unit', () => {
  assert.deepEqual(below('reset: v = Vr; w += b'), [
    'section:reset:',
    'name:v',
    'operator:=',
    'name:Vr',
    'name:w',
    'operator:+=',
    'name:b'
  ]);
  for (const word of ['threshold', 'refractory', 'init', 'method']) {
    assert.equal(below(`${word}: x`)[0], `section:${word}:`);
  }
  assert.equal(below('resetting : volt')[0], 'defined:resetting');
});

test('xi is noise, a function is one only when it is called', () => {
  assert.deepEqual(kindsOf('dv/dt = -v/tau + s*xi : volt', 'xi'), ['noise']);
  assert.deepEqual(kindsOf('a = exp(-v/u) : 1', 'exp'), ['function']);
  assert.deepEqual(kindsOf('a = exp : 1', 'exp'), ['name']);
});

test('the model’s own name wins over a unit', () => {
  assert.deepEqual(kindsOf('cm : 1\nx = cm*mV : volt', 'cm'), ['defined', 'name']);
  assert.deepEqual(kindsOf('m : 1\ndh/dt = m/ms : 1', 'm'), ['defined', 'name']);
});

test('a continued line goes on with what it was in', () => {
  assert.deepEqual(kindsOf('dv/dt = a \\\n  + b : volt \\\n /second', 'second'), ['unit']);
  assert.deepEqual(kindsOf('x : volt\ny = second', 'second'), ['unit']);
  assert.deepEqual(kindsOf('dn/dt = (a\n  - b*n) : 1', '1'), ['unit']);
  assert.equal(below('dv/dt = a \\\n  b = 3*mV : volt').filter(p => p.startsWith('defined')).length, 0);
});

test('nothing inside a comment is coloured, and no comment reaches the next line', () => {
  assert.deepEqual(below('# dv/dt : volt'), ['comment:# dv/dt : volt']);
  assert.deepEqual(below('v : volt # 3*mV\nw : amp'), [
    'defined:v',
    'unit:volt',
    'comment:# 3*mV',
    'defined:w',
    'unit:amp'
  ]);
});

test('numbers are whole, with point and exponent', () => {
  const numbers = ['1', '1.', '.5', '2.5', '1e-3', '1.5E+10'];
  for (const number of numbers) {
    assert.deepEqual(kindsOf(`a = b*${number} : volt`, number), ['number'], number);
  }
});

test('pieces ascend and never overlap, whatever the text', () => {
  const text = '%%brian é --x\\\n\\ dτ/dt=-τ:1\n\t d v / dt = : : #\n%%brian\n"\'(\\';
  const tokens = tokenise(text);
  tokens.forEach(({ from, to }, index) => {
    assert.ok(from < to && to <= text.length);
    assert.ok(index === 0 || tokens[index - 1].to <= from);
  });
});
