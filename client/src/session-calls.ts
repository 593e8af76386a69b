import { ask } from './ask.ts';
import type { CallAck, CallEvents, ClientEvent, RefusedAck } from './protocol.ts';
import { refusal } from './refusal.ts';
import type { Surroundings } from './surroundings.ts';
import type { Link } from './transport.ts';

/** What is said to the other one of a call: a description, or a candidate. */
export type CallSignal = Pick<CallEvents['call:signal'], 'description' | 'candidate'>;

type Done = { ok: true };

const unavailable = (): RefusedAck => refusal('unavailable', 'There is no connection.', true);

/** Calls of one session. None of these rejects; what is refused says why, and nothing is kept for later. */
export class SessionCalls {
  readonly #sessionId: string;
  readonly #surroundings: Surroundings;
  #link: Link | undefined;

  constructor(sessionId: string, surroundings: Surroundings) {
    this.#sessionId = sessionId;
    this.#surroundings = surroundings;
  }

  begin(link: Link): void {
    this.#link = link;
  }

  end(): void {
    this.#link = undefined;
  }

  /** Rings somebody in the room, or the other side of the session. */
  invite(to?: string): Promise<CallAck | RefusedAck> {
    return this.#ask('call:invite', to === undefined ? {} : { to });
  }

  accept(callId: string): Promise<CallAck | RefusedAck> {
    return this.#ask('call:accept', { callId });
  }

  decline(callId: string): Promise<Done | RefusedAck> {
    return this.#ask('call:decline', { callId });
  }

  hangUp(callId: string): Promise<Done | RefusedAck> {
    return this.#ask('call:end', { callId });
  }

  /** Tells the other one; `Negotiation` does it for a peer connection. */
  signal(callId: string, to: string, signal: CallSignal): Promise<Done | RefusedAck> {
    return this.#ask('call:signal', { callId, to, ...signal });
  }

  #ask<Name extends keyof CallEvents, Answer>(
    event: Name,
    payload: Omit<ClientEvent<Name>, 'sessionId'>,
  ): Promise<Answer | RefusedAck> {
    const link = this.#link;
    if (link === undefined) return Promise.resolve(unavailable());
    return new Promise((resolve) => {
      ask(link, this.#surroundings, event, { ...payload, sessionId: this.#sessionId }, (answer) =>
        resolve((answer ?? unavailable()) as Answer | RefusedAck),
      );
    });
  }
}
