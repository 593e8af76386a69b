import { ensureMayRead } from '../../access/ownership.ts';
import { AppError } from '../../errors/app-error.ts';
import { isoTime } from '../../ports/clock.ts';
import type { Identity } from '../../ports/identity.ts';
import type { Page } from '../../ports/record-store.ts';
import type { SessionLogEntry, SupportSession } from '../../ports/records.ts';
import type { PageQuery } from '../../protocol/common.ts';
import type { SessionListQuery } from '../../protocol/sessions.ts';
import { queueAudience, readSession, type SessionContext, withListFields } from './session-context.ts';
import {
  contains,
  listCondition,
  matches,
  plainConditions,
  type SessionCondition,
} from './session-filter.ts';
import { searchTermsOf } from './session-search.ts';

/** The part of all sessions that a reader may see. */
interface Scope {
  condition?: SessionCondition;
  sees(session: SupportSession): boolean;
}

/** Rounds of reading that a filter which no index serves may cost; the page is shorter then, never wrong. */
const mostRounds = 20;

/** Reads sessions as far as the reader may see them. */
export const createSessionReader = ({ store, clock }: SessionContext) => {
  const servesCustomer = async (agentId: string, customerId: string): Promise<boolean> => {
    const { items } = await store.list('supportSessions', {
      // The first condition is the one whose index is walked: few sessions are active, many may be the agent's.
      where: [
        { field: 'status', operator: '==', value: 'active' },
        { field: 'agentId', operator: '==', value: agentId },
        { field: 'customerId', operator: '==', value: customerId },
      ],
      orderBy: 'startTime',
      direction: 'descending',
      limit: 1,
    });
    return items.length > 0;
  };

  /** What limits a list to what the reader may see; what its condition cannot say, `sees` sifts. */
  const scopeOf = async (user: Identity, query: SessionListQuery): Promise<Scope> => {
    if (user.role === 'admin') return { sees: () => true };
    if (user.role === 'customer') {
      return { condition: { field: 'customerId', operator: '==', value: user.uid }, sees: () => true };
    }
    const marks = [user.uid, queueAudience];
    const { customer } = query;
    if (customer !== undefined && (await servesCustomer(user.uid, customer))) {
      return {
        sees: ({ status, audience }) =>
          status === 'completed' || audience.some((mark) => marks.includes(mark)),
      };
    }
    return { condition: contains('audience', marks), sees: () => true };
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
    const { condition, sees } = await scopeOf(user, query);
    const listed = listCondition(condition, terms, query.tag);
    const where = [...(condition ? [condition] : []), ...plainConditions(query), ...listed];
    return fill(where, query, (session) => sees(session) && matches(session, terms, query.tag));
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
      const opened = withListFields({ ...session, openedAt: isoTime(clock.now()) });
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
