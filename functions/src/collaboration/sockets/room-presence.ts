import type { Clock } from '../../ports/clock.ts';
import type { Timers } from '../../ports/timers.ts';
import type { PresenceStatus } from '../../protocol/enumerations.ts';
import type { Participant } from '../../protocol/realtime.ts';
import { Presence, type PresenceListener, statusOver } from './presence.ts';

/**
 * A node says who is with it every ten seconds while it has the session open. One that is silent for so long has
 * closed it, and the message that would have said so was lost.
 */
export const silentForMs = 25_000;

/** Who is with another node, and when it said so. */
interface Elsewhere {
  people: ReadonlyMap<string, Participant>;
  heardAtMs: number;
}

export interface RoomPresenceOptions {
  clock: Clock;
  timers: Timers;
  /** Is told of people as the session sees them, over all nodes. */
  listener: PresenceListener;
  /** Is called when other nodes must be told who is here now. */
  announce(): void;
}

/** Who is in one session, per user over tabs, devices and nodes (rule RT8). */
export class RoomPresence {
  readonly #local: Presence;
  readonly #elsewhere = new Map<string, Elsewhere>();
  /** As the people here were told last. */
  readonly #told = new Map<string, Participant>();
  readonly #options: RoomPresenceOptions;

  constructor(options: RoomPresenceOptions) {
    this.#options = options;
    this.#local = new Presence(options.timers, {
      joined: ({ userId }) => this.#changedHere(userId, 'left'),
      left: (userId, reason) => this.#changedHere(userId, reason),
      changed: (userId) => this.#changedHere(userId, 'left'),
    });
  }

  /** Nobody is here at this node, and nobody is awaited back. */
  get empty(): boolean {
    return this.#local.empty;
  }

  /** Whether another node has somebody in the session, who must hear what happens here. */
  get shared(): boolean {
    return this.#elsewhere.size > 0;
  }

  /** The other nodes that have somebody in the session. */
  get nodesElsewhere(): Iterable<string> {
    return this.#elsewhere.keys();
  }

  /** Whether somebody is in the session, at whatever node. */
  has(userId: string): boolean {
    return this.#told.has(userId);
  }

  participants(): Participant[] {
    return [...this.#told.values()];
  }

  participantsHere(): Participant[] {
    return this.#local.participants();
  }

  hasStaff(): boolean {
    for (const { role } of this.#told.values()) if (role !== 'customer') return true;
    return false;
  }

  enter(identity: Parameters<Presence['enter']>[0], connectionId: string): Participant {
    const here = this.#local.enter(identity, connectionId);
    return this.#told.get(identity.uid) ?? here;
  }

  leave(userId: string, connectionId: string, reason: 'left' | 'gone'): void {
    this.#local.leave(userId, connectionId, reason);
  }

  drop(userId: string, connectionId: string): void {
    this.#local.drop(userId, connectionId);
  }

  /** Gives up at once whoever is awaited back at this node and may not come. */
  forgetAwaited(...values: Parameters<Presence['forgetAwaited']>): void {
    this.#local.forgetAwaited(...values);
  }

  update(userId: string, connectionId: string, status: PresenceStatus): void {
    this.#local.update(userId, connectionId, status);
  }

  /** Another node has said who is with it; nobody when it has left the session. */
  heard(nodeId: string, participants: readonly Participant[], reason: 'left' | 'gone'): void {
    const before = this.#elsewhere.get(nodeId)?.people;
    if (participants.length === 0) this.#elsewhere.delete(nodeId);
    else {
      const people = new Map(participants.map((person) => [person.userId, person]));
      this.#elsewhere.set(nodeId, { people, heardAtMs: this.#options.clock.monotonicMs() });
    }
    const concerned = new Set([...(before?.keys() ?? []), ...participants.map(({ userId }) => userId)]);
    for (const userId of concerned) this.#settle(userId, reason);
  }

  /** Gives up what nodes said that have fallen silent about this session. */
  forgetSilent(): void {
    const since = this.#options.clock.monotonicMs() - silentForMs;
    for (const [nodeId, { heardAtMs }] of this.#elsewhere) {
      if (heardAtMs <= since) this.heard(nodeId, [], 'gone');
    }
  }

  /** Forgets everybody without telling. */
  clear(): void {
    this.#local.clear();
    this.#elsewhere.clear();
    this.#told.clear();
  }

  #changedHere(userId: string, reason: 'left' | 'gone'): void {
    this.#settle(userId, reason);
    this.#options.announce();
  }

  #everywhere(userId: string): Participant | undefined {
    const lists = [...this.#elsewhere.values()].map(({ people }) => people.get(userId));
    const all = [this.#local.participant(userId), ...lists].filter((person) => person !== undefined);
    const [first] = all;
    return first && { ...first, status: statusOver(all.map(({ status }) => status)) };
  }

  #settle(userId: string, reason: 'left' | 'gone'): void {
    const { listener } = this.#options;
    const before = this.#told.get(userId);
    const now = this.#everywhere(userId);
    if (now === undefined) {
      if (this.#told.delete(userId)) listener.left(userId, reason);
      return;
    }
    this.#told.set(userId, now);
    if (before === undefined) listener.joined(now);
    else if (before.status !== now.status) listener.changed(userId, now.status);
  }
}
