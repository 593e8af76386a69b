import { AppError } from '../../errors/app-error.ts';
import { newId } from '../../ids/new-id.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Identity } from '../../ports/identity.ts';
import type { Timers } from '../../ports/timers.ts';
import type { CallEndReason } from '../../protocol/calls.ts';
import { failureOf, refusalOf } from '../rooms/refusal.ts';
import type { Device } from './call-devices.ts';
import { type CallMessage, type CallPlace, CallPlaces, type DeviceThere, thereOf } from './call-places.ts';
import { type Begun, type BusyUsers, type CallRequest, RoomCall } from './room-call.ts';

export interface SharedCallOptions {
  nodeId: string;
  sessionId: string;
  clock: Clock;
  timers: Timers;
  busy: BusyUsers;
  /** The devices at this node. */
  devicesHere(): Iterable<Device>;
  /** Tells another node. */
  say(message: CallMessage): void;
  /** Is called when a call that is kept here has begun and when it is over. */
  onChange(): void;
}

/** How long the node that keeps a call has to answer. */
export const answerMs = 2_000;

type Asked = Extract<CallMessage, { kind: 'call-ask' }>;
type Answered = Extract<CallMessage, { kind: 'call-answer' }>;
type Told = Extract<CallMessage, { kind: 'call-tell' }>;

const unanswered = (): AppError => {
  const detail = 'The server that keeps the call does not answer: try again.';
  return new AppError('unavailable', detail, { retryAfterMs: 1_000 });
};

/**
 * The call of a session, at whatever nodes its people are: one node keeps it, the one that does already, else the
 * first by id of those that have devices in the room. The others pass on to it what their devices want, and to these
 * what they are told (rule RT16).
 */
export class SharedCall {
  readonly #options: SharedCallOptions;
  readonly #kept: RoomCall;
  readonly #places: CallPlaces;
  readonly #asks = new Map<string, (answer: Answered) => void>();
  /** Devices here that are rung or talk in a call that another node keeps. */
  readonly #engaged = new Map<string, { keeper: string; callId: string; link: Device['link'] }>();

  constructor(options: SharedCallOptions) {
    this.#options = options;
    this.#places = new CallPlaces(options.clock);
    this.#kept = new RoomCall({ ...options, devices: () => this.#devices() });
  }

  /** Whether a call is kept here. */
  get kept(): boolean {
    return this.#kept.going;
  }

  /** Whether other nodes must hear of the devices here. */
  get shared(): boolean {
    return !this.#places.empty;
  }

  /** The people who talk in the call that is kept here. */
  get talking(): Pick<Identity, 'uid' | 'role'>[] {
    return this.#kept.talking;
  }

