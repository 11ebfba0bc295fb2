/** Turns the text of a cell into coloured pieces; knows nothing of editors. */

import { SECTIONS, isFunction, isUnit, isWordOperator } from './words.js';

export const KINDS = [
  'magic',
  'option',
  'section',
  'derivative',
  'defined',
  'name',
  'function',
  'noise',
  'unit',
  'number',
  'operator',
  'comment'
] as const;

export type Kind = (typeof KINDS)[number];

export interface Token {
  from: number;
  to: number;
  kind: Kind;
}

const NAME = '[\\p{L}_][\\p{L}\\p{N}_]*';
const MAGIC = new RegExp(`^(%%brian)(?=\\s|$)(?:[ \\t]+(${NAME}))?`, 'u');
const SECTION = new RegExp(`^[ \\t]*((?:${SECTIONS.join('|')})[ \\t]*:)`);
const DERIVATIVE = new RegExp(`^[ \\t]*(d(${NAME})[ \\t]*/[ \\t]*dt)[ \\t]*=`, 'u');
const DEFINED = new RegExp(`^[ \\t]*((${NAME}))[ \\t]*(?:=|:)`, 'u');
const LOGICAL_LINE = /(?:[^\\\n]|\\\n|\\)+/g; // a backslash joins a line with the next one
const LEXEME = new RegExp(
  '(?<comment>#[^\\n]*)' +
    '|(?<option>(?<=[ \\t])--[a-z]+)' +
    '|(?<number>(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?)' +
    `|(?<word>${NAME})` +
    '|(?<operator>\\*\\*|//|[-+*/%<>=!]=?)' +
    '|(?<colon>:)',
  'gu'
);

/** Whether a cell is one of ours: its first line starts with the magic. */
export function isBrianCell(text: string): boolean {
  return MAGIC.test(text);
}

/** The pieces of a cell in ascending order; none for a cell of another kind. */
export function tokenise(text: string): Token[] {
  if (!isBrianCell(text)) {
    return [];
  }
  const lines = [...text.matchAll(LOGICAL_LINE)];
  const own = findOwnNames(lines.slice(1).map(line => line[0]));
  return lines.flatMap((line, index) =>
    (index === 0 ? tokeniseMagic : tokeniseLine)(line[0], own).map(({ from, to, kind }) => ({
      from: line.index + from,
      to: line.index + to,
      kind
    }))
  );
}

/** Names that the model itself defines: they win over units of the same name. */
function findOwnNames(lines: string[]): Set<string> {
  const models = lines.filter(line => !SECTION.test(line));
  return new Set(models.map(line => (DERIVATIVE.exec(line) ?? DEFINED.exec(line))?.[2] ?? ''));
}

function tokeniseMagic(line: string, own: Set<string>): Token[] {
  const [whole, magic, name] = MAGIC.exec(line)!;
  const head: Token[] = [{ from: 0, to: magic.length, kind: 'magic' }];
  if (name) {
    head.push({ from: whole.length - name.length, to: whole.length, kind: 'defined' });
  }
  return [...head, ...scan(line, whole.length, own, { options: true, units: false })];
}

function tokeniseLine(line: string, own: Set<string>): Token[] {
  for (const [pattern, kind] of [
    [SECTION, 'section'],
    [DERIVATIVE, 'derivative'],
    [DEFINED, 'defined']
  ] as [RegExp, Kind][]) {
    const match = pattern.exec(line);
    if (match) {
      const from = line.indexOf(match[1]);
      const to = from + match[1].length;
      const rest = scan(line, to, own, { options: false, units: kind !== 'section' });
      return [{ from, to, kind }, ...rest];
    }
  }
  return scan(line, 0, own, { options: false, units: true }); // goes on inside an open bracket
}

/** The pieces of an expression; with `units`, a unit follows its colon. */
function scan(
  line: string,
  start: number,
  own: Set<string>,
  allow: { options: boolean; units: boolean }
): Token[] {
  const tokens: Token[] = [];
  let inUnit = false;
  LEXEME.lastIndex = start;
  for (let match = LEXEME.exec(line); match; match = LEXEME.exec(line)) {
    const lexeme = Object.entries(match.groups!).find(([, text]) => text !== undefined)![0];
    const to = match.index + match[0].length;
    const kind = chooseKind(lexeme, match[0], own, inUnit, line.slice(to));
    if (lexeme === 'colon') {
      inUnit = inUnit || allow.units;
    } else if (lexeme !== 'option' || allow.options) {
      tokens.push({ from: match.index, to, kind });
    }
  }
  return tokens;
}

function chooseKind(
  lexeme: string,
  text: string,
  own: Set<string>,
  inUnit: boolean,
  after: string
): Kind {
  if (lexeme === 'number' && inUnit) {
    return 'unit';
  }
  if (lexeme !== 'word') {
    return lexeme as Kind;
  }
  if (isWordOperator(text)) {
    return 'operator';
  }
  if (inUnit) {
    return 'unit';
  }
  if (own.has(text)) {
    return 'name';
  }
  if (isFunction(text) && /^[ \t]*\(/.test(after)) {
    return 'function';
  }
  if (text === 'xi') {
    return 'noise';
  }
  return isUnit(text) ? 'unit' : 'name';
}
