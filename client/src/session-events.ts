import type { Operation } from './operation.ts';
import type {
  CallEvents,
  DurableEvent,
  DurableEventName,
  EphemeralEvents,
  NamedDurableEvent,
  RefusedAck,
  ServerEvents,
} from './protocol.ts';

/** `waiting`: no connection, another one is tried; `ended`: nothing more happens until `start` is called. */
export type Phase = 'idle' | 'connecting' | 'joining' | 'joined' | 'waiting' | 'ended';

/** What the client says of its own. */
interface ClientEvents {
  /** `view` or `phase` is another one; told once for all that changed at one time. */
  changed: undefined;
  phase: Phase;
  /** The state was replaced as a whole; no events led to it. */
  snapshot: { epoch: string; seq: number };
  /** An operation was refused for good and taken back. */
  refused: { operation: Operation; refusal: RefusedAck };
  /** It is of no use to go on: the token is not accepted, or the user may not be in this session. */
  ended: RefusedAck;
  /** Something beside operations was refused. */
  warning: RefusedAck & { event?: string };
  /** Operations may not outlive the page: the browser keeps nothing, or no more. */
  outboxFailed: { error: unknown };
}

type DurableEvents = { [Name in DurableEventName]: DurableEvent<Name> };

/**
 * Everything a session client tells. Durable events are told once each, in order, when they have been applied to
 * the state; they carry their `opId` and come for own operations as well.
 */
export type SessionEvents = ClientEvents &
  DurableEvents &
  EphemeralEvents &
  CallEvents &
  Omit<ServerEvents, 'session:head' | 'session:resync' | 'error'>;

const durable: Record<DurableEventName, true> = {
  'annotation:added': true,
  'annotation:updated': true,
  'annotation:deleted': true,
  'annotation:cleared': true,
  'annotation:resolved': true,
  'comment:added': true,
  'chat:message': true,
  'proof:added': true,
  'proof:decided': true,
  'session:tick': true,
};

/** An event as it came over the wire, as a durable one; undefined when it is none. */
export const durableEvent = (event: string, payload: unknown): NamedDurableEvent | undefined =>
  Object.hasOwn(durable, event) ? ({ event, payload } as NamedDurableEvent) : undefined;
