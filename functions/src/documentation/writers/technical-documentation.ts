import type { ApiChange, Document } from '../../protocol/documentation.ts';
import type { Fact } from '../../protocol/facts.ts';
import { writeExamples } from './code-examples.ts';
import type { FactIndex } from './fact-index.ts';
import { isMessageFact } from './fact-names.ts';
import { foldFacts, listFacts } from './fold-facts.ts';
import { writeMigration } from './migration-notes.ts';
import { groupByArea } from './release-notes.ts';

/** Dependencies that only those who build it notice are no news for those who use it. */
const isInternal = (fact: Fact): boolean => {
  const side = fact.after ?? fact.before;
  return side?.type === 'dependency' && side.group === 'devDependencies';
};

const apiChangesOf = (facts: readonly Fact[]): ApiChange[] => {
  const technical = facts.filter(
    (fact) => !isMessageFact(fact) && fact.kind !== 'ui-text' && !isInternal(fact),
  );
  const breaking = new Set(technical.filter((fact) => fact.breaking).map(({ id }) => id));
  const sentences = [
    ...foldFacts(technical.filter((fact) => fact.breaking)),
    ...listFacts(technical.filter((fact) => !fact.breaking)),
  ];
  return groupByArea(sentences).map((sentence) => ({
    ...sentence,
    area: sentence.area ?? 'Other',
    breaking: sentence.facts.some((id) => breaking.has(id)),
  }));
};

/** For those who build on the product or run it. */
export const writeTechnicalDocumentation = (
  facts: readonly Fact[],
  index: FactIndex,
): Document['technicalDocumentation'] => ({
  apiChanges: apiChangesOf(facts),
  migration: writeMigration(facts, index),
  examples: writeExamples(facts),
});
