import type { Migration, Sentence } from '../../protocol/documentation.ts';
import type { FactSide } from '../../protocol/fact-sides.ts';
import type { Fact } from '../../protocol/facts.ts';
import { capitalised } from '../capitalised.ts';
import { commandOf } from '../command-of.ts';
import { occurs } from '../gate/occurs.ts';
import { changeSentence } from './change-sentences.ts';
import { definitionsOf } from './code-definitions.ts';
import type { FactIndex } from './fact-index.ts';
import { isMessageFact, nameOf, nounsOf } from './fact-names.ts';
import { asSentence, code, plainText } from './plain-text.ts';
import { statementSentence } from './statement-sentences.ts';

const goneAdvice = (fact: Fact): string => {
  const [noun] = nounsOf(fact);
  return `Remove every use of the ${noun} ${nameOf(fact)}.`;
};

const renamedAdvice = (fact: Fact): string =>
  `Write ${code(fact.name)} instead of ${code(fact.previousName ?? fact.name)}.`;

const requiredParameters = (side: FactSide | undefined): string[] => {
  const given = side?.type === 'component' ? side.properties : undefined;
  const members = side?.type === 'api' || side?.type === 'route' ? side.parameters : (given ?? []);
  return members.filter(({ required }) => required).map(({ name }) => name);
};

/** What has to be there before the program runs or is called. */
const neededAdvice = (fact: Fact): string | undefined => {
  const { before, after } = fact;
  const isNew = before === undefined || ('required' in before && before.required !== true);
  if (after?.type === 'setting' && after.required && isNew) return `Set ${nameOf(fact)}.`;
  if (after?.type === 'flag' && after.required && isNew)
    return `Give ${code(after.usage)} to ${code(commandOf(fact))}.`;
  if (after?.type === 'dependency') return `Install ${code(fact.name)} in the range ${code(after.range)}.`;
  return undefined;
};

const changedAdvice = (fact: Fact): string[] => {
  const needed = neededAdvice(fact);
  if (needed !== undefined) return [needed];
  const before = new Set(requiredParameters(fact.before));
  const wanted = requiredParameters(fact.after).filter((name) => !before.has(name));
  return wanted.map((name) => `Pass ${code(name)} to ${nameOf(fact)}.`);
};

const adviceOf = (fact: Fact): string[] => {
  if (fact.change === 'removed') return [goneAdvice(fact)];
  return fact.change === 'renamed' ? [renamedAdvice(fact)] : changedAdvice(fact);
};

const names = (text: string, { name, previousName = name }: Fact): boolean =>
  [name, previousName].some((known) => occurs(known.toLowerCase(), [text.toLowerCase()]));

/** Words that name some of what a commit broke are about those; words that name none are about all of it. */
const isAbout = (text: string, fact: Fact, broken: readonly Fact[]): boolean =>
  names(text, fact) || !broken.some((other) => names(text, other));

/** What the author wrote about getting over it, from the message that speaks of this fact. */
const wordsOf = (fact: Fact, index: FactIndex): Sentence[] => {
  const known = (ids: readonly string[]) => ids.flatMap((id) => index.get(id) ?? []);
  const messages = known(fact.related).filter((other) => other.breaking && isMessageFact(other));
  return messages.flatMap(({ id, details, related }) => {
    const broken = known(related).filter(({ breaking }) => breaking);
    return details
      .filter((detail) => isAbout(detail, fact, broken))
      .map((detail) => ({ text: asSentence(capitalised(plainText(detail))), facts: [id] }));
  });
};

const noteOf = (fact: Fact, index: FactIndex): Migration => {
  const advice = adviceOf(fact).map((text) => ({ text, facts: [fact.id] }));
  const words = wordsOf(fact, index);
  return {
    title: { text: changeSentence(fact), facts: [fact.id] },
    advice: [...advice, ...words],
    ...definitionsOf(fact),
    facts: [...new Set([fact.id, ...words.flatMap(({ facts }) => facts)])],
  };
};

/** A break that a message announces and no parsed fact shows is told in the author's words. */
const announcedNote = (fact: Fact): Migration => ({
  title: { text: statementSentence(fact), facts: [fact.id] },
  advice: fact.details.map((detail) => ({
    text: asSentence(capitalised(plainText(detail))),
    facts: [fact.id],
  })),
  facts: [fact.id],
});

/** One note for each breaking fact: what changed, what to do, the code before and after. */
export const writeMigration = (facts: readonly Fact[], index: FactIndex): Migration[] => {
  const breaking = facts.filter((fact) => fact.breaking);
  const proven = breaking.filter((fact) => !isMessageFact(fact));
  const shown = new Set(proven.flatMap(({ related }) => related));
  const announced = breaking.filter((fact) => isMessageFact(fact) && !shown.has(fact.id));
  return [...proven.map((fact) => noteOf(fact, index)), ...announced.map(announcedNote)];
};
