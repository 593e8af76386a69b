import type { Operation } from '../../src/operation.ts';
import type { JoinedAck, NamedDurableEvent, RefusedAck } from '../../src/protocol.ts';
import type { Connect, Handshake, LinkListener } from '../../src/transport.ts';
import { at, eventFor, fold } from './model-log.ts';

type Answer = object | 'silence' | undefined;
type Payload = Record<string, unknown>;

export const refused = (code: RefusedAck['code'], retryable: boolean, retryAfterMs?: number): RefusedAck => ({
  ok: false,
  code,
  message: code,
  retryable,
  ...(retryAfterMs !== undefined && { retryAfterMs }),
});

/** One end of a connection, with what is on its way in both directions. */
export class ModelLink {
  readonly handshake: Handshake;
  readonly listener: LinkListener;
  readonly up: (() => void)[] = [];
  readonly down: (() => void)[] = [];
  joined = false;
  open = true;

  constructor(handshake: Handshake, listener: LinkListener) {
    this.handshake = handshake;
    this.listener = listener;
  }

  get userId(): string {
    return this.handshake.token;
  }

  /** Carries the oldest message of a direction; false when there is none. */
  carry(direction: 'up' | 'down'): boolean {
    const message = this[direction].shift();
    if (message === undefined || !this.open) return false;
    message();
    return true;
  }

  emit(event: string, payload: object): void {
    const sent = structuredClone(payload);
    this.down.push(() => this.listener.received(event, sent));
  }

  /** The connection breaks: what is on its way is lost. */
  break(refusal?: RefusedAck): void {
    if (!this.open) return;
    this.open = false;
    this.listener.closed(refusal);
  }
}

/** A room as simple as can be, over connections in memory that carry messages when they are told to. */
export class ModelServer {
  epoch = 'e1';
  log: NamedDurableEvent[] = [];
  readonly links: ModelLink[] = [];
  /** Everything that reached the server. */
  readonly heard: { event: string; payload: Payload; userId: string }[] = [];
  /** Decides first; `silence` swallows the event, `undefined` lets the room answer. */
  decide: (event: string, payload: Payload, link: ModelLink) => Answer = () => undefined;
  /** A refusal for those who connect. */
  admit: (handshake: Handshake) => RefusedAck | undefined = () => undefined;
  /** Whether messages are carried at once. */
  flows = true;
  readonly #acks = new Map<string, object>();

  get link(): ModelLink {
    const link = this.links.findLast(({ open }) => open);
    if (link === undefined) throw new Error('nobody is connected');
    return link;
  }

  readonly connect: Connect = (handshake, listener) => {
    const link = new ModelLink(handshake, listener);
    this.links.push(link);
    const refusal = this.admit(handshake);
    link.down.push(() => (refusal === undefined ? listener.opened() : link.break(refusal)));
    this.#flow();
    return {
      send: (event, payload, answered) => {
        const sent = structuredClone(payload) as Payload;
        link.up.push(() => this.#receive(link, event, sent, answered));
        this.#flow();
      },
      close: () => {
        link.open = false;
      },
    };
  };

  /** Appends what somebody else does. */
  append(operation: Operation, by = 'ben'): void {
    const event = eventFor(this.log, by, operation);
    if (event !== undefined) this.publish(event);
  }

  publish(event: NamedDurableEvent): void {
    this.log.push(event);
    for (const link of this.links) if (link.open && link.joined) link.emit(event.event, event.payload);
    this.#flow();
  }

  say(event: string, payload: object): void {
    this.link.emit(event, payload);
    this.#flow();
  }

  /** Another log takes the place of this one, as after a restore. */
  restore(epoch: string, log: NamedDurableEvent[]): void {
    this.epoch = epoch;
    this.log = log;
    this.#acks.clear();
  }

  /** What was said of one event, in order. */
  all(event: string): Payload[] {
    return this.heard.filter((one) => one.event === event).map(({ payload }) => payload);
  }

  #flow(): void {
    if (!this.flows) return;
    setImmediate(() => {
      for (const link of this.links) {
        while (link.carry('up') || link.carry('down'));
      }
    });
  }

  #receive(link: ModelLink, event: string, payload: Payload, answered?: (answer: unknown) => void): void {
    this.heard.push({ event, payload, userId: link.userId });
    const answer = this.decide(event, payload, link) ?? this.#answer(link, event, payload);
    if (answer === 'silence' || answered === undefined) return;
    const sent = structuredClone(answer);
    link.down.push(() => answered(sent));
    this.#flow();
  }

  #answer(link: ModelLink, event: string, payload: Payload): object {
    if (event === 'session:join') return this.#join(link, payload);
    if (event === 'session:sync') {
      const { epoch, log } = this;
      return { ok: true, mode: 'delta', epoch, seq: log.length, events: log.slice(Number(payload.since)) };
    }
    if (event === 'auth:renew') return { ok: true };
    if (typeof payload.opId === 'string') return this.#operate(link, event, payload, payload.opId);
    return { ok: true };
  }

  #join(link: ModelLink, { since, epoch }: Payload): JoinedAck {
    link.joined = true;
    const you = { userId: link.userId, name: link.userId, role: 'customer', status: 'active' } as const;
    const common = { ok: true, epoch: this.epoch, seq: this.log.length, you } as const;
    const participants = [you];
    if (typeof since === 'number' && epoch === this.epoch) {
      return {
        ...common,
        participants,
        mode: 'delta',
        annotations: [],
        messages: [],
        proofs: [],
        events: this.log.slice(since),
      };
    }
    const messages = this.log.filter(({ event }) => event === 'chat:message' || event === 'comment:added');
    return {
      ...common,
      participants,
      mode: 'snapshot',
      annotations: fold(this.log).annotations,
      messages,
      proofs: [],
    };
  }

  #operate(link: ModelLink, name: string, payload: Payload, opId: string): object {
    const key = `${link.userId}/${opId}`;
    const before = this.#acks.get(key);
    if (before !== undefined) return { ...before, dup: true };
    const { sessionId: _, opId: __, ...content } = payload;
    const operation = { name, opId, payload: content, askedAt: 0 } as unknown as Operation;
    const event = eventFor(this.log, link.userId, operation);
    if (event === undefined) return refused('not_found', false);
    this.publish(event);
    const { seq } = event.payload;
    const ack = { ok: true, opId, id: String(content.id ?? opId), seq, rev: seq, at };
    this.#acks.set(key, ack);
    return ack;
  }
}
