import type { RecordWriter } from './record-store.ts';
import type { RoutingDecision, SupportSession, Time } from './records.ts';

/** A session that ends now, with the decision it came from (absent when that was erased). */
export interface SessionEnding {
  /** As it stands after the end, with its rating when that was given together with it. */
  session: SupportSession;
  decision: RoutingDecision | undefined;
  /** When somebody of the staff first wrote to the customer; absent when nobody did. */
  firstMessageAt?: Time | undefined;
}

/** A rating that was given after the end; the ending tells of one that was given with it. */
export interface SessionRating {
  session: SupportSession;
  /** 1 (bad) to 5 (good). */
  satisfaction: number;
  decision: RoutingDecision | undefined;
}

/**
 * What other features write when a session ends or is rated, in the very transaction that does it. Subscribers
 * are joined in compose; they only add writes and never read, wait or throw.
 */
export interface SessionSubscriber {
  ending?(writer: RecordWriter, event: SessionEnding): void;
  rated?(writer: RecordWriter, event: SessionRating): void;
}
