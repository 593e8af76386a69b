import { AppError } from '../../errors/app-error.ts';
import { newId } from '../../ids/new-id.ts';
import type { Identity } from '../../ports/identity.ts';
import type { CancelTimer, Timers } from '../../ports/timers.ts';
import type { CallAck, CallEndReason, CallEvents } from '../../protocol/calls.ts';
import { type CallEvent, calleeFor, type Device, linksOf, offlineCallee } from './call-devices.ts';
import { presenceGraceMs } from './presence.ts';

/** How long it rings. */
export const ringMs = 30_000;

/** Who is in a call, or is being rung, in any call that this node keeps. */
export type BusyUsers = Set<string>;

export interface RoomCallOptions {
  sessionId: string;
  timers: Timers;
  busy: BusyUsers;
  /** Every device in the room. */
  devices(): Iterable<Device>;
  /** Is called when a call has begun and when it is over. */
  onChange(): void;
}

/** What somebody wants of the call. */
export type CallRequest =
  | { do: 'invite'; to?: string | undefined }
  | { do: 'accept' | 'decline' | 'end'; callId?: string | undefined }
  | ({ do: 'signal' } & Signal);

type Link = Device['link'];

/** One of the two; without a link while the device that talks is awaited back. */
interface Party {
  userId: string;
  link: Link | undefined;
}

interface Call {
  id: string;
  caller: Party;
  callee: Party;
  state: 'ringing' | 'connected';
  cancelRinging: CancelTimer;
}

/** The answer to an invitation and to its acceptance. */
export type Begun = Omit<CallAck, 'ok' | 'iceServers'>;

const noCall = (): AppError => new AppError('not_found', 'There is no such call in this session.');
const busyCallee = (): AppError => new AppError('call_busy', 'There is a call already: try again after it.');

/** The one call of a session: who rings whom, which two devices talk, and what is relayed between them. */
export class RoomCall {
  readonly #options: RoomCallOptions;
  #call: Call | undefined;

  constructor(options: RoomCallOptions) {
    this.#options = options;
  }

  /** Whether somebody talks or is being rung. */
  get going(): boolean {
    return this.#call !== undefined;
  }

  /** The people whose devices talk right now. */
  get talking(): Pick<Identity, 'uid' | 'role'>[] {
    const call = this.#call;
    if (call?.state !== 'connected') return [];
    const links = [call.caller.link?.id, call.callee.link?.id];
    return [...this.#options.devices()]
      .filter(({ link }) => links.includes(link.id))
      .map(({ identity }) => identity);
  }

  /** Does what a device wants; AppError when it cannot be. */
  perform(device: Device, request: CallRequest): Begun | undefined {
    switch (request.do) {
      case 'invite':
        return this.#invite(device, request.to);
      case 'accept':
        return this.#accept(device, request.callId);
      case 'decline':
        return this.#decline(device, request.callId);
      case 'end':
        return this.#end(device, request.callId);
      case 'signal':
        return this.#signal(device, request);
    }
  }

  /**
   * Rings somebody. Whoever calls the one who is calling takes that call: two invitations that cross become one
   * call. AppError `callee_offline`, `call_busy`.
   */
  #invite(device: Device, to: string | undefined): Begun {
    const { uid } = device.identity;
    const call = this.#call;
    if (
      call?.state === 'ringing' &&
      call.callee.userId === uid &&
      (to ?? call.caller.userId) === call.caller.userId
    ) {
      return this.#accept(device, call.id);
    }
    if (call?.caller.link?.id === device.link.id) return this.#begun(call, call.caller);
    const callee = calleeFor(this.#options.devices(), device, to);
    const { busy } = this.#options;
    if (call !== undefined || busy.has(uid) || busy.has(callee)) throw busyCallee();
    return this.#ring(device, callee);
  }

  #accept({ link, identity }: Device, callId: string | undefined): Begun {
    const call = this.#own(identity.uid, callId);
    const { callee } = call;
    if (callee.userId !== identity.uid) throw noCall();
    if (call.state === 'connected') {
      if (callee.link?.id === link.id) return this.#begun(call, callee);
      throw new AppError('call_busy', 'The call was answered on another device of yours.');
    }
    call.cancelRinging();
    call.state = 'connected';
    callee.link = link;
    this.#tell(call.caller, { event: 'call:accept', payload: { ...this.#place(call), by: identity.uid } });
    this.#stopRinging(call, 'answered-elsewhere', link);
    return this.#begun(call, callee);
  }

