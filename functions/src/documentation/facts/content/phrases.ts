import { emptySummary, type FileSummary, type PhraseFound } from './file-summary.ts';
import { lineAt, lineStartsOf } from './lines.ts';

/** Larger files are no texts of one product. */
const mostPhrases = 5_000;
const mostLevels = 20;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Keys of a file are in the order of its text, so that each is looked for behind the one before. */
const createFinder = (text: string): ((name: string) => number) => {
  const starts = lineStartsOf(text);
  let offset = 0;
  return (name) => {
    const found = text.indexOf(JSON.stringify(name), offset);
    if (found >= 0) offset = found + 1;
    return lineAt(starts, Math.max(0, offset - 1));
  };
};

/** The texts of a file of translations: `{ "save": "Save", "orders": { "empty": "Nothing yet" } }` */
export const summarisePhrases = (text: string): FileSummary => {
  const phrases: PhraseFound[] = [];
  const lineOf = createFinder(text);
  const add = (value: unknown, keys: readonly string[]): void => {
    if (!isObject(value) || keys.length > mostLevels) return;
    for (const [name, inner] of Object.entries(value)) {
      if (phrases.length >= mostPhrases) return;
      const line = lineOf(name);
      const own = [...keys, name];
      if (typeof inner === 'string') phrases.push({ key: own.join('.'), text: inner, line });
      else add(inner, own);
    }
  };
  try {
    add(JSON.parse(text), []);
    return { ...emptySummary(), phrases };
  } catch {
    const reason = 'It is no JSON text.';
    return { ...emptySummary(), unresolved: [{ what: 'file', subject: 'the whole file', reason, line: 1 }] };
  }
};
