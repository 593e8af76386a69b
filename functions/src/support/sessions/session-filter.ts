import type { Condition } from '../../ports/record-store.ts';
import type { SupportSession } from '../../ports/records.ts';
import type { SessionListQuery } from '../../protocol/sessions.ts';

export type SessionCondition = Condition<'supportSessions'>;

const equals = (field: SessionCondition['field'], value: string | undefined): SessionCondition[] =>
  value === undefined ? [] : [{ field, operator: '==', value }];

/** The first of these is the one whose index is walked, so those that few sessions share come first. */
export const plainConditions = (query: SessionListQuery): SessionCondition[] => [
  ...equals('orderRef', query.orderRef),
  ...equals('customerId', query.customer),
  ...equals('agentId', query.agent),
  ...equals('category', query.category),
  ...equals('status', query.status),
  ...(query.from === undefined ? [] : [{ field: 'startTime', operator: '>=', value: query.from } as const]),
  ...(query.to === undefined ? [] : [{ field: 'startTime', operator: '<', value: query.to } as const]),
];

export const contains = (
  field: 'audience' | 'tags' | 'searchTerms',
  value: readonly string[],
): SessionCondition => ({
  field,
  operator: 'contains',
  value,
});

/** Whether a session holds every word and the tag. */
export const matches = (
  session: SupportSession,
  terms: readonly string[],
  tag: string | undefined,
): boolean =>
  terms.every((term) => session.searchTerms.includes(term)) &&
  (tag === undefined || session.tags.includes(tag));

/** One list condition a query: the audience comes first, then the longest (likely rarest) word, then the tag. */
export const listCondition = (
  scope: SessionCondition | undefined,
  terms: readonly string[],
  tag: string | undefined,
): SessionCondition[] => {
  if (scope?.operator === 'contains') return [];
  const longest = [...terms].sort((a, b) => b.length - a.length)[0];
  if (longest !== undefined) return [contains('searchTerms', [longest])];
  return tag === undefined ? [] : [contains('tags', [tag])];
};
