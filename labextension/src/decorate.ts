/** Shows the pieces of a cell in its CodeMirror editor. */

import { EditorState, Extension, Prec, RangeSet } from '@codemirror/state';
import { Decoration, DecorationSet, EditorView, ViewPlugin, ViewUpdate } from '@codemirror/view';

import { KINDS, tokenise } from './highlight.js';

const MARKS = Object.fromEntries(
  KINDS.map(kind => [kind, Decoration.mark({ class: `cm-brian cm-brian-${kind}` })])
);

function decorate(state: EditorState): DecorationSet {
  const tokens = tokenise(state.doc.toString());
  return RangeSet.of(tokens.map(({ from, to, kind }) => MARKS[kind].range(from, to)));
}

const plugin = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;

    constructor(view: EditorView) {
      this.decorations = decorate(view.state);
    }

    update(update: ViewUpdate): void {
      if (update.docChanged) {
        this.decorations = decorate(update.state);
      }
    }
  },
  { decorations: view => view.decorations }
);

/** Highest precedence: our marks lie inside those of the Python highlighter, so that ours win. */
export const equationColours: Extension = Prec.highest(plugin);
