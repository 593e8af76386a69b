import type { Fact } from '../../protocol/facts.ts';
import type { AnsweredQuestion } from '../../protocol/quiz.ts';
import { isMessageFact } from './fact-names.ts';
import { defaultValue, newDefault, newName, newText } from './quiz-changes.ts';
import { finishQuestion } from './quiz-options.ts';
import { statement } from './quiz-statements.ts';
import { described, neededMembers, neededVersion } from './quiz-traits.ts';

const maximumQuestions = 20;

const ways = [newName, newText, neededVersion, newDefault, neededMembers, described, defaultValue, statement];

/** Longer ones nobody reads to the end; what people wrote into their code may be a page. */
const longest = { question: 400, option: 200, explanation: 1_000 };

const isReadable = ({ question, options, explanation }: AnsweredQuestion): boolean =>
  question.length <= longest.question &&
  explanation.length <= longest.explanation &&
  options.every(({ text }) => text.length <= longest.option);

const questionAbout = (fact: Fact, facts: readonly Fact[]): AnsweredQuestion | undefined => {
  for (const way of ways) {
    const draft = way(fact, facts);
    const question = draft && finishQuestion(draft);
    if (question !== undefined && isReadable(question)) return question;
  }
  return undefined;
};

/** Questions of one kind of fact: more teach nothing new. */
const questionsOfKind = 4;

const isJudged = ({ question }: { question: AnsweredQuestion }): boolean => question.kind === 'true-false';

/** A few of each kind of fact, so that no quiz is about one thing only; a statement to judge asks the least. */
const spread = (
  questions: readonly { kind: Fact['kind']; question: AnsweredQuestion }[],
): AnsweredQuestion[] => {
  const counts = new Map<string, number>();
  const best = questions.toSorted((one, other) => Number(isJudged(one)) - Number(isJudged(other)));
  const kept = new Set(
    best.filter(({ kind }) => {
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
      return (counts.get(kind) ?? 0) <= questionsOfKind;
    }),
  );
  const chosen = questions.filter((question) => kept.has(question));
  return chosen.map(({ question }) => question).slice(0, maximumQuestions);
};

/** Questions whose right answers are proven facts, and whose wrong ones are real names that the facts rule out. */
export const writeQuiz = (facts: readonly Fact[]): AnsweredQuestion[] => {
  const proven = facts.filter((fact) => !isMessageFact(fact));
  return spread(
    proven.flatMap((fact) => {
      const question = questionAbout(fact, proven);
      return question === undefined ? [] : [{ kind: fact.kind, question }];
    }),
  );
};
