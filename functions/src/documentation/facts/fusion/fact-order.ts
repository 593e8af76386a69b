import type { Fact, FactChange, FactKind } from '../../../protocol/facts.ts';

const kindOrder: FactKind[] = [
  'feature',
  'route',
  'api',
  'component',
  'flag',
  'configuration',
  'ui-text',
  'bug-fix',
  'improvement',
  'dependency',
  'other',
];

const changeOrder: FactChange[] = ['stated', 'added', 'renamed', 'changed', 'removed'];

const compareText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

const compareNames = (one: Fact, other: Fact): number =>
  compareText(one.scope ?? '', other.scope ?? '') || compareText(one.subject, other.subject);

/** What breaks comes first, then what is new, by kind. */
const rankOf = ({ breaking, kind, change }: Fact): number =>
  ((breaking ? 0 : 1) * kindOrder.length + kindOrder.indexOf(kind)) * changeOrder.length +
  changeOrder.indexOf(change);

/** Most important first, equal ones by name. The same on every machine. */
export const orderFacts = (facts: readonly Fact[]): Fact[] => {
  const ranks = new Map<number, Fact[]>();
  for (const fact of facts) {
    const rank = rankOf(fact);
    const equals = ranks.get(rank);
    if (equals) equals.push(fact);
    else ranks.set(rank, [fact]);
  }
  return [...ranks].sort(([one], [other]) => one - other).flatMap(([, equals]) => equals.sort(compareNames));
};
