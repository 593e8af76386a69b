import type { ModuleFact } from '../ports/records.ts';
import type { ToldFact } from '../ports/training-upkeep.ts';

/**
 * For each fact that a module rests on, the later fact that changed it: the same fact with another content, or
 * one that replaces it. A fact that is only told again changes nothing.
 */
export const changedFacts = (
  known: readonly ModuleFact[],
  told: readonly ToldFact[],
): ReadonlyMap<string, string> => {
  const changed = new Map<string, string>();
  for (const fact of known) {
    const later =
      told.find(({ id, digest }) => id === fact.id && digest !== fact.digest) ??
      told.find(({ replaces }) => replaces === fact.id);
    if (later !== undefined) changed.set(fact.id, later.id);
  }
  return changed;
};
