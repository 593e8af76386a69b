import { ask } from './ask.ts';
import { ConnectionKeeper } from './connection-keeper.ts';
import { Emitter } from './emitter.ts';
import { LogFollower } from './log-follower.ts';
import type { Operation, OperationInput } from './operation.ts';
import { type OperationAnswer, OperationSender } from './operation-sender.ts';
import type { Outbox } from './outbox.ts';
import { isEphemeral } from './people-state.ts';
import { PreviewExpiry } from './preview-expiry.ts';
import type {
  AnalyzeReply,
  ClientEvent,
  EphemeralEvents,
  JoinedAck,
  NamedDurableEvent,
  OperationName,
  PresenceStatus,
  RefusedAck,
  ServerEvents,
} from './protocol.ts';
import { isAboutToken, refusal } from './refusal.ts';
import { SessionCalls } from './session-calls.ts';
import { durableEvent, type Phase, type SessionEvents } from './session-events.ts';
import { SessionState, type SessionView } from './session-state.ts';
import type { Surroundings } from './surroundings.ts';
import { TokenRenewal } from './token-renewal.ts';
import type { Tokens } from './tokens.ts';
import type { Connect, Link } from './transport.ts';
import { type Point, UserMoments } from './user-moments.ts';

export interface SessionClientParts {
  sessionId: string;
  /** Another user's token ends the client, so that nobody's operations go out as somebody else's. */
  userId?: string | undefined;
  clientId: string;
  tokens: Tokens;
  outbox: Outbox;
  connect: Connect;
  surroundings: Surroundings;
}

/** An operation that was taken; it shows in the view already. */
export interface OperationHandle {
  /** Also the id of an annotation that was added without one. */
  opId: string;
  /**
   * What the server says after its commit. Never rejects; when the client is closed before, it is refused as
   * `unavailable`.
   */
  answer: Promise<OperationAnswer>;
}

/** One session, followed live: its state, what happens in it, and what its user does. */
export class SessionClient {
  readonly #parts: SessionClientParts;
  readonly #events = new Emitter<SessionEvents>();
  readonly #state: SessionState;
  readonly #keeper: ConnectionKeeper;
  readonly #follower: LogFollower;
  readonly #sender: OperationSender;
  readonly #moments: UserMoments;
  /** Talking by sound and video; who calls is told as `call:invite`. */
  readonly calls: SessionCalls;
  readonly #renewal: TokenRenewal;
  readonly #previews: PreviewExpiry;
  /** Whose operations these are: as said, or as found at the first join. */
  #userId: string | undefined;
  #link: Link | undefined;
  #phase: Phase = 'idle';
  #isTelling = false;
  #loaded: Promise<void> | undefined;

