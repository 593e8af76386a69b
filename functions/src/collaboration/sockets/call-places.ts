import type { Clock } from '../../ports/clock.ts';
import type { RefusedAck } from '../../protocol/realtime.ts';
import type { CallEvent, Device } from './call-devices.ts';
import type { Begun, CallRequest } from './room-call.ts';
import { silentForMs } from './room-presence.ts';

/** A device as nodes tell each other of it. */
export type DeviceThere = { id: string } & Device['identity'];

/** What one node says of a session for the sake of its calls. */
export interface CallPlace {
  devices: DeviceThere[];
  /** Whether the session's call is kept there. */
  keepsCall: boolean;
}

/** What nodes tell each other of a call, each message for one of them. */
export type CallMessage = { to: string } & (
  | { kind: 'call-ask'; ask: string; device: DeviceThere; request: CallRequest }
  | { kind: 'call-answer'; ask: string; begun?: Begun; refusal?: RefusedAck }
  | { kind: 'call-tell'; device: string; event: CallEvent }
);

export const thereOf = ({ link, identity }: Device): DeviceThere => ({
  id: link.id,
  uid: identity.uid,
  name: identity.name,
  role: identity.role,
});

/** What the other nodes that have one session open have said of its calls. */
export class CallPlaces {
  readonly #elsewhere = new Map<string, CallPlace & { heardAtMs: number }>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get empty(): boolean {
    return this.#elsewhere.size === 0;
  }

  /** Takes what a node has said; gives the devices that it had before and has no more. */
  note(nodeId: string, { devices, keepsCall }: CallPlace): DeviceThere[] {
    const before = this.#elsewhere.get(nodeId)?.devices ?? [];
    if (devices.length === 0 && !keepsCall) this.#elsewhere.delete(nodeId);
    else this.#elsewhere.set(nodeId, { devices, keepsCall, heardAtMs: this.#clock.monotonicMs() });
    const there = new Set(devices.map(({ id }) => id));
    return before.filter(({ id }) => !there.has(id));
  }

  /** Nodes that have said nothing more: they have closed the session, and nobody heard them say so. */
  silent(): string[] {
    const since = this.#clock.monotonicMs() - silentForMs;
    return [...this.#elsewhere].filter(([, { heardAtMs }]) => heardAtMs <= since).map(([nodeId]) => nodeId);
  }

  /** The node that keeps the call, the first of them by id. */
  keeper(): string | undefined {
    return [...this.#elsewhere]
      .filter(([, { keepsCall }]) => keepsCall)
      .map(([nodeId]) => nodeId)
      .sort()[0];
  }

  /** The first node by id that has devices in the room. */
  first(): string | undefined {
    return [...this.#elsewhere.keys()].sort()[0];
  }

  *devices(): Iterable<[nodeId: string, device: DeviceThere]> {
    for (const [nodeId, { devices }] of this.#elsewhere) for (const device of devices) yield [nodeId, device];
  }
}
