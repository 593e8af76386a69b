import type { TextSide } from '../../protocol/fact-sides.ts';
import type { Fact } from '../../protocol/facts.ts';

const textSides = ({ before, after }: Fact): TextSide[] =>
  [before, after].flatMap((side) => (side?.type === 'text' ? [side] : []));

const keyOf = (fact: Fact): string =>
  JSON.stringify([
    fact.change,
    ...textSides(fact).map(({ component, element, text }) => [component, element, text]),
  ]);

const isWords = (fact: Fact): boolean => textSides(fact)[0]?.role === 'text';

/**
 * A link is two facts, its words and where it leads. Readers are told of its words once; of where it leads only
 * when that changed.
 */
export const withoutLinkDoubles = (facts: readonly Fact[]): Fact[] => {
  const words = new Set(facts.filter(isWords).map(keyOf));
  return facts.filter((fact) => {
    const [one, other = one] = textSides(fact);
    const isLink = one?.role === 'link' && one.target === other?.target;
    return !isLink || !words.has(keyOf(fact));
  });
};
