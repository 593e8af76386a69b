/** Something in a text that is a name and not a word of the language. */
export interface NameInText {
  name: string;
  /** Where it stands in the text, with its marks. */
  start: number;
  end: number;
}

/** Tried in this order; what one has taken, the next does not see. The first of each must be there for the second. */
const patterns: readonly (readonly [needed: RegExp, pattern: RegExp])[] = [
  [/`/, /`([^`]+)`/g],
  [/"/, /"([^"]+)"/g],
  // An HTTP operation, and a path by itself.
  [/\//, /\b((?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|ALL) \/\S*?)(?=[.,;:]?(?:\s|$))/g],
  [
    /[/@]/,
    /(?<![\w.])((?:\.{0,2}\/|@)[\w@:{}.*-]*[\w@{}*-](?:\/[\w@:{}.*-]*[\w@{}*-])*\/?)(?=[.,;:)]?(?:\s|$))/g,
  ],
  [/-[a-zA-Z]/, /(?<![\w-])(--?[a-zA-Z][\w-]*)/g],
  // The beginning of a commit's id.
  [/\d/, /\b((?=[a-f]*\d)[0-9a-f]{7,64})\b/g],
  // A version or another number, with what belongs to it.
  [/\d\.\d/, /(?<![\w.])(v?\d+(?:\.\d+)+(?:[-+][\w.]+)?)/g],
  [/\d/, /(?<![\w])(#?\d+(?:,\d{3})*[a-zA-Z%]*)/g],
  // SHOUTED_NAMES, snake_case, camelCase, PascalCase, dotted.names and calls.
  [/_/, /\b([A-Z][A-Z0-9]*_[A-Z0-9_]+)\b/g],
  [/\.[A-Za-z$_]/, /\b([A-Za-z$][\w$]*(?:\.[A-Za-z$_][\w$]*)+)(?:\(\))?/g],
  [/_/, /\b([a-z]+\w*_\w+)\b/g],
  [/[a-z0-9][A-Z]/, /\b([A-Za-z]+[a-z0-9][A-Z]\w*(?:<[\w<>, ]*>)?)/g],
];

const overlaps = (one: NameInText, start: number, end: number): boolean => start < one.end && one.start < end;

/** Every name in a text: code, quoted words, routes, paths, flags, numbers, versions and identifiers. */
export const namesInText = (text: string): NameInText[] => {
  const found: NameInText[] = [];
  for (const [needed, pattern] of patterns) {
    if (!needed.test(text)) continue;
    for (const match of text.matchAll(pattern)) {
      const start = match.index;
      const end = start + match[0].length;
      const name = match[1] ?? match[0];
      if (!found.some((other) => overlaps(other, start, end))) found.push({ name, start, end });
    }
  }
  return found.sort((one, other) => one.start - other.start);
};
