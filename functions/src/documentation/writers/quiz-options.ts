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

const maximumWrong = 3;
const letters = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

/** Where the fact can be looked up. */
export const sourceOf = ({ file, line, commit }: Fact): string => {
  const place = file === undefined ? '' : `${file}${line === undefined ? '' : `, line ${line}`}, `;
  return `${place}commit ${commit.slice(0, 12)}`;
};

const isNumber = (text: string): boolean => /^\W*[\d.]+\W*$/.test(text);

/** How much an option looks unlike the right answer, so that its form would give that away. */
const unlikeness = (text: string, right: string): number =>
  (isNumber(text) === isNumber(right) ? 0 : 1_000) + Math.abs(text.length - right.length);

/** Those first that look most like the right answer. */
export const likelyFirst = (texts: readonly string[], right: string): string[] =>
  texts.toSorted((one, other) => unlikeness(one, right) - unlikeness(other, right));

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
