import type { FactMember, FactSide } from '../../protocol/fact-sides.ts';
import type { Fact } from '../../protocol/facts.ts';
import type { AnsweredQuestion } from '../../protocol/quiz.ts';
import { capitalised } from '../capitalised.ts';
import { listed } from '../listed.ts';
import { changeSentence } from './change-sentences.ts';
import { isIdentifier } from './code-examples.ts';
import { defaultOf, descriptionOf } from './descriptions.ts';
import { isEngine, isMessageFact, nameOf, nounsOf } from './fact-names.ts';
import { code, quote } from './plain-text.ts';
import { type DraftQuestion, finishQuestion, likelyFirst } from './quiz-options.ts';

const maximumQuestions = 20;

const membersOf = (side: FactSide | undefined): FactMember[] => {
  if (side?.type === 'api' || side?.type === 'route') return side.parameters;
  return side?.type === 'component' ? side.properties : [];
};

/** Values of the other facts, each as an option: what they say of themselves is not true of this one. */
const others = (facts: readonly Fact[], fact: Fact, value: (other: Fact) => string[]): string[] =>
  facts.filter(({ id }) => id !== fact.id).flatMap(value);

const newName = (fact: Fact, facts: readonly Fact[]): DraftQuestion | undefined => {
  if (fact.change !== 'renamed' || fact.previousName === undefined) return undefined;
  return {
    kind: 'choice',
    question: `What is the ${nounsOf(fact)[0]} ${code(fact.previousName)} called now?`,
    right: [code(fact.name)],
    wrong: others(facts, fact, (other) => (nounsOf(other)[0] === nounsOf(fact)[0] ? [code(other.name)] : [])),
    fact,
  };
};

const defaultValue = (fact: Fact, facts: readonly Fact[]): DraftQuestion | undefined => {
  const value = defaultOf(fact.after);
  if (value === undefined) return undefined;
  const wrong = others(facts, fact, (other) => {
    const offered = defaultOf(other.after);
    return offered === undefined || offered === value ? [] : [code(offered)];
  });
  const right = code(value);
  const isTold = changeSentence(fact).includes(right);
  return {
    kind: 'choice',
    question: `What is the default of the ${nounsOf(fact)[0]} ${nameOf(fact)}?`,
    right: [right],
    wrong: likelyFirst(wrong, right),
    fact,
    ...(isTold ? {} : { reason: `Its default is ${right}.` }),
  };
};

const newText = (fact: Fact, facts: readonly Fact[]): DraftQuestion | undefined => {
  const { before, after } = fact;
  if (before?.type !== 'text' || after?.type !== 'text' || before.text === after.text) return undefined;
  const wrong = others(facts, fact, ({ after: other }) =>
    other?.type === 'text' && other.text !== after.text ? [quote(other.text)] : [],
  );
  return {
    kind: 'choice',
    question: `What does the ${nounsOf(fact)[0]} in ${code(after.component)} that read ${quote(before.text)} read now?`,
    right: [quote(after.text)],
    wrong: [quote(before.text), ...likelyFirst(wrong, quote(after.text))],
    fact,
  };
};

const requiredRange = (fact: Fact, facts: readonly Fact[]): DraftQuestion | undefined => {
  const { before, after } = fact;
  const isAsked = after?.type === 'dependency' && (fact.change === 'changed' || after.group === 'engines');
  if (!isAsked) return undefined;
  const wrong = others(facts, fact, ({ after: other }) =>
    other?.type === 'dependency' && other.range !== after.range ? [code(other.range)] : [],
  );
  const earlier = before?.type === 'dependency' && before.range !== after.range ? [code(before.range)] : [];
  const question = `Which range of ${nameOf(fact)} is wanted now?`;
  return { kind: 'choice', question, right: [code(after.range)], wrong: [...earlier, ...wrong], fact };
};

const neededMembers = (fact: Fact, facts: readonly Fact[]): DraftQuestion | undefined => {
  const members = membersOf(fact.after);
  const plain = members.filter(({ name }) => isIdentifier(name));
  if (plain.length < members.length) return undefined;
  const right = members.filter(({ required }) => required).map(({ name }) => code(name));
  if (right.length === 0 || right.length > 4) return undefined;
  const own = new Set(members.map(({ name }) => code(name)));
  const wrong = others(facts, fact, (other) =>
    membersOf(other.after).flatMap(({ name }) => (isIdentifier(name) ? [code(name)] : [])),
  );
  return {
    kind: 'multiple',
    question: `What must be given to the ${nounsOf(fact)[0]} ${nameOf(fact)}?`,
    right,
    wrong: wrong.filter((name) => !own.has(name)),
    fact,
    reason: `${nameOf(fact)} needs ${listed(right)}.`,
  };
};

/** Each explains itself in words of its own, so another one's words are wrong of it. */
const described = (fact: Fact, facts: readonly Fact[]): DraftQuestion | undefined => {
  const description = descriptionOf(fact.after);
  if (description === undefined) return undefined;
  const wrong = others(facts, fact, (other) =>
    nounsOf(other)[0] === nounsOf(fact)[0] && (descriptionOf(other.after) ?? description) !== description
      ? [nameOf(other)]
      : [],
  );
  const question = `Of which ${nounsOf(fact)[0]} is this said? ${description}`;
  const isTold = changeSentence(fact).includes(description);
  const reason = isTold ? {} : { reason: `It is described so: ${description}` };
  return { kind: 'choice', question, right: [nameOf(fact)], wrong, fact, ...reason };
};

/** Half of the statements are true; which ones follows from the facts' ids. */
const statement = (fact: Fact): DraftQuestion | undefined => {
  if ((fact.change !== 'added' && fact.change !== 'removed') || isEngine(fact)) return undefined;
  const truth = Number.parseInt(fact.id.slice(0, 2), 16) % 2 === 0;
  const said = (fact.change === 'added') === truth ? 'is new' : 'was removed';
  const [right, wrong] = truth ? ['True', 'False'] : ['False', 'True'];
  return {
    kind: 'true-false',
    question: `True or false? ${capitalised(`the ${nounsOf(fact)[0]} ${nameOf(fact)} ${said}.`)}`,
    right: [right],
    wrong: [wrong],
    fact,
  };
};

const ways = [newName, newText, requiredRange, neededMembers, described, defaultValue, statement];

const questionAbout = (fact: Fact, facts: readonly Fact[]): AnsweredQuestion | undefined => {
  for (const way of ways) {
    const draft = way(fact, facts);
    const question = draft && finishQuestion(draft);
    if (question !== undefined) return question;
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
