import { readFileSync } from 'node:fs';

const trainingFile = new URL('../../functions/data/print-support-train.jsonl', import.meta.url);

/** The labelled messages, as customers write them. */
export const labelledTexts = (): string[] =>
  readFileSync(trainingFile, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => (JSON.parse(line) as { text: string }).text);

const firstOrderNumber = 400_000;
const textsOfOneGiver = 1_000_000;

/**
 * Gives a text that it never gave before: a labelled message with another order number behind it. Givers with
 * different numbers have no text in common.
 */
export const differentTexts = (texts: readonly string[], giver = 0): (() => string) => {
  let given = giver * textsOfOneGiver;
  return () => {
    const text = texts[given % texts.length] ?? '';
    given += 1;
    return `${text} Order ${firstOrderNumber + given}.`;
  };
};
