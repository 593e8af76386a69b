import type { CallAck, RefusedAck } from '../../src/protocol.ts';
import { isRefused } from '../../src/refusal.ts';
import type { SessionClient } from '../../src/session-client.ts';
import type { Chance } from './chance.ts';
import type { Watch } from './watch.ts';

/** Refusals that somebody who calls over a bad network may get. */
const possible = new Set<RefusedAck['code']>([
  'call_busy',
  'call_not_possible',
  'callee_offline',
  'forbidden',
  'not_authenticated',
  'not_found',
  'not_joined',
  'rate_limited',
  'session_closed',
  'unavailable',
]);

export interface CallerOptions {
  name: string;
  client: SessionClient;
  chance: Chance;
  watch: Watch;
}

/** The telephone of one page: what rings, who is talked to, and what was said. */
export class Caller {
  /** The call that rings here. */
  ringing: string | undefined;
  /** The call that was asked for or taken here, as far as this page has heard. */
  call: Pick<CallAck, 'callId' | 'with' | 'state'> | undefined;
  /** What the other one has said last. */
  heard: string | undefined;
  /** The connection was there all the time since then: what this page has heard of its call is all there is. */
  sure = false;
  readonly #over = new Set<string>();
  readonly #options: CallerOptions;

  constructor(options: CallerOptions) {
    const { client, name, watch } = options;
    this.#options = options;
    client.on('call:invite', ({ callId }) => {
      this.ringing = callId;
    });
    client.on('call:accept', ({ callId }) => {
      if (this.call?.callId === callId) this.call = { ...this.call, state: 'connected' };
    });
    client.on('call:signal', ({ callId, description }) => {
      this.heard = description?.sdp;
      watch.ensure(!this.#over.has(callId), () => `${name} was told of ${callId}, which is over`);
    });
    client.on('phase', (phase) => {
      if (phase !== 'joined') this.sure = false;
    });
    for (const event of ['call:end', 'call:decline'] as const) {
      client.on(event, ({ callId }) => this.#end(callId));
    }
  }

  /** Does something about calls: takes one, goes on with one, or begins one. */
  act(): void {
    const { chance } = this.#options;
    if (this.ringing !== undefined) void (chance.happens(0.7) ? this.accept() : this.decline());
    else if (this.call === undefined) void this.invite();
    else if (this.call.state === 'connected' && chance.happens(0.7)) void this.say('hello');
    else if (chance.happens(0.5)) void this.hangUp();
  }

  async invite(): Promise<void> {
    this.#begun('invite', await this.#options.client.calls.invite());
  }

  async accept(): Promise<void> {
    if (this.ringing === undefined) return;
    const callId = this.ringing;
    this.ringing = undefined;
    this.#begun('accept', await this.#options.client.calls.accept(callId));
  }

  async decline(): Promise<void> {
    if (this.ringing === undefined) return;
    const callId = this.ringing;
    this.ringing = undefined;
    this.#answered('decline', await this.#options.client.calls.decline(callId));
  }

  async hangUp(): Promise<void> {
    if (this.call === undefined) return;
    const { callId } = this.call;
    this.call = undefined;
    this.#answered('hang up', await this.#options.client.calls.hangUp(callId));
  }

  /** Gives whether there is such a call; the other one may be awaited back. */
  async say(sdp: string): Promise<boolean> {
    if (this.call === undefined) return true;
    const { callId, with: other } = this.call;
    const { calls } = this.#options.client;
    const answer = await calls.signal(callId, other, { description: { type: 'offer', sdp } });
    this.#answered('signal', answer);
    // The call may have ended while this page was away.
    const isOver = isRefused(answer) && answer.code === 'not_found';
    if (isOver) this.#end(callId);
    return !isOver;
  }

  #end(callId: string): void {
    this.#over.add(callId);
    if (this.ringing === callId) this.ringing = undefined;
    if (this.call?.callId === callId) this.call = undefined;
  }

  #begun(what: string, answer: CallAck | RefusedAck): void {
    this.#answered(what, answer);
    if (isRefused(answer) || this.#over.has(answer.callId)) return;
    this.call = answer;
    this.sure = this.#options.client.phase === 'joined';
  }

  #answered(what: string, answer: { ok: true } | RefusedAck): void {
    const { name, watch } = this.#options;
    watch.step(`${name}: ${what} ${isRefused(answer) ? answer.code : 'done'}`);
    if (!isRefused(answer)) return;
    watch.ensure(possible.has(answer.code), () => `${name} was refused: ${JSON.stringify(answer)}`);
  }
}
