import type { Fact } from '../../protocol/facts.ts';
import type { AnsweredQuestion } from '../../protocol/quiz.ts';
import { evidenceOf } from './evidence.ts';
import { objectionsTo } from './gate.ts';
import type { Objection } from './objection.ts';
import { isOneOf, occursInParts } from './occurs.ts';

/** A question may speak of what was and of what is at once; its names must be real all the same. */
const isAboutNames = ({ kind }: Objection): boolean =>
  kind === 'unsupported-name' || kind === 'unsupported-word';

const wrongAnswer = (name: string): Objection => ({ kind: 'wrong-answer', name });

/** The statement to judge is true when the gate would let it through. */
const judgedObjections = ({ question, options, correct }: AnsweredQuestion, facts: readonly Fact[]) => {
  const statement = question.replace(/^True or false\? /, '');
  const truth = objectionsTo(statement, facts).length === 0 ? 'True' : 'False';
  const right = options.filter(({ id }) => correct.includes(id)).map(({ text }) => text);
  return right.length === 1 && right[0] === truth ? [] : [wrongAnswer(right.join(' '))];
};

const optionObjections = (
  { options, correct }: AnsweredQuestion,
  facts: readonly Fact[],
  real: readonly string[],
): Objection[] => {
  const { after } = evidenceOf(facts);
  return options.flatMap(({ id, text }) => {
    const isRight = correct.includes(id);
    const fits = isRight ? occursInParts(text, after) : occursInParts(text, real) && !isOneOf(text, after);
    return fits ? [] : [wrongAnswer(text)];
  });
};

/**
 * What a question says beyond its facts: names that are not in them, right answers that are not what is now, wrong
 * ones that are not among the real names of the document or are true of the fact as it is now, a statement whose truth is not the answer.
 */
export const quizObjections = (
  question: AnsweredQuestion,
  facts: readonly Fact[],
  real: readonly string[],
): Objection[] => [
  ...objectionsTo(question.question, facts).filter(isAboutNames),
  ...(question.kind === 'true-false'
    ? judgedObjections(question, facts)
    : optionObjections(question, facts, real)),
];
