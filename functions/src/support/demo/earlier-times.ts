import type { RoutingDecision } from '../../ports/records.ts';
import type { SessionSubscriber } from '../../ports/session-events.ts';

/** Recommending and learning as if it were an earlier time. */
export interface EarlierTimes {
  /** From now on, it is this time. */
  travelTo(time: number): void;
  /** Recommends a channel; stores nothing. */
  consider(request: { userId: string; issue: string }): Promise<RoutingDecision>;
  subscribers: readonly SessionSubscriber[];
}
