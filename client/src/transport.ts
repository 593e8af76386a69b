import type { RefusedAck } from './protocol.ts';

/** What a connection begins with. */
export interface Handshake {
  token: string;
  clientId: string;
  sessionId: string;
}

/** What a connection tells of itself. */
export interface LinkListener {
  opened(): void;
  received(event: string, payload: unknown): void;
  /** Told once, at the end, be it that the connection broke or never opened; `refusal` when the server said why. */
  closed(refusal?: RefusedAck): void;
}

/** One connection; delivers in order or not at all. */
export interface Link {
  /** `answered` is called at most once, and never after the end of the connection. */
  send(event: string, payload: object, answered?: (answer: unknown) => void): void;
  /** Ends it; the listener hears nothing more. */
  close(): void;
}

/**
 * Opens one connection and never reconnects by itself: when to try again is decided elsewhere. The listener is told
 * nothing before the call has returned.
 */
export type Connect = (handshake: Handshake, listener: LinkListener) => Link;
