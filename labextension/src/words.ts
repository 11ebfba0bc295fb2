/** The words that an equation may use without the user having defined them. */

export const SECTIONS = ['threshold', 'reset', 'refractory', 'init', 'method'];

const FUNCTIONS = new Set(
  (
    'exp log log10 sqrt sin cos tan sinh cosh tanh arcsin arccos arctan abs sign floor ceil ' +
    'minimum maximum clip exprel expm1 log1p rand randn'
  ).split(' ')
);

const WORD_OPERATORS = new Set(['and', 'or', 'not', 'if', 'else']);

const SHORT_UNIT =
  /^([mun]V|[munp][AFS]|[mun]s|[kMG]?Hz|[kMG][Oo]hm|[cmun]m[23]?)$/;

const LONG_UNIT = new RegExp(
  '^(da|[yzafpnumcdhkMGTPEZY])?' +
    '(metre|meter|gram|second|amp|kelvin|mole|candle|radian|steradian|hertz|newton|pascal|joule|' +
    'watt|coulomb|volt|farad|ohm|siemens|weber|tesla|henry|celsius|lumen|lux|becquerel|gray|' +
    'sievert|katal)[23]?$|^kilogram[23]?$'
);

export function isFunction(word: string): boolean {
  return FUNCTIONS.has(word);
}

export function isWordOperator(word: string): boolean {
  return WORD_OPERATORS.has(word);
}

export function isUnit(word: string): boolean {
  return SHORT_UNIT.test(word) || LONG_UNIT.test(word);
}
