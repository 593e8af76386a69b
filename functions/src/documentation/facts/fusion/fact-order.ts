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

/** Most facts that are compared are alike in this, so that few are looked up. */
const compareRank = <Name>(order: readonly Name[], one: Name, other: Name): number =>
  one === other ? 0 : order.indexOf(one) - order.indexOf(other);

const compareText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** Most important first: what breaks, then what is new, by kind; equal ones by name. The same on every machine. */
export const compareFacts = (one: Fact, other: Fact): number =>
  Number(other.breaking) - Number(one.breaking) ||
  compareRank(kindOrder, one.kind, other.kind) ||
  compareRank(changeOrder, one.change, other.change) ||
  compareText(one.scope ?? '', other.scope ?? '') ||
  compareText(one.subject, other.subject);
