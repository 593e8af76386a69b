import { ask } from './ask.ts';
import type { Position } from './confirmed-state.ts';
import type { JoinedAck, NamedDurableEvent, RefusedAck, SyncAck } from './protocol.ts';
import { isAboutToken, isRefused } from './refusal.ts';
import type { Advance, SessionState } from './session-state.ts';
import type { Surroundings } from './surroundings.ts';
import type { Link } from './transport.ts';

/** What is needed to be where the log is; the later one brings more. */
const demands = ['nothing', 'sync', 'join', 'snapshot'] as const;
type Demand = (typeof demands)[number];

const larger = (one: Demand, other: Demand): Demand =>
  demands.indexOf(one) > demands.indexOf(other) ? one : other;

/** Waited for when a refusal does not say how long. */
const defaultRetryMs = 1_000;

export interface LogFollowerOptions {
  sessionId: string;
  state: SessionState;
  surroundings: Surroundings;
  /** The session is joined; the first time on a connection, or once more. */
  joined(ack: JoinedAck): void;
  applied(events: readonly NamedDurableEvent[]): void;
  /** The connection is of no use, or its token is not. */
  broken(why: 'silent' | 'token'): void;
  /** The user may not be here. */
  refused(refusal: RefusedAck): void;
}

/** Brings a state to the head of its log and keeps it there (rule RT4): one question at a time. */
export class LogFollower {
  readonly #options: LogFollowerOptions;
  #link: Link | undefined;
  #demand: Demand = 'nothing';
  #isAsking = false;
  #cancelRetry: (() => void) | undefined;

  constructor(options: LogFollowerOptions) {
    this.#options = options;
  }

  /** Begins on a connection. */
  begin(link: Link): void {
    this.end();
    this.#link = link;
    this.#ask('join');
  }

  end(): void {
    this.#link = undefined;
    this.#isAsking = false;
    this.#demand = 'nothing';
    this.#cancelRetry?.();
    this.#cancelRetry = undefined;
  }

  /** A durable event came. */
  receive(event: NamedDurableEvent): void {
    const { reception, ...advance } = this.#options.state.receive(event);
    this.#options.applied(advance.applied);
    if (reception === 'gap') this.#ask('sync');
  }

  /** The server said where the log stands. */
  head(head: Position): void {
    const { position } = this.#options.state;
    if (position === undefined || !this.#options.state.isBehind(head)) return;
    this.#ask(position.epoch === head.epoch ? 'sync' : 'join');
  }

  /** The server left events out. */
  resync(): void {
    this.#ask('join');
  }

  #ask(demand: Demand): void {
    this.#demand = larger(this.#demand, demand);
    if (this.#isAsking || this.#cancelRetry !== undefined || this.#link === undefined) return;
    const wanted = this.#demand;
    if (wanted === 'nothing') return;
    this.#demand = 'nothing';
    this.#isAsking = true;
    if (wanted === 'sync')
      this.#send<SyncAck>('session:sync', this.#syncRequest(), (ack) => this.#synced(ack));
    else this.#send<JoinedAck>('session:join', this.#joinRequest(wanted), (ack) => this.#joined(ack));
  }

  #syncRequest(): object {
    const { sessionId, state } = this.#options;
    return { sessionId, since: state.position?.seq ?? 0 };
  }

  #joinRequest(wanted: Demand): object {
    const { sessionId, state } = this.#options;
    const { position } = state;
    const from =
      position === undefined || wanted === 'snapshot' ? {} : { since: position.seq, epoch: position.epoch };
    return { sessionId, caps: ['frames'], ...from };
  }

  #send<Ack>(event: 'session:sync' | 'session:join', request: object, done: (ack: Ack) => Demand): void {
    const link = this.#link;
    if (link === undefined) return;
    ask(link, this.#options.surroundings, event, request, (answer) => {
      if (this.#link !== link) return;
      this.#isAsking = false;
      if (answer === undefined) this.#options.broken('silent');
      else if (isRefused(answer)) this.#refused(event === 'session:sync' ? 'sync' : 'join', answer);
      else this.#ask(done(answer as Ack));
    });
  }

  #joined(ack: JoinedAck): Demand {
    const { state } = this.#options;
    const advance = state.join(ack);
    this.#options.joined(ack);
    this.#options.applied(advance.applied);
    return this.#next(advance, ack.seq);
  }

  #synced(ack: SyncAck): Demand {
    const { state } = this.#options;
    if (ack.mode === 'snapshot' || state.position?.epoch !== ack.epoch) return 'join';
    const advance = state.catchUp(ack);
    this.#options.applied(advance.applied);
    return this.#next(advance, ack.seq);
  }

  /** A list that does not lead to where it says is of no use; then the whole state is asked for. */
  #next({ applied, missing }: Advance, seq: number): Demand {
    if ((this.#options.state.position?.seq ?? 0) < seq) return 'snapshot';
    if (!missing) return 'nothing';
    // An answer that brought nothing is not asked for again at once.
    if (applied.length === 0) this.#askLater('sync', defaultRetryMs);
    return 'sync';
  }

  #refused(demand: Demand, refusal: RefusedAck): void {
    const { broken, refused } = this.#options;
    if (isAboutToken(refusal)) broken('token');
    else if (refusal.code === 'not_joined') this.#ask('join');
    else if (!refusal.retryable) refused(refusal);
    else this.#askLater(demand, refusal.retryAfterMs ?? defaultRetryMs);
  }

  #askLater(demand: Demand, delayMs: number): void {
    this.#demand = larger(this.#demand, demand);
    this.#cancelRetry?.();
    this.#cancelRetry = this.#options.surroundings.after(delayMs, () => {
      this.#cancelRetry = undefined;
      this.#ask('nothing');
    });
  }
}
