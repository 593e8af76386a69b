import type { Stale } from '../protocol/fact-references.ts';
import type { ModuleContent } from '../protocol/training.ts';

interface Part {
  id: string;
  facts: string[];
  stale?: Stale | undefined;
}

/** More parts than these make no module that anybody would finish. */
const maximumParts = 60;

const basisOf = ({ facts }: Part): string => facts.toSorted().join(' ');

/**
 * What was there, with what is not true any more marked, and behind it what is new, true again, or told of the same
 * facts in other words. When there is too much, the parts that are not true any more go first, the oldest before the
 * others.
 */
const mergeParts = <Item extends Part>(before: readonly Item[], drafted: readonly Item[]): Item[] => {
  const made = new Set(drafted.map(({ id }) => id));
  const retold = new Set(drafted.map(basisOf).filter((basis) => basis !== ''));
  const kept = before.filter((part) =>
    part.stale === undefined ? made.has(part.id) || !retold.has(basisOf(part)) : !made.has(part.id),
  );
  const known = new Set(kept.map(({ id }) => id));
  const merged = [...kept, ...drafted.filter(({ id }) => !known.has(id))];
  const surplus = Math.max(0, merged.length - maximumParts);
  const stale = merged.filter((part) => part.stale !== undefined);
  const valid = merged.filter((part) => part.stale === undefined);
  const dropped = new Set([...stale, ...valid].slice(0, surplus));
  return merged.filter((part) => !dropped.has(part));
};

/** Joins a module's content with what was made from new facts; contents of different types are not joined. */
export const mergeContent = (before: ModuleContent, drafted: ModuleContent): ModuleContent => {
  if (before.type === 'video' && drafted.type === 'video')
    return { ...before, scenes: mergeParts(before.scenes, drafted.scenes) };
  if (before.type === 'interactive' && drafted.type === 'interactive')
    return { ...before, steps: mergeParts(before.steps, drafted.steps) };
  if (before.type === 'quiz' && drafted.type === 'quiz')
    return { ...before, questions: mergeParts(before.questions, drafted.questions) };
  return before;
};
