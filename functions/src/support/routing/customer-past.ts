import QuickLRU from 'quick-lru';
import type { Clock } from '../../ports/clock.ts';
import type { RecordStore } from '../../ports/record-store.ts';
import type { RoutingDecision, SupportSession } from '../../ports/records.ts';
import type { Channel } from '../../protocol/enumerations.ts';
import { readIssue } from './issue-reading.ts';
import type { PastSession } from './policy-input.ts';

/** A customer's ended sessions, newest first, as far as the policy looks. */
export type CustomerPast = readonly Required<PastSession>[];

/** Knows customers by their stored sessions. */
export interface CustomerPasts {
  of(customerId: string): Promise<CustomerPast>;
  /** Forgets a customer one of whose sessions is ending. */
  sessionEnds(customerId: string): void;
}

const sessionsLookedAt = 30;
const keptMs = 5 * 60_000;
const customersKept = 5_000;
/** A read this soon after an end may still have missed it, so it is used once and not kept. */
const unsettledMs = 2_000;

/** Ended well on its channel: resolved, and nobody had to hand it on. */
export const endedWell = ({
  resolution,
  handovers,
}: Pick<SupportSession, 'resolution' | 'handovers'>): boolean => resolution === 'resolved' && handovers === 0;

/** The channel the session began on, which is what its end speaks for or against. */
export const channelTaken = (
  session: Pick<SupportSession, 'type'>,
  decision: Pick<RoutingDecision, 'chosenChannel'> | undefined,
): Channel => decision?.chosenChannel ?? session.type;

interface KeptPast {
  past: Promise<CustomerPast>;
  until: number;
}

export const createCustomerPasts = ({
  store,
  clock,
}: {
  store: RecordStore;
  clock: Clock;
}): CustomerPasts => {
  const kept = new QuickLRU<string, KeptPast>({ maxSize: customersKept });
  const unsettled = new QuickLRU<string, number>({ maxSize: customersKept });

  /** Only a session that was handed on can have left the channel it began on. */
  const pastOf = async (session: SupportSession): Promise<Required<PastSession>> => ({
    channel: channelTaken(
      session,
      session.handovers > 0 ? await store.get('routingDecisions', session.decisionId) : undefined,
    ),
    endedWell: endedWell(session),
    issue: { reading: readIssue(session.issue), category: session.category },
  });

  /** Queued and active sessions have not ended and tell nothing yet. */
  const read = async (customerId: string): Promise<CustomerPast> => {
    const page = await store.list('supportSessions', {
      where: [{ field: 'customerId', operator: '==', value: customerId }],
      orderBy: 'startTime',
      direction: 'descending',
      limit: sessionsLookedAt,
    });
    return Promise.all(page.items.filter(({ status }) => status === 'completed').map(pastOf));
  };

  const settled = (customerId: string, now: number): boolean => (unsettled.get(customerId) ?? 0) <= now;

  return {
    of: (customerId) => {
      const now = clock.monotonicMs();
      const known = kept.get(customerId);
      if (known !== undefined && known.until > now) return known.past;
      const past = read(customerId);
      if (settled(customerId, now)) {
        kept.set(customerId, { past, until: now + keptMs });
        past.catch(() => kept.delete(customerId));
      }
      return past;
    },
    sessionEnds: (customerId) => {
      kept.delete(customerId);
      unsettled.set(customerId, clock.monotonicMs() + unsettledMs);
    },
  };
};
