import type { Node } from 'oxc-parser';
import type { NamedFunction, SourceIndex } from './source-index.ts';
import { encloses } from './syntax.ts';

/** The function around each function, by their places in the index; -1 for none. */
const outerFunctions = (functions: readonly NamedFunction[]): number[] => {
  const open: number[] = [];
  return functions.map(({ node }, place) => {
    for (let last = open.at(-1); last !== undefined; last = open.at(-1)) {
      const outer = functions[last];
      if (outer && encloses(outer.node, node)) break;
      open.pop();
    }
    const outer = open.at(-1) ?? -1;
    open.push(place);
    return outer;
  });
};

/** Place of the last function that begins at or before a place of the text, by halving; -1 for none. */
const lastBegun = (functions: readonly NamedFunction[], start: number): number => {
  let low = -1;
  let high = functions.length;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((functions[middle]?.node.start ?? 0) <= start) low = middle;
    else high = middle;
  }
  return low;
};

/** The innermost function in which a node stands. */
export const functionAround = (index: SourceIndex, node: Node): NamedFunction | undefined => {
  const { functions, lazy } = index;
  lazy.outerFunctions ??= outerFunctions(functions);
  let place = lastBegun(functions, node.start);
  while (place >= 0) {
    const found = functions[place];
    if (found && encloses(found.node, node)) return found;
    place = lazy.outerFunctions[place] ?? -1;
  }
  return undefined;
};
