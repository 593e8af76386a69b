import { AppError } from '../../errors/app-error.ts';
import type { SessionLogEntry } from '../../ports/records.ts';
import type { LogPosition } from '../../ports/session-log.ts';
import { subjectOf } from './entry-data.ts';
import { heldEntries, KnownOperations } from './known-operations.ts';
import { RecentEvents } from './recent-events.ts';
import { type EventPair, eventPairOf } from './room-events.ts';
import { type RoomSnapshot, type RoomSources, readRoomSnapshot } from './room-snapshot.ts';
import { SessionState } from './room-state.ts';
import type { RoomHead } from './rooms.ts';

/** Told of entries in order, each once; of none when the log was replaced by another epoch. */
export type RoomPublisher = (head: RoomHead, events: readonly EventPair[]) => void;

interface RoomReplicaOptions extends RoomSources {
  sessionId: string;
  publish: RoomPublisher;
}

const pageSize = 1_000;

/** What an event weighs beside its annotation. */
const envelopeSize = 400;

const eventSize = (entry: SessionLogEntry, state: SessionState): number => {
  const annotation = state.sizeOf(subjectOf(entry));
  return envelopeSize + (annotation > 0 ? annotation : JSON.stringify(entry.data).length);
};

const sessionGone = (): AppError => new AppError('not_found', 'There is no session with this id.');

/** This node's copy of one session: follows the log, and publishes what it applies. */
export class RoomReplica {
  readonly #options: RoomReplicaOptions;
  #state: SessionState;
  #known: KnownOperations;
  #recent = new RecentEvents();
  #learnt = false;

  constructor(options: RoomReplicaOptions, snapshot: RoomSnapshot) {
    this.#options = options;
    this.#state = new SessionState(snapshot);
    this.#known = new KnownOperations(snapshot.position.seq);
  }

  get state(): SessionState {
    return this.#state;
  }

  get known(): KnownOperations {
    return this.#known;
  }

  get recent(): RecentEvents {
    return this.#recent;
  }

  get position(): LogPosition {
    return { epoch: this.#state.epoch, seq: this.#state.seq };
  }

  get head(): RoomHead {
    return { ...this.position, session: this.#state.session };
  }

  /** Whether the operations of older entries must be learnt before one can be told to be new. */
  get mustLearn(): boolean {
    return !this.#learnt && this.#known.completeAfter > 0;
  }

  /** Applies committed entries, skips those it has, and publishes the new ones. */
  advance(entries: readonly SessionLogEntry[]): void {
    const state = this.#state;
    const events: EventPair[] = [];
    for (const entry of entries) {
      if (!state.apply(entry)) continue;
      this.#known.note(entry);
      const pair = eventPairOf(entry, (id) => state.annotation(id));
      this.#recent.add(pair, eventSize(entry, state));
      events.push(pair);
    }
    if (events.length > 0) this.#options.publish(this.head, events);
  }

  /** Follows the log to its head. AppError `not_found` when the session is gone. */
  async readOn(): Promise<void> {
    const { log, sessionId } = this.#options;
    for (;;) {
      const since = this.position;
      const { head, entries } = await log.read(sessionId, since.seq, pageSize);
      if (head.epoch !== since.epoch || head.seq < since.seq) return this.#startAnew();
      this.advance(entries);
      if (this.#state.seq >= head.seq) return;
      if (this.#state.seq === since.seq) throw new Error(`the log of ${sessionId} has a gap`);
    }
  }

  /** Learns the operations of older entries, as far back as a room holds them. */
  async learn(): Promise<void> {
    const { epoch, seq: until } = this.position;
    const after = Math.max(0, until - heldEntries);
    const entries: SessionLogEntry[] = [];
    for (let since = after; since < until; ) {
      const page = await this.#options.log.read(this.#options.sessionId, since, pageSize);
      const last = page.entries.at(-1);
      if (page.head.epoch !== epoch || last === undefined) return;
      entries.push(...page.entries.filter(({ seq }) => seq <= until));
      since = last.seq;
    }
    this.#known.learn(entries, after);
    this.#learnt = true;
  }

  /** A restore or import has replaced the log: everything that was known is void. */
  async #startAnew(): Promise<void> {
    const snapshot = await readRoomSnapshot(this.#options, this.#options.sessionId);
    if (snapshot === undefined) throw sessionGone();
    this.#state = new SessionState(snapshot);
    this.#known = new KnownOperations(snapshot.position.seq);
    this.#recent = new RecentEvents();
    this.#learnt = false;
    this.#options.publish(this.head, []);
  }
}
