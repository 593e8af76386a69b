import type { Role } from '../protocol/enumerations.ts';
import type { ServerEvents } from '../protocol/realtime.ts';

/**
 * Server events that features publish; what only the room itself says is not among them. `session:head` says that
 * something was written to a session's log beside its room, which then reads on and tells.
 */
export type LiveEventName =
  | 'session:head'
  | 'queue:position'
  | 'queue:updated'
  | 'session:assigned'
  | 'session:updated'
  | 'session:insight'
  | 'documentation:progress';

export type LiveEvent = {
  [Name in LiveEventName]: { event: Name; payload: ServerEvents[Name] };
}[LiveEventName];

/** Who hears an event: every socket that fits any of these, once. */
export interface LiveAudience {
  /** All sockets of these users, wherever they are. */
  userIds?: readonly string[];
  /** All sockets of users with one of these roles. */
  roles?: readonly Role[];
  /** Sockets that have joined this session. */
  sessionId?: string;
  /** Of the sockets in the session only those of staff. */
  staffOnly?: boolean;
}

/**
 * Lets features tell people what has just happened. Delivery is best effort and never waits or fails: whoever is
 * not connected reads the records later. Publish after the commit, never before.
 */
export interface LiveEvents {
  publish(audience: LiveAudience, event: LiveEvent): void;
}

/** The other end: whoever delivers. */
export interface LiveEventSource {
  /** Is told of every event until it is taken off again. */
  subscribe(listener: (audience: LiveAudience, event: LiveEvent) => void): () => void;
}
