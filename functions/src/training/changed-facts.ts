import type { ModuleFact } from '../ports/records.ts';
import type { ToldFact } from '../ports/training-upkeep.ts';
import type { Stale } from '../protocol/fact-references.ts';

/**
 * For each fact that a module rests on, why it is not so any more: the same fact with another content, or
 * one that replaces it. A fact that is only told again changes nothing.
 */
export const changedFacts = (
  known: readonly ModuleFact[],
  told: readonly ToldFact[],
): ReadonlyMap<string, Stale> => {
  const changed = new Map<string, Stale>();
  for (const fact of known) {
    const later =
      told.find(({ id, digest }) => id === fact.id && digest !== fact.digest) ??
      told.find(({ replaces }) => replaces === fact.id);
    if (later === undefined) continue;
    const because = later.say();
    changed.set(fact.id, { fact: fact.id, changedBy: later.id, ...(because !== undefined && { because }) });
  }
  return changed;
};
