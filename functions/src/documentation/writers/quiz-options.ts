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
}

const maximumWrong = 3;
const letters = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

/** Where the fact can be looked up. */
export const sourceOf = ({ file, line, commit }: Fact): string => {
  const place = file === undefined ? '' : `${file}${line === undefined ? '' : `, line ${line}`}, `;
  return `${place}commit ${commit.slice(0, 12)}`;
};

/** The same order for the same question, and another one for the next. */
const mixed = (texts: readonly string[], seed: string): string[] =>
  [...texts].sort((one, other) => (digest(seed, one) < digest(seed, other) ? -1 : 1));

/** The question with its options mixed and named, and an explanation that cites the fact. */
export const finishQuestion = (draft: DraftQuestion): AnsweredQuestion | undefined => {
  const { kind, question, right, fact } = draft;
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
    explanation: `${changeSentence(fact)} Source: ${sourceOf(fact)}.`,
    facts: [fact.id],
  };
};
