import { ensureMayRead } from '../../access/ownership.ts';
import { AppError } from '../../errors/app-error.ts';
import { isoTime } from '../../ports/clock.ts';
import type { Identity } from '../../ports/identity.ts';
import type { Condition, Page } from '../../ports/record-store.ts';
import type { SessionLogEntry, SupportSession } from '../../ports/records.ts';
import type { PageQuery } from '../../protocol/common.ts';
import type { SessionListQuery } from '../../protocol/sessions.ts';
import { queueAudience, readSession, type SessionContext } from './session-context.ts';
import { searchTermsOf } from './session-search.ts';

type SessionCondition = Condition<'supportSessions'>;

/** Rounds of reading that a filter which no index serves may cost; the page is shorter then, never wrong. */
const mostRounds = 20;

const equals = (field: SessionCondition['field'], value: string | undefined): SessionCondition[] =>
  value === undefined ? [] : [{ field, operator: '==', value }];

const plainConditions = (query: SessionListQuery): SessionCondition[] => [
  ...equals('status', query.status),
  ...equals('agentId', query.agent),
  ...equals('customerId', query.customer),
  ...equals('category', query.category),
  ...equals('orderRef', query.orderRef),
  ...(query.from === undefined ? [] : [{ field: 'startTime', operator: '>=', value: query.from } as const]),
  ...(query.to === undefined ? [] : [{ field: 'startTime', operator: '<', value: query.to } as const]),
];

const contains = (
  field: 'audience' | 'tags' | 'searchTerms',
  value: readonly string[],
): SessionCondition => ({
  field,
  operator: 'contains',
  value,
});

const matches = (session: SupportSession, terms: readonly string[], tag: string | undefined): boolean =>
  terms.every((term) => session.searchTerms.includes(term)) &&
  (tag === undefined || session.tags.includes(tag));

/** One list condition a query: the audience comes first, then the rarest word, then the tag. */
const listCondition = (
  scope: SessionCondition | undefined,
  terms: readonly string[],
  tag: string | undefined,
): SessionCondition[] => {
  if (scope?.operator === 'contains') return [];
  const rarest = [...terms].sort((a, b) => b.length - a.length)[0];
  if (rarest !== undefined) return [contains('searchTerms', [rarest])];
  return tag === undefined ? [] : [contains('tags', [tag])];
};

/** Reads sessions as far as the reader may see them. */
export const createSessionReader = ({ store, clock }: SessionContext) => {
  const servesCustomer = async (agentId: string, customerId: string): Promise<boolean> => {
    const { items } = await store.list('supportSessions', {
      where: [
        { field: 'agentId', operator: '==', value: agentId },
        { field: 'customerId', operator: '==', value: customerId },
        { field: 'status', operator: '==', value: 'active' },
      ],
      orderBy: 'startTime',
      direction: 'descending',
      limit: 1,
    });
    return items.length > 0;
  };

  /** What limits a list to what the reader may see; undefined when nothing does. */
  const scopeOf = async (user: Identity, query: SessionListQuery): Promise<SessionCondition | undefined> => {
    if (user.role === 'admin') return undefined;
    if (user.role === 'customer') return { field: 'customerId', operator: '==', value: user.uid };
    const { customer } = query;
    if (customer !== undefined && (await servesCustomer(user.uid, customer))) return undefined;
    return contains('audience', [user.uid, queueAudience]);
  };

  /** Reads pages until enough sessions pass what no index could check; the cursor always ends a read page. */
  const fill = async (
    where: readonly SessionCondition[],
    query: SessionListQuery,
    passes: (session: SupportSession) => boolean,
  ): Promise<Page<SupportSession>> => {
    const items: SupportSession[] = [];
    let cursor = query.cursor;
    let rounds = 0;
    do {
      const page = await store.list('supportSessions', {
        where,
        orderBy: 'startTime',
        direction: 'descending',
        limit: query.limit - items.length,
        cursor,
      });
      items.push(...page.items.filter(passes));
      cursor = page.nextCursor;
      rounds += 1;
    } while (cursor !== undefined && items.length < query.limit && rounds < mostRounds);
    return cursor === undefined ? { items } : { items, nextCursor: cursor };
  };

  const list = async (user: Identity, query: SessionListQuery): Promise<Page<SupportSession>> => {
    const terms = query.q === undefined ? [] : searchTermsOf(query.q);
    if (query.q !== undefined && terms.length === 0) return { items: [] };
    const scope = await scopeOf(user, query);
    const listed = listCondition(scope, terms, query.tag);
    const where = [...plainConditions(query), ...(scope ? [scope] : []), ...listed];
    return fill(where, query, (session) => matches(session, terms, query.tag));
  };

  /** Unlike `get` it leaves no trace. */
  const read = async (user: Identity, id: string): Promise<SupportSession> => {
    const session = await store.get('supportSessions', id);
    if (!session) throw new AppError('not_found', 'There is no session with this id.');
    await ensureMayRead(user, session, () => servesCustomer(user.uid, session.customerId));
    return session;
  };

  /** Notes that the assigned agent has looked at it, so that the assignment stays (rule RO6). */
  const markOpened = (id: string, agentId: string): Promise<SupportSession> =>
    store.transaction(async (transaction) => {
      const session = await readSession(transaction, id);
      if (session.agentId !== agentId || session.openedAt !== undefined || session.status !== 'active')
        return session;
      const opened = { ...session, openedAt: isoTime(clock.now()) };
      transaction.put('supportSessions', opened);
      return opened;
    });

  const get = async (user: Identity, id: string): Promise<SupportSession> => {
    const session = await read(user, id);
    const opens =
      session.agentId === user.uid && session.status === 'active' && session.openedAt === undefined;
    return opens ? markOpened(id, user.uid) : session;
  };

  const transcript = async (user: Identity, id: string, page: PageQuery): Promise<Page<SessionLogEntry>> => {
    await read(user, id);
    const entries = await store.list('sessionLog', {
      where: [{ field: 'sessionId', operator: '==', value: id }],
      orderBy: 'seq',
      direction: 'ascending',
      limit: page.limit,
      cursor: page.cursor,
    });
    if (user.role !== 'customer') return entries;
    return { ...entries, items: entries.items.filter(({ visibility }) => visibility === 'public') };
  };

  return { list, read, get, transcript };
};

export type SessionReader = ReturnType<typeof createSessionReader>;
