import type { Sentence } from '../../protocol/documentation.ts';
import type { Fact } from '../../protocol/facts.ts';
import { listed } from '../listed.ts';
import type { FactIndex } from './fact-index.ts';
import { nameOf, nounsOf } from './fact-names.ts';
import { plainText } from './plain-text.ts';
import { statementSentence } from './statement-sentences.ts';

/** Names of what a message brought that its sentence can carry. */
const namesInSentence = 4;

/** Kinds that a reader of release notes may meet by name. */
const worthNaming = new Set<Fact['kind']>(['route', 'configuration', 'flag']);

/** Related is also what the commit only touched; it brought what became what it is by it. */
const broughtBy = (fact: Fact, index: FactIndex): Fact[] => {
  if (fact.related.length === 0) return [];
  const said = plainText(fact.statement ?? fact.name);
  return fact.related
    .flatMap((id) => index.get(id) ?? [])
    .filter(({ change, kind, name }) => change === 'added' && worthNaming.has(kind) && !said.includes(name))
    .filter(({ commit }) => commit === fact.commit || fact.furtherCommits.includes(commit));
};

const named = (facts: readonly Fact[]): string => {
  const groups = new Map<string, Fact[]>();
  for (const fact of facts) {
    const [, nouns] = nounsOf(fact);
    groups.set(nouns, [...(groups.get(nouns) ?? []), fact]);
  }
  return listed(
    [...groups].map(([nouns, members]) => {
      const [noun] = members.length === 1 && members[0] ? nounsOf(members[0]) : [nouns];
      return `the ${noun} ${listed(members.map(nameOf))}`;
    }),
  );
};

/** What a message says, followed by the names of the routes, settings and options that came with it. */
export const messageSentence = (fact: Fact, index: FactIndex): Sentence => {
  const statement = statementSentence(fact);
  const area = fact.scope === undefined ? undefined : plainText(fact.scope);
  const brought = broughtBy(fact, index);
  const few = brought.length > 0 && brought.length <= namesInSentence;
  const text = few ? `${statement} It brings ${named(brought)}.` : statement;
  return {
    text,
    facts: [fact.id, ...(few ? brought.map(({ id }) => id) : [])],
    ...(area && { area }),
  };
};