  constructor(parts: SessionClientParts) {
    const { sessionId, userId, clientId, tokens, surroundings, connect, outbox } = parts;
    this.#parts = parts;
    this.#userId = userId;
    this.#state = new SessionState({ sessionId, userId });
    const common = { sessionId, state: this.#state, surroundings };
    const broken = (why: 'silent' | 'token') => this.#broken(why);
    this.#keeper = new ConnectionKeeper({
      connect,
      tokens,
      surroundings,
      handshake: { clientId, sessionId },
      connecting: () => this.#enter('connecting'),
      opened: (link) => this.#opened(link),
      received: (event, payload) => this.#received(event, payload),
      lost: () => this.#lost('waiting'),
      failed: (reason) => this.#end(reason),
    });
    this.#follower = new LogFollower({
      ...common,
      broken,
      joined: (ack) => this.#joined(ack),
      applied: (events) => this.#applied(events),
      refused: (reason) => this.#end(reason),
    });
    this.#sender = new OperationSender({
      ...common,
      outbox,
      broken,
      changed: () => this.#changed(),
      refused: (operation, reason) => this.#events.emit('refused', { operation, refusal: reason }),
      outboxFailed: (error) => this.#events.emit('outboxFailed', { error }),
    });
    this.#moments = new UserMoments(sessionId, surroundings);
    this.calls = new SessionCalls(sessionId, surroundings);
    this.#renewal = new TokenRenewal({
      tokens,
      surroundings,
      warn: (reason) => this.#events.emit('warning', { ...reason, event: 'auth:renew' }),
    });
    this.#previews = new PreviewExpiry(surroundings, (owner, id) => {
      this.#state.forgetDrawing(owner, id);
      this.#changed();
    });
  }

  /** The session as its user sees it; the same object until something changes. */
  get view(): SessionView {
    return this.#state.view;
  }

  get phase(): Phase {
    return this.#phase;
  }

  /** Listens until the returned function is called. */
  on<Name extends keyof SessionEvents>(
    name: Name,
    listener: (payload: SessionEvents[Name]) => void,
  ): () => void {
    return this.#events.on(name, listener);
  }

  /** Connects, and stays connected until `close`; after `ended` it begins anew. */
  async start(): Promise<void> {
    if (this.#phase !== 'idle' && this.#phase !== 'ended') return;
    this.#enter('connecting');
    this.#loaded ??= this.#sender.load();
    await this.#loaded;
    // It may have been closed meanwhile.
    if (this.phase === 'connecting') this.#keeper.start();
  }

  /** Tries at once when it waits to connect again: the network is back, or the user looks. */
  retryNow(): void {
    this.#keeper.retryNow();
  }

  /** Leaves the session for good; what the server has not answered stays in the outbox. */
  close(): void {
    this.#keeper.stop();
    this.#lost('ended');
    this.#sender.end();
    this.#events.clear();
  }

  /** Does a durable operation: shows it at once, and sends it until the server has answered. */
  perform<Name extends OperationName>(name: Name, input: OperationInput<Name>): OperationHandle {
    const { newId, now } = this.#parts.surroundings;
    const opId = newId();
    // A copy: what is sent again must be what was sent before.
    const payload = structuredClone(input);
    if (name === 'annotation:add') Object.assign(payload, { id: (payload as { id?: string }).id ?? opId });
    if (name === 'chat:message') this.#moments.stoppedTyping();
    // The compiler cannot see that name and payload belong together once the name is a variable.
    const operation = { opId, name, payload, askedAt: now() } as Operation;
    return { opId, answer: this.#sender.take(operation) };
  }

  /** Where the user points; sent at a pace. */
  moveCursor(cursor: Omit<ClientEvent<'cursor:move'>, 'sessionId'>): void {
    this.#moments.moveCursor(cursor);
  }

  /** What the user is drawing, as a whole, under the id that the annotation will have. */
  previewDrawing(id: string, points: readonly Point[]): void {
    this.#moments.previewDrawing(id, points);
  }

  /** A key was pressed in the message field; that typing has ended is noticed by itself. */
  typed(): void {
    this.#moments.typed();
  }

  /** The user has read up to this place. */
  read(seq: number): void {
    this.#moments.read(seq);
  }

  /** How attentive the user is; kept over reconnections. */
  setStatus(status: PresenceStatus): void {
    this.#moments.setStatus(status);
  }

  /** What a text is about while it is being written; refused as `unavailable` without a connection. */
  analyze(text: string): Promise<({ ok: true } & AnalyzeReply) | RefusedAck> {
    const unavailable = refusal('unavailable', 'There is no connection.', true);
    const link = this.#link;
    if (link === undefined) return Promise.resolve(unavailable);
    return new Promise((resolve) => {
      ask(link, this.#parts.surroundings, 'support:preview', { text }, (answer) => {
        resolve((answer ?? unavailable) as ({ ok: true } & AnalyzeReply) | RefusedAck);
      });
    });
  }

  /** Goes on with another token of the same user, and connects with it from now on. */
  renew(token: string): void {
    this.#parts.tokens.replace(token);
    this.#renewal.send(token);
  }

  #opened(link: Link): void {
    this.#link = link;
    this.#renewal.begin(link);
    this.#enter('joining');
    this.#follower.begin(link);
  }

  #joined(ack: JoinedAck): void {
    const { userId } = ack.you;
    this.#userId ??= userId;
    if (this.#userId !== userId) {
      this.#end(refusal('forbidden', 'The token is of another user.', false));
      return;
    }
    if (ack.mode === 'snapshot') this.#events.emit('snapshot', { epoch: ack.epoch, seq: ack.seq });
    this.#keeper.proved();
    this.#enter('joined');
    this.#changed();
    const link = this.#link;
    if (link === undefined) return;
    this.#moments.begin(link);
    this.calls.begin(link);
    this.#sender.begin(link);
  }

  #applied(events: readonly NamedDurableEvent[]): void {
    for (const { event, payload } of events) this.#events.emit(event, payload);
    if (events.length > 0) this.#changed();
  }

  #received(event: string, payload: unknown): void {
    const { sessionId } = this.#parts;
    // Events of the user's other sessions reach every one of the user's sockets.
    const { sessionId: named = sessionId } = (payload ?? {}) as { sessionId?: string };
    if (named !== sessionId) return;
    const durable = durableEvent(event, payload);
    if (durable !== undefined) this.#follower.receive(durable);
    else if (isEphemeral(event)) this.#heard(event, payload as EphemeralEvents[typeof event]);
    else if (event === 'session:head') this.#follower.head(payload as ServerEvents['session:head']);
    else if (event === 'session:resync') this.#follower.resync();
    else if (event === 'error') this.#told(payload as ServerEvents['error']);
    else {
      if (event === 'auth:expiring') void this.#renewal.renew();
      this.#events.emit(event as keyof SessionEvents, payload as never);
    }
  }

  #heard<Name extends keyof EphemeralEvents>(event: Name, payload: EphemeralEvents[Name]): void {
    this.#state.hear(event, payload);
    if (event === 'annotation:drawing') this.#previews.seen(payload as EphemeralEvents['annotation:drawing']);
    this.#events.emit(event, payload as SessionEvents[Name]);
    this.#changed();
  }

  #told(told: ServerEvents['error']): void {
    if (told.sessionId !== undefined) this.#end(told);
    else if (isAboutToken(told)) this.#keeper.tokenEnded();
    else this.#events.emit('warning', told);
  }

  #broken(why: 'silent' | 'token'): void {
    if (why === 'token') this.#keeper.tokenEnded();
    this.#keeper.reconnect();
  }

  #lost(phase: Phase): void {
    this.#link = undefined;
    this.#follower.end();
    this.#sender.pause();
    this.#renewal.end();
    this.#moments.end();
    this.calls.end();
    this.#previews.clear();
    this.#state.away();
    this.#enter(phase);
    this.#changed();
  }

  #end(reason: RefusedAck): void {
    this.#keeper.stop();
    this.#lost('ended');
    this.#events.emit('ended', reason);
  }

  #enter(phase: Phase): void {
    if (this.#phase === phase) return;
    this.#phase = phase;
    this.#events.emit('phase', phase);
    this.#changed();
  }

  #changed(): void {
    if (this.#isTelling) return;
    this.#isTelling = true;
    queueMicrotask(() => {
      this.#isTelling = false;
      this.#events.emit('changed', undefined);
    });
  }
}