  #decline({ link, identity }: Device, callId: string | undefined): undefined {
    const call = this.#own(identity.uid, callId);
    if (call.callee.userId !== identity.uid || call.state !== 'ringing') throw noCall();
    this.#tell(call.caller, { event: 'call:decline', payload: { ...this.#place(call), by: identity.uid } });
    this.#stopRinging(call, 'declined', link);
    this.#forget(call);
  }

  #end({ link, identity }: Device, callId: string | undefined): undefined {
    this.#finish(this.#own(identity.uid, callId), 'ended', identity.uid, link);
  }

  /** Relays to the other one; AppError `callee_offline` while the other's device is awaited back. */
  #signal(device: Device, { callId, to, description, candidate }: Signal): undefined {
    const { uid } = device.identity;
    const call = this.#own(uid, callId);
    const [own, other] = call.caller.userId === uid ? [call.caller, call.callee] : [call.callee, call.caller];
    if (call.state !== 'connected' || other.userId !== to) throw noCall();
    own.link ??= device.link;
    if (own.link.id !== device.link.id) throw noCall();
    if (other.link === undefined) throw offlineCallee();
    const content = candidate === undefined ? { description } : { candidate };
    this.#tell(other, { event: 'call:signal', payload: { ...this.#place(call), from: uid, ...content } });
  }

  /** A device is gone: one that broke off while it talked may come back, any other has ended its call. */
  gone({ link, identity }: Device, how: 'left' | 'gone' | 'drop'): void {
    const call = this.#call;
    if (call === undefined) return;
    const party = [call.caller, call.callee].find((one) => one.link?.id === link.id);
    const isRung = call.state === 'ringing' && call.callee.userId === identity.uid;
    // Whoever is shown out has an open connection and a call on the screen still.
    if (how === 'gone' && (party !== undefined || isRung)) {
      const payload = { ...this.#place(call), reason: 'left', by: identity.uid } as const;
      link.emit({ event: 'call:end', payload });
    }
    if (party === undefined) return;
    party.link = undefined;
    if (how !== 'drop' || call.state === 'ringing') {
      this.#finish(call, 'left', identity.uid);
      return;
    }
    this.#options.timers.after(presenceGraceMs, () => {
      if (this.#call === call && party.link === undefined) this.#finish(call, 'left', identity.uid);
    });
  }

  /** Somebody is in the room with no device any more. */
  left(userId: string): void {
    const call = this.#call;
    if (call === undefined || ![call.caller.userId, call.callee.userId].includes(userId)) return;
    this.#finish(call, 'left', userId);
  }

  /** Ends whatever there is. */
  close(reason: CallEndReason): void {
    if (this.#call !== undefined) this.#finish(this.#call, reason);
  }

  #ring({ link, identity }: Device, callee: string): Begun {
    const { timers, busy, sessionId } = this.#options;
    const call: Call = {
      id: newId(),
      caller: { userId: identity.uid, link },
      callee: { userId: callee, link: undefined },
      state: 'ringing',
      cancelRinging: timers.after(ringMs, () => this.#finish(call, 'unanswered')),
    };
    this.#call = call;
    this.#options.onChange();
    busy.add(identity.uid);
    busy.add(callee);
    const payload = { sessionId, callId: call.id, from: identity.uid, name: identity.name };
    for (const device of linksOf(this.#options.devices(), callee))
      device.emit({ event: 'call:invite', payload });
    return this.#begun(call, call.caller);
  }

  #own(userId: string, callId: string | undefined): Call {
    const call = this.#call;
    if (call === undefined || (callId !== undefined && call.id !== callId)) throw noCall();
    if (![call.caller.userId, call.callee.userId].includes(userId)) throw noCall();
    return call;
  }

  /** The callee is the polite one. */
  #begun({ id: callId, state, caller, callee }: Call, own: Party): Begun {
    const polite = own === callee;
    return { callId, state, polite, with: polite ? caller.userId : callee.userId };
  }

  #place({ id: callId }: Call): { sessionId: string; callId: string } {
    return { sessionId: this.#options.sessionId, callId };
  }

  #finish(call: Call, reason: CallEndReason, by?: string, except?: Link): void {
    const payload = { ...this.#place(call), reason, ...(by !== undefined && { by }) };
    const told = [call.caller, call.callee].filter(
      ({ link }) => link?.id !== except?.id || link === undefined,
    );
    for (const party of told) this.#tell(party, { event: 'call:end', payload });
    if (call.state === 'ringing') this.#stopRinging(call, reason, except);
    this.#forget(call);
  }

  /** Devices of the callee that ring, all but the one that has done something about it. */
  #stopRinging(call: Call, reason: CallEndReason, except: Link | undefined): void {
    const payload = { ...this.#place(call), reason };
    for (const link of linksOf(this.#options.devices(), call.callee.userId)) {
      if (link.id !== except?.id) link.emit({ event: 'call:end', payload });
    }
  }

  #forget(call: Call): void {
    call.cancelRinging();
    for (const { userId } of [call.caller, call.callee]) this.#options.busy.delete(userId);
    if (this.#call !== call) return;
    this.#call = undefined;
    this.#options.onChange();
  }

  #tell({ link }: Party, event: CallEvent): void {
    link?.emit(event);
  }
}

type Signal = { callId?: string | undefined; to: string } & Pick<
  CallEvents['call:signal'],
  'description' | 'candidate'
>;