  /** What other nodes must know of this one. */
  place(): CallPlace {
    return { devices: Array.from(this.#options.devicesHere(), thereOf), keepsCall: this.kept };
  }

  /** Does what a device here wants; AppError when it cannot be. */
  async perform(device: Device, request: CallRequest): Promise<Begun | undefined> {
    const keeper = this.#keeper();
    if (keeper === this.#options.nodeId) return this.#kept.perform(device, request);
    if (request.do === 'decline' || request.do === 'end') this.#engaged.delete(device.link.id);
    const begun = await this.#ask(keeper, device, request);
    if (begun !== undefined) this.#engage(device.link, keeper, begun.callId);
    return begun;
  }

  /** A device here is gone. */
  gone(device: Device, how: 'left' | 'gone' | 'drop'): void {
    const { link, identity } = device;
    const callId = this.#engaged.get(link.id)?.callId;
    this.#engaged.delete(link.id);
    if (how === 'gone' && callId !== undefined) {
      const { sessionId } = this.#options;
      link.emit({ event: 'call:end', payload: { sessionId, callId, reason: 'left', by: identity.uid } });
    }
    this.#kept.gone(device, how);
  }

  /** Somebody is in the room with no device any more. */
  left(userId: string): void {
    this.#kept.left(userId);
  }

  /** Ends the call that is kept here. */
  close(reason: CallEndReason): void {
    this.#kept.close(reason);
  }

  /** Another node has said which devices it has; those that it has no more may come back. */
  heard(nodeId: string, place: CallPlace): void {
    for (const device of this.#places.note(nodeId, place)) {
      this.#kept.gone(this.#deviceAt(nodeId, device), 'drop');
    }
    if (!place.keepsCall) this.#endKeptBy(nodeId);
  }

  /** Another node is dead, or has closed the session without being heard. */
  lost(nodeId: string): void {
    this.heard(nodeId, { devices: [], keepsCall: false });
  }

  /** Gives up what nodes said that have fallen silent about this session. */
  forgetSilent(): void {
    for (const nodeId of this.#places.silent()) this.lost(nodeId);
  }

  /** Takes what another node has to say to this one. */
  receive(message: CallMessage, nodeId: string): void {
    if (message.to !== this.#options.nodeId) return;
    if (message.kind === 'call-ask') this.#answer(message, nodeId);
    else if (message.kind === 'call-answer') this.#asks.get(message.ask)?.(message);
    else this.#tellHere(message, nodeId);
  }

  #keeper(): string {
    const { nodeId } = this.#options;
    if (this.kept) return nodeId;
    const first = this.#places.first();
    return this.#places.keeper() ?? (first !== undefined && first < nodeId ? first : nodeId);
  }

  #ask(keeper: string, device: Device, request: CallRequest): Promise<Begun | undefined> {
    const { timers, say } = this.#options;
    const ask = newId();
    return new Promise<Begun | undefined>((resolve, reject) => {
      const cancel = timers.after(answerMs, () => {
        this.#asks.delete(ask);
        reject(unanswered());
      });
      this.#asks.set(ask, ({ begun, refusal }) => {
        cancel();
        this.#asks.delete(ask);
        if (refusal === undefined) resolve(begun);
        else reject(failureOf(refusal));
      });
      say({ kind: 'call-ask', to: keeper, ask, device: thereOf(device), request });
    });
  }

  #answer({ ask, device, request }: Asked, nodeId: string): void {
    const answer = { kind: 'call-answer', to: nodeId, ask } as const;
    try {
      const begun = this.#kept.perform(this.#deviceAt(nodeId, device), request);
      this.#options.say(begun === undefined ? answer : { ...answer, begun });
    } catch (error) {
      this.#options.say({ ...answer, refusal: refusalOf(error) });
    }
  }

  #tellHere({ device, event }: Told, keeper: string): void {
    const link = [...this.#options.devicesHere()].find((here) => here.link.id === device)?.link;
    if (link === undefined) return;
    if (event.event === 'call:end' || event.event === 'call:decline') this.#engaged.delete(device);
    else this.#engage(link, keeper, event.payload.callId);
    // Messages may come together, and an answer goes out before what was said after it.
    setImmediate(() => link.emit(event));
  }

  #engage(link: Device['link'], keeper: string, callId: string): void {
    this.#engaged.set(link.id, { keeper, callId, link });
  }

  /** Tells devices here of the end that the node that kept their call can tell them of no more. */
  #endKeptBy(nodeId: string): void {
    const { sessionId } = this.#options;
    for (const [id, { keeper, callId, link }] of this.#engaged) {
      if (keeper !== nodeId) continue;
      this.#engaged.delete(id);
      link.emit({ event: 'call:end', payload: { sessionId, callId, reason: 'left' } });
    }
  }

  *#devices(): Iterable<Device> {
    yield* this.#options.devicesHere();
    for (const [nodeId, device] of this.#places.devices()) yield this.#deviceAt(nodeId, device);
  }

  /** A device of another node: what it is told goes there. */
  #deviceAt(to: string, { id, ...identity }: DeviceThere): Device {
    const { say } = this.#options;
    return { link: { id, emit: (event) => say({ kind: 'call-tell', to, device: id, event }) }, identity };
  }
}
