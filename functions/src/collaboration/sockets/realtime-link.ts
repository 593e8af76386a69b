import type { CallEvents } from '../../protocol/calls.ts';
import type { Role } from '../../protocol/enumerations.ts';
import type { EphemeralEvents, NamedDurableEvent, ServerEvents } from '../../protocol/realtime.ts';

type Named<Events> = { [Name in keyof Events]: { event: Name; payload: Events[Name] } }[keyof Events];

/** Anything that goes out to a client. */
export type OutgoingEvent =
  | NamedDurableEvent
  | Named<EphemeralEvents>
  | Named<ServerEvents>
  | Named<CallEvents>;

/** One connection, as far as the door needs to know it; events keep their order. */
export interface Link {
  readonly id: string;
  emit(event: OutgoingEvent): void;
  enter(audience: string): void;
  exit(audience: string): void;
  /** Bytes that were sent and that the reader has not taken yet. */
  pendingBytes(): number;
  /** Bytes that have gone out to the reader, as far as that is known; never falls. */
  takenBytes(): number;
  /** Waits anew for the answer to a ping, which lies behind what the reader is still taking. */
  awaitPong(): void;
  /** Ends it in order; the client does not come back by itself. */
  close(): void;
  /** Ends it at once and lets go of what is pending; the client may come back. */
  cut(): void;
}

/** Sends to everybody in any of the audiences once, and writes the event down only once for all of them. */
export interface Broadcaster {
  emit(audiences: readonly string[], event: OutgoingEvent): void;
  /** The same, for what is followed by more in this turn of the event loop: all of it leaves in one write. */
  gather(audiences: readonly string[], event: OutgoingEvent): void;
}

/** What a reader may see decides which events it is sent. */
export type Side = 'staff' | 'customers';
const sides = ['staff', 'customers'] as const;

export const sideOf = (role: Role): Side => (role === 'customer' ? 'customers' : 'staff');

/** Names of audiences. A connection is in one of each kind for every session it has joined. */
export const audiences = {
  everyone: 'everyone',
  user: (userId: string) => `user:${userId}`,
  role: (role: Role) => `role:${role}`,
  /** Events with a place in the order of the session. */
  durable: (side: Side, sessionId: string) => `durable:${side}:${sessionId}`,
  /** Everything else that is said in a session. */
  said: (side: Side, sessionId: string) => `said:${side}:${sessionId}`,
  saidToAll: (sessionId: string) => sides.map((side) => `said:${side}:${sessionId}`),
  /** Cursors and previews, one packet a frame or one a user. */
  cursors: (frames: boolean, sessionId: string) => `${frames ? 'frames' : 'moves'}:${sessionId}`,
} as const;
