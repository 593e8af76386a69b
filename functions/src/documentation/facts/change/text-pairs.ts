import type { TextSide } from '../../../protocol/fact-sides.ts';
import type { SurfaceElement } from '../surface/surface-element.ts';
import type { SurfaceChange } from './change.ts';
import { groupChanges, type Pair, pairEach, pairInOrder, type Side } from './pair-changes.ts';

const textOf = (element: SurfaceElement | undefined): TextSide | undefined =>
  element?.side.type === 'text' ? element.side : undefined;

/** What people do with it; the element around words that are only read is none of their business. */
const useOf = (element: string): string =>
  /^(a|button|input|select|textarea|option|label|h[1-6])$/i.test(element) ? element.toLowerCase() : '';

/** What the component is called now. */
const componentOf = ({ component }: TextSide, side: Side, newNames: ReadonlyMap<string, string>): string =>
  side === 'before' ? (newNames.get(component) ?? component) : component;

/** Texts that say the same in the same component, though their element or the component has another name. */
export const carriedTexts = (
  changes: readonly SurfaceChange[],
  newNames: ReadonlyMap<string, string>,
): Pair[] => {
  const groups = groupChanges(changes, (element, side) => {
    const text = textOf(element);
    if (text === undefined) return undefined;
    return JSON.stringify([
      componentOf(text, side, newNames),
      useOf(text.element),
      text.role,
      text.text,
      text.target ?? '',
    ]);
  });
  return groups.flatMap(pairEach);
};

const wordsOf = (change: SurfaceChange): Set<string> =>
  new Set((textOf(change.after ?? change.before)?.text ?? '').toLowerCase().match(/\p{L}{3,}/gu) ?? []);

/** The one that shares most words, the first of them when several do; undefined when none shares any. */
const closestOf = (
  words: ReadonlySet<string>,
  open: ReadonlyMap<SurfaceChange, ReadonlySet<string>>,
): SurfaceChange | undefined => {
  let closest: SurfaceChange | undefined;
  let most = 0;
  for (const [change, others] of open) {
    const shared = [...others].filter((word) => words.has(word)).length;
    if (shared > most) [closest, most] = [change, shared];
  }
  return closest;
};

/** Texts in the same place that read differently: first those that share words, then by their order. */
export const rewordedTexts = (
  changes: readonly SurfaceChange[],
  newNames: ReadonlyMap<string, string>,
): Pair[] => {
  const groups = groupChanges(changes, (element, side) => {
    const text = textOf(element);
    return text && JSON.stringify([componentOf(text, side, newNames), text.element, text.role]);
  });
  return groups.flatMap(({ gone, come }) => {
    const pairs: Pair[] = [];
    const rest: SurfaceChange[] = [];
    const open = new Map(come.map((change) => [change, wordsOf(change)]));
    for (const removed of gone) {
      const added = closestOf(wordsOf(removed), open);
      if (added === undefined) rest.push(removed);
      else {
        open.delete(added);
        pairs.push({ removed, added });
      }
    }
    return [...pairs, ...pairInOrder({ gone: rest, come: [...open.keys()] })];
  });
};
