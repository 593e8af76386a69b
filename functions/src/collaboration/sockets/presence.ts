import type { Identity } from '../../ports/identity.ts';
import type { CancelTimer, Timers } from '../../ports/timers.ts';
import type { PresenceStatus } from '../../protocol/enumerations.ts';
import type { Participant } from '../../protocol/realtime.ts';

/** How long somebody whose connection broke counts as present. */
export const presenceGraceMs = 15_000;

/** What a session is told of people coming, going and changing. */
export interface PresenceListener {
  joined(participant: Participant): void;
  left(userId: string, reason: 'left' | 'gone'): void;
  changed(userId: string, status: PresenceStatus): void;
}

interface Present {
  identity: Pick<Identity, 'uid' | 'name' | 'role'>;
  /** Status of each of the user's connections in the session. */
  connections: Map<string, PresenceStatus>;
  /** What the others know. */
  status: PresenceStatus;
  departure?: CancelTimer;
}

const participantOf = ({ identity, status }: Present): Participant => ({
  userId: identity.uid,
  name: identity.name,
  role: identity.role,
  status,
});

/** Somebody is as attentive as on the most attentive of their tabs and devices. */
export const statusOver = (statuses: Iterable<PresenceStatus>): PresenceStatus => {
  const all = [...statuses];
  if (all.includes('active')) return 'active';
  return all.includes('idle') ? 'idle' : 'away';
};

/** Who is in one session at this node, per user over tabs and devices (rule RT8). */
export class Presence {
  readonly #people = new Map<string, Present>();
  readonly #timers: Timers;
  readonly #listener: PresenceListener;

  constructor(timers: Timers, listener: PresenceListener) {
    this.#timers = timers;
    this.#listener = listener;
  }

  /** Nobody is here, and nobody is awaited back. */
  get empty(): boolean {
    return this.#people.size === 0;
  }

  participants(): Participant[] {
    return [...this.#people.values()].map(participantOf);
  }

  participant(userId: string): Participant | undefined {
    const present = this.#people.get(userId);
    return present && participantOf(present);
  }

  enter(identity: Present['identity'], connectionId: string): Participant {
    const known = this.#people.get(identity.uid);
    if (known === undefined) {
      const connections = new Map<string, PresenceStatus>([[connectionId, 'active']]);
      const present: Present = { identity, connections, status: 'active' };
      this.#people.set(identity.uid, present);
      const participant = participantOf(present);
      this.#listener.joined(participant);
      return participant;
    }
    known.departure?.();
    delete known.departure;
    known.identity = identity;
    known.connections.set(connectionId, 'active');
    this.#tellStatus(known);
    return participantOf(known);
  }

  /** Another tab keeps its user here; only the last one to leave takes the user along, at once. */
  leave(userId: string, connectionId: string, reason: 'left' | 'gone'): void {
    const present = this.#people.get(userId);
    if (!present?.connections.delete(connectionId)) return;
    if (present.connections.size > 0) this.#tellStatus(present);
    else if (present.departure === undefined) this.#remove(present, reason);
  }

  /** A connection broke: its user stays for a while, to come back unnoticed. */
  drop(userId: string, connectionId: string): void {
    const present = this.#people.get(userId);
    if (!present?.connections.delete(connectionId)) return;
    if (present.connections.size > 0) this.#tellStatus(present);
    else present.departure = this.#timers.after(presenceGraceMs, () => this.#remove(present, 'gone'));
  }

  /** Gives up at once whoever is awaited back and may not come. */
  forgetAwaited(mayCome: (identity: Present['identity']) => boolean): void {
    for (const present of [...this.#people.values()]) {
      if (present.departure !== undefined && !mayCome(present.identity)) this.#remove(present, 'gone');
    }
  }

  update(userId: string, connectionId: string, status: PresenceStatus): void {
    const present = this.#people.get(userId);
    if (!present?.connections.has(connectionId)) return;
    present.connections.set(connectionId, status);
    this.#tellStatus(present);
  }

  /** Forgets everybody without telling. */
  clear(): void {
    for (const { departure } of this.#people.values()) departure?.();
    this.#people.clear();
  }

  #tellStatus(present: Present): void {
    const status = statusOver(present.connections.values());
    if (status === present.status) return;
    present.status = status;
    this.#listener.changed(present.identity.uid, status);
  }

  #remove(present: Present, reason: 'left' | 'gone'): void {
    present.departure?.();
    this.#people.delete(present.identity.uid);
    this.#listener.left(present.identity.uid, reason);
  }
}
