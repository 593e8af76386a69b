import type { Fact } from '../../protocol/facts.ts';

/** The facts of a document by their ids. */
export type FactIndex = ReadonlyMap<string, Fact>;

export const indexFacts = (facts: readonly Fact[]): FactIndex => {
  const index = new Map<string, Fact>();
  for (const fact of facts) index.set(fact.id, fact);
  return index;
};
