import type { TextSide } from '../../../protocol/fact-sides.ts';
import type { SurfaceElement } from '../surface/surface-element.ts';
import type { SurfaceChange } from './change.ts';
import { groupChanges, type Pair, pairInOrder, type Side } from './pair-changes.ts';

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
  return groups.flatMap(({ gone, come }) =>
    gone.slice(0, come.length).flatMap((removed, position) => {
      const added = come[position];
      return added ? [{ removed, added }] : [];
    }),
  );
};

const wordsOf = (change: SurfaceChange): string[] =>
  (textOf(change.after ?? change.before)?.text ?? '').toLowerCase().match(/\p{L}{3,}/gu) ?? [];

const sharedWords = (one: SurfaceChange, other: SurfaceChange): number => {
  const words = new Set(wordsOf(one));
  return new Set(wordsOf(other).filter((word) => words.has(word))).size;
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
    const open = new Set(come);
    for (const removed of gone) {
      const [best] = [...open].toSorted(
        (one, other) => sharedWords(removed, other) - sharedWords(removed, one),
      );
      if (!best || sharedWords(removed, best) === 0) continue;
      open.delete(best);
      pairs.push({ removed, added: best });
    }
    const rest = gone.filter((change) => !pairs.some(({ removed }) => removed === change));
    return [...pairs, ...pairInOrder({ gone: rest, come: [...open] })];
  });
};
