import QuickLRU from 'quick-lru';
import type { Clock } from '../../ports/clock.ts';
import type { RecordStore } from '../../ports/record-store.ts';
import type { SupportSession } from '../../ports/records.ts';
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

/** The past as the sessions tell it; queued and active ones have not ended and tell nothing yet. */
const pastOf = (sessions: readonly SupportSession[]): CustomerPast =>
  sessions
    .filter(({ status }) => status === 'completed')
    .map((session) => ({
      channel: session.type,
      endedWell: endedWell(session),
      issue: { reading: readIssue(session.issue), category: session.category },
    }));

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

  const read = async (customerId: string): Promise<CustomerPast> => {
    const page = await store.list('supportSessions', {
      where: [{ field: 'customerId', operator: '==', value: customerId }],
      orderBy: 'startTime',
      direction: 'descending',
      limit: sessionsLookedAt,
    });
    return pastOf(page.items);
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
