import { AppError } from '../errors/app-error.ts';
import type { AnsweredQuestion } from '../protocol/quiz.ts';
import type { ModuleContent } from '../protocol/training.ts';
import type { RecordedProgress } from '../protocol/training-progress.ts';

type Quiz = Extract<ModuleContent, { type: 'quiz' }>;
export type Graded = NonNullable<RecordedProgress['graded']>;
type Answers = readonly { question: string; options: readonly string[] }[];

const sameOptions = (chosen: readonly string[], correct: readonly string[]): boolean =>
  new Set(chosen).size === correct.length && correct.every((id) => chosen.includes(id));

const refuseUnknown = (questions: readonly AnsweredQuestion[], answers: Answers): void => {
  const known = new Map(
    questions.map(({ id, options }) => [id, new Set(options.map((option) => option.id))]),
  );
  for (const { question: id, options: chosen } of answers) {
    const options = known.get(id);
    if (options === undefined || chosen.some((option) => !options.has(option))) {
      throw new AppError('validation_failed', 'Answer the questions of this version, by their ids.', {
        errors: [{ path: `answers.${id}`, message: 'no such question or option in this version' }],
      });
    }
  }
};

const nothingAsked = (): AppError =>
  new AppError('validation_failed', 'No question of this version is true any more: wait for the next one.', {
    errors: [{ path: 'version', message: 'nothing in this version is graded' }],
  });

/**
 * Grades an attempt: a question counts when exactly the right options were chosen, one that was left out counts
 * as wrong, and one that is not true any more does not count at all. Where none counts, nobody can pass.
 */
export const gradeAttempt = ({ questions, passScore }: Quiz, answers: Answers): Graded => {
  refuseUnknown(questions, answers);
  const chosen = new Map(answers.map(({ question, options }) => [question, options]));
  const asked = questions.filter(({ stale }) => stale === undefined);
  if (asked.length === 0) throw nothingAsked();
  const graded = asked.map(({ id, correct, explanation, facts }) => ({
    id,
    right: sameOptions(chosen.get(id) ?? [], correct),
    correct,
    explanation,
    facts,
  }));
  const score = graded.filter(({ right }) => right).length / asked.length;
  return { score, passed: score >= passScore, questions: graded };
};
