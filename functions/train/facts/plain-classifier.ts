import type { LabelledCommit } from './labelled-commits.ts';

const wordsOf = (message: string): string[] => message.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

const count = (counts: Map<string, number>, key: string): void =>
  void counts.set(key, (counts.get(key) ?? 0) + 1);

/** What anybody would try first: naive Bayes over the words of the message, with add-one smoothing. */
export const trainPlainClassifier = (commits: readonly LabelledCommit[]): ((message: string) => string) => {
  const kinds = [...new Set(commits.map(({ kind }) => kind))].sort();
  const messages = new Map<string, number>();
  const words = new Map<string, number>();
  const totals = new Map<string, number>();
  const vocabulary = new Set<string>();
  for (const { kind, message } of commits) {
    count(messages, kind);
    for (const word of wordsOf(message)) {
      vocabulary.add(word);
      count(words, `${kind} ${word}`);
      count(totals, kind);
    }
  }
  const score = (kind: string, message: string): number =>
    wordsOf(message)
      .filter((word) => vocabulary.has(word))
      .reduce(
        (sum, word) =>
          sum +
          Math.log(((words.get(`${kind} ${word}`) ?? 0) + 1) / ((totals.get(kind) ?? 0) + vocabulary.size)),
        Math.log((messages.get(kind) ?? 0) / commits.length),
      );
  return (message) => {
    const scores = kinds.map((kind) => score(kind, message));
    return kinds[scores.indexOf(Math.max(...scores))] ?? '';
  };
};
