import type { CodeText, Migration, Sentence } from '../../protocol/documentation.ts';
import type { FactSide } from '../../protocol/fact-sides.ts';
import type { Fact } from '../../protocol/facts.ts';
import { capitalised } from '../capitalised.ts';
import { changeSentence } from './change-sentences.ts';
import { exampleOf } from './code-examples.ts';
import { isMessageFact, nameOf, nounsOf } from './fact-names.ts';
import { asSentence, code, codeText, plainText } from './plain-text.ts';
import { statementSentence } from './statement-sentences.ts';

const goneAdvice = (fact: Fact): string => {
  const [noun] = nounsOf(fact);
  return `Remove every use of the ${noun} ${nameOf(fact)}.`;
};

const renamedAdvice = (fact: Fact): string =>
  `Write ${code(fact.name)} instead of ${code(fact.previousName ?? fact.name)}.`;

const requiredParameters = (side: FactSide | undefined): string[] =>
  side?.type === 'api' || side?.type === 'route'
    ? side.parameters.filter(({ required }) => required).map(({ name }) => name)
    : [];

const changedAdvice = (fact: Fact): string[] => {
  const before = new Set(requiredParameters(fact.before));
  const wanted = requiredParameters(fact.after).filter((name) => !before.has(name));
  return wanted.map((name) => `Pass ${code(name)} to ${nameOf(fact)}.`);
};

const adviceOf = (fact: Fact): string[] => {
  if (fact.change === 'removed') return [goneAdvice(fact)];
  return fact.change === 'renamed' ? [renamedAdvice(fact)] : changedAdvice(fact);
};

/** What the author wrote about getting over it, from the message that speaks of this fact. */
const wordsOf = (fact: Fact, byId: ReadonlyMap<string, Fact>): Sentence[] =>
  fact.related
    .flatMap((id) => byId.get(id) ?? [])
    .filter((message) => message.breaking && isMessageFact(message))
    .flatMap(({ id, details }) =>
      details.map((detail) => ({ text: asSentence(capitalised(plainText(detail))), facts: [id] })),
    );

const definitionOf = (side: FactSide | undefined, fact: Fact): CodeText | undefined => {
  if (side === undefined) return undefined;
  if (side.type === 'api') return { language: 'ts', text: codeText(side.signature) };
  if (side.type === 'route') return { language: 'http', text: codeText(`${side.method} ${side.path}`) };
  return exampleOf(side, fact);
};

const noteOf = (fact: Fact, byId: ReadonlyMap<string, Fact>): Migration => {
  const [before, after] = [definitionOf(fact.before, fact), definitionOf(fact.after, fact)];
  const advice = adviceOf(fact).map((text) => ({ text, facts: [fact.id] }));
  const words = wordsOf(fact, byId);
  return {
    title: { text: changeSentence(fact), facts: [fact.id] },
    advice: [...advice, ...words],
    ...(before && { before }),
    ...(after && { after }),
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
export const writeMigration = (facts: readonly Fact[]): Migration[] => {
  const byId = new Map(facts.map((fact) => [fact.id, fact]));
  const breaking = facts.filter((fact) => fact.breaking);
  const proven = breaking.filter((fact) => !isMessageFact(fact));
  const shown = new Set(proven.flatMap(({ related }) => related));
  const announced = breaking.filter((fact) => isMessageFact(fact) && !shown.has(fact.id));
  return [...proven.map((fact) => noteOf(fact, byId)), ...announced.map(announcedNote)];
};
