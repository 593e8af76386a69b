import { cleanedText } from '../content/cleaned-text.ts';
import type { FileSummary } from '../content/file-summary.ts';

interface Translation {
  file: string;
  line: number;
  text: string;
}

/** The name of a part of a file of translations, without the namespace that its file stands for. */
export const phraseKey = (key: string): string => `phrase:${key.slice(key.indexOf(':') + 1)}`;

/** `locales/en/orders.json` holds the texts of `orders:…`. */
const namespaceOf = (file: string): string => file.slice(file.lastIndexOf('/') + 1).replace(/\.json$/, '');

/** Gives the text of a key; undefined when no file has it, or several say different things. */
export const createTranslations = (
  known: readonly [string, FileSummary][],
): ((key: string) => Translation | undefined) => {
  const texts = new Map<string, Translation | undefined>();
  const add = (key: string, translation: Translation): void => {
    const other = texts.get(key);
    const isSame = !texts.has(key) || other?.text === translation.text;
    texts.set(key, isSame ? (other ?? translation) : undefined);
  };
  for (const [file, { phrases = [] }] of known) {
    for (const { key, line, text } of phrases) {
      const translation = { file, line, text: cleanedText(text) };
      if (translation.text === '') continue;
      add(key, translation);
      add(`${namespaceOf(file)}:${key}`, translation);
    }
  }
  return (key) => texts.get(key);
};
