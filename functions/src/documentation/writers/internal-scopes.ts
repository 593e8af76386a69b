import type { Fact } from '../../protocol/facts.ts';

const setOf = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));

/** Scopes in which projects keep what nobody outside of them sees. */
const workshopScopes = setOf(
  `bench benchmark build ci deps dev e2e errors fixtures internal lint log logging model ports protocol refactor
  scripts test tests testing train types`,
);

/** Scopes of what only those see who run the product. */
const machineScopes = setOf(
  `cache cluster compose config core database db engine engines firestore gateway migrations postgres records
  redis schema sqlite`,
);

const scopeOf = ({ scope }: Fact): string => scope?.toLowerCase() ?? '';

/** Whether a message speaks of the workshop, which is no news to those who use or run the product. */
export const isOfWorkshop = (fact: Fact): boolean => workshopScopes.has(scopeOf(fact));

/** Whether a message speaks of what people who use the product never see. */
export const isUnseen = (fact: Fact): boolean => isOfWorkshop(fact) || machineScopes.has(scopeOf(fact));
