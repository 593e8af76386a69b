import type { Fact } from '../../protocol/facts.ts';
import type { AnsweredQuestion } from '../../protocol/quiz.ts';
import { changeSentence } from './change-sentences.ts';
import { digest } from './digest.ts';

/** A question before its options are mixed. */
export interface DraftQuestion {
  kind: AnsweredQuestion['kind'];
  question: string;
  right: readonly string[];
  /** Real names that are provably no answer. */
  wrong: readonly string[];
  fact: Fact;
  /** Why the right answer is right, where telling the change does not say it. */
  reason?: string;
}

/** Values of the other facts, each as an option: what they say of themselves is not true of this one. */
export const ofOthers = (facts: readonly Fact[], fact: Fact, value: (other: Fact) => string[]): string[] =>
  facts.filter(({ id }) => id !== fact.id).flatMap(value);

const maximumWrong = 3;
const letters = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

/** Where the fact can be looked up. */
export const sourceOf = ({ file, line, commit }: Fact): string => {
  const place = file === undefined ? '' : `${file}${line === undefined ? '' : `, line ${line}`}, `;
  return `${place}commit ${commit.slice(0, 12)}`;
};

/** What an option looks like at first sight: a request of some method, a range with its operator, a number … */
const shapeOf = (text: string): string => {
  const [start] = /^\W*(?:[A-Z]+(?= \/)|[<>=^~]+)/.exec(text) ?? [];
  if (start !== undefined) return start;
  if (/^\W*[\d.]+\W*$/.test(text)) return 'number';
  return text.includes('/') ? 'path' : 'name';
};

/** Those that could be the right answer by their form, those of its length first. */
export const alike = (texts: readonly string[], right: string): string[] => {
  const distance = (text: string): number => Math.abs(text.length - right.length);
  return texts
    .filter((text) => shapeOf(text) === shapeOf(right))
    .sort((one, other) => distance(one) - distance(other));
};

const shortestWord = 3;

/** The words of a text or of a name: `PROOF_KEEP_DAYS` and `keepProof` are made of some. */
const wordsOf = (text: string): Set<string> => {
  const words =
    text
      .replace(/([a-z\d])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .match(/[a-z]+/g) ?? [];
  return new Set(words.filter((word) => word.length >= shortestWord).map((word) => word.replace(/s$/, '')));
};

/** Those first that have most words in common with the question; none when its words give the right answer away. */
export const asLikely = (options: readonly string[], right: string, question: string): string[] => {
  const asked = wordsOf(question);
  const shared = (option: string): number => [...wordsOf(option)].filter((word) => asked.has(word)).length;
  const sorted = options.toSorted((one, other) => shared(other) - shared(one));
  return shared(sorted[0] ?? '') < shared(right) ? [] : sorted;
};

/** The same order for the same question, and another one for the next. */
const mixed = (texts: readonly string[], seed: string): string[] =>
  [...texts].sort((one, other) => (digest(seed, one) < digest(seed, other) ? -1 : 1));

/** The question with its options mixed and named, and an explanation that cites the fact. */
export const finishQuestion = (draft: DraftQuestion): AnsweredQuestion | undefined => {
  const { kind, question, right, fact, reason } = draft;
  const wrong = [...new Set(draft.wrong)].filter((text) => !right.includes(text)).slice(0, maximumWrong);
  if (wrong.length === 0 || right.length === 0) return undefined;
  const texts = kind === 'true-false' ? ['True', 'False'] : mixed([...right, ...wrong], fact.id);
  const options = texts.slice(0, letters.length).map((text, index) => ({ id: letters[index] ?? '', text }));
  return {
    id: digest(question, fact.id, JSON.stringify(fact.after ?? fact.before)),
    kind,
    question,
    options,
    correct: options.filter(({ text }) => right.includes(text)).map(({ id }) => id),
    explanation: [
      changeSentence(fact),
      ...(reason === undefined ? [] : [reason]),
      `Source: ${sourceOf(fact)}.`,
    ].join(' '),
    facts: [fact.id],
  };
};
