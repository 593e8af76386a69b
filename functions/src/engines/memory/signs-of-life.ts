import QuickLRU from 'quick-lru';
import type { Clock } from '../../ports/clock.ts';
import type { Relay } from '../../ports/relay.ts';
import type { SignsOfLife } from '../../ports/signs-of-life.ts';

const topic = 'signs of life';

const maximumUsers = 10_000;

/** Other nodes need not hear of every request. */
const tellEveryMs = 5_000;

export interface SignsOfLifeOptions {
  clock: Clock;
  relay: Relay;
}

/**
 * Signs of life at this node and, over the relay, at the others. On the monotonic clock: a jump of the wall clock
 * makes nobody absent.
 */
export const createSignsOfLife = ({ clock, relay }: SignsOfLifeOptions): SignsOfLife => {
  const heardAt = new QuickLRU<string, number>({ maxSize: maximumUsers });
  const toldAt = new QuickLRU<string, number>({ maxSize: maximumUsers });
  const hear = (userId: string): void => {
    heardAt.set(userId, clock.monotonicMs());
  };
  relay.subscribe(topic, (userId) => hear(String(userId)));
  return {
    note: (userId) => {
      hear(userId);
      const nowMs = clock.monotonicMs();
      if (nowMs - (toldAt.get(userId) ?? Number.NEGATIVE_INFINITY) < tellEveryMs) return;
      toldAt.set(userId, nowMs);
      relay.publish(topic, userId);
    },
    within: async (userIds, withinMs) => {
      const since = clock.monotonicMs() - withinMs;
      return new Set(userIds.filter((userId) => (heardAt.get(userId) ?? Number.NEGATIVE_INFINITY) > since));
    },
  };
};
