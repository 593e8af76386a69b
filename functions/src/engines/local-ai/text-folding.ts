/** The engine reads at most this many UTF-16 code units of a text; what follows is ignored. */
export const READ_LIMIT = 4000;

export const CharacterKind = { other: 0, letter: 1, digit: 2, space: 3, symbol: 4 } as const;

const TABLE_SIZE = 0x250;
const SPECIAL_FOLDS: Record<string, string> = { ß: 's', æ: 'a', œ: 'o', ø: 'o', ð: 'd', þ: 't', ł: 'l' };
const TYPOGRAPHY: Record<string, string> = {
  '\u2018': "'",
  '\u2019': "'",
  '\u201b': "'",
  '\u02bc': "'",
  '\u00b4': "'",
  '`': "'",
  '\u201c': '"',
  '\u201d': '"',
  '\u201e': '"',
  '\u00ab': '"',
  '\u00bb': '"',
  '\u2013': '-',
  '\u2014': '-',
  '\u2011': '-',
  '\u2212': '-',
};

function foldCharacter(character: string): string {
  const lower = character.toLowerCase();
  const base = lower.normalize('NFD').charAt(0);
  return SPECIAL_FOLDS[lower] ?? TYPOGRAPHY[character] ?? base;
}

function buildFoldTable(): Uint16Array {
  const table = new Uint16Array(TABLE_SIZE);
  for (let code = 0; code < TABLE_SIZE; code++) {
    table[code] = foldCharacter(String.fromCharCode(code)).charCodeAt(0);
  }
  return table;
}

const FOLD_TABLE = buildFoldTable();
const TYPOGRAPHY_CODES = new Map(
  Object.entries(TYPOGRAPHY).map(([from, to]) => [from.charCodeAt(0), to.charCodeAt(0)]),
);

/** Lower case without diacritics for Latin letters, plain quotes and dashes; every other code unit as it is. */
export function foldCode(code: number): number {
  if (code < TABLE_SIZE) return FOLD_TABLE[code] as number;
  return TYPOGRAPHY_CODES.get(code) ?? code;
}

export function foldText(text: string): string {
  let folded = '';
  for (let index = 0; index < text.length; index++)
    folded += String.fromCharCode(foldCode(text.charCodeAt(index)));
  return folded;
}

/** What a folded code unit is for the tokenizer. */
export function kindOf(code: number): number {
  if ((code >= 97 && code <= 122) || (code >= 0x250 && code < 0x2000)) return CharacterKind.letter;
  if (code >= 48 && code <= 57) return CharacterKind.digit;
  if (code <= 32 || code === 0xa0 || code === 0x202f || code === 0x3000 || code === 0x2009)
    return CharacterKind.space;
  if (code >= 0x3040 && code < 0xd800) return CharacterKind.letter;
  return code >= 0x2000 ? CharacterKind.symbol : CharacterKind.other;
}
