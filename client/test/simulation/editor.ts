import type { Identity } from '../../../functions/src/ports/identity.ts';
import { createSessionClient } from '../../src/create-session-client.ts';
import type { OperationAnswer } from '../../src/operation-sender.ts';
import { createMemoryOutbox } from '../../src/outbox.ts';
import type { NamedDurableEvent, RefusedAck } from '../../src/protocol.ts';
import type { SessionClient } from '../../src/session-client.ts';
import type { Connect, Link } from '../../src/transport.ts';
import { Caller } from './caller.ts';
import type { Chance } from './chance.ts';
import type { Tokens } from './people.ts';
import { randomWish, type Wish } from './random-operation.ts';
import { ProcessTime, surroundingsOf, type VirtualTime } from './virtual-time.ts';
import type { Watch } from './watch.ts';

/** An operation that was asked for, and what its client was told of it in the end. */
interface Asked {
  opId: string;
  wish: Wish;
  answer: OperationAnswer | undefined;
}

export interface EditorOptions {
  name: string;
  user: Identity;
  sessionId: string;
  contested: readonly string[];
  connect: Connect;
  time: VirtualTime;
  chance: Chance;
  tokens: Tokens;
  watch: Watch;
}

const durableNames: readonly NamedDurableEvent['event'][] = [
  'annotation:added',
  'annotation:updated',
  'annotation:deleted',
  'annotation:cleared',
  'annotation:resolved',
  'comment:added',
  'chat:message',
  'session:tick',
];

const nowhere: Link = { send: () => {}, close: () => {} };

/** Somebody at work in one session, on a page that may be loaded anew. */
export class Editor {
  readonly name: string;
  readonly user: Identity;
  readonly sessionId: string;
  /** In the order in which it was asked for. */
  readonly asked: Asked[] = [];
  /** Why the client gave up; nobody is expected to be up to date after that. */
  ended: RefusedAck | undefined;
  client: SessionClient;
  caller: Caller;
  time: ProcessTime;
  readonly #options: EditorOptions;
  readonly #outbox = createMemoryOutbox();
  #token: string;
  #pages = 0;
  #told = 0;

  constructor(options: EditorOptions) {
    const { name, user, sessionId, time, tokens } = options;
    this.#options = options;
    this.name = name;
    this.user = user;
    this.sessionId = sessionId;
    this.#token = tokens.issue(user);
    this.time = new ProcessTime(time);
    this.client = this.#open();
    this.caller = new Caller({ ...options, client: this.client });
  }

  /** The page is loaded anew, after its end or after its process was killed; its outbox is kept. */
  reload(inOrder: boolean): void {
    if (inOrder) this.client.close();
    this.time.end();
    this.time = new ProcessTime(this.#options.time);
    this.client = this.#open();
    this.caller = new Caller({ ...this.#options, client: this.client });
  }

  wish(): void {
    const { chance, contested, user, name } = this.#options;
    const text = `${name} says ${this.asked.length}`;
    const isStaff = user.role !== 'customer';
    const wish = randomWish({ chance, view: this.client.view, isStaff, contested, text });
    const { opId, answer } = this.client.perform(wish.name, wish.input);
    const asked: Asked = { opId, wish, answer: undefined };
    this.asked.push(asked);
    const { client } = this;
    void answer.then((given) => {
      // A client that is closed answers what it leaves to the next one.
      if (client === this.client) this.#answered(asked, given);
    });
  }

  /** Something that only the moment needs. */
  stir(): void {
    const { chance } = this.#options;
    const { client } = this;
    const stirs = [
      () => client.moveCursor({ x: chance.next(), y: chance.next(), page: 1 }),
      () => client.previewDrawing('preview', [[chance.next(), 0.5]]),
      () => client.typed(),
      () => client.read(client.view.position?.seq ?? 0),
      () => client.setStatus(chance.pick(['active', 'idle', 'away'])),
      () => client.retryNow(),
    ];
    chance.pick(stirs)();
  }

  #open(): SessionClient {
    const { sessionId, user, connect, chance, tokens, name, watch } = this.#options;
    this.#pages += 1;
    const { time } = this;
    const client = createSessionClient({
      url: '',
      sessionId,
      userId: user.uid,
      clientId: `${name}-${this.#pages}`,
      outbox: this.#outbox,
      // A page that is gone asks for nothing any more.
      connect: (handshake, listener) => (time.dead ? nowhere : connect(handshake, listener)),
      surroundings: surroundingsOf(time, `${name}-${this.#pages}`, chance.next),
      getToken: ({ fresh }) => {
        if (fresh) this.#token = tokens.issue(user);
        return this.#token;
      },
    });
    client.on('phase', (phase) => watch.step(`${name} is ${phase}`));
    client.on('ended', (reason) => {
      watch.step(`${name} ended: ${reason.code} ${reason.message}`);
      this.ended = reason;
    });
    client.on('refused', ({ operation, refusal }) => {
      const asked = this.asked.find(({ opId }) => opId === operation.opId);
      if (asked !== undefined) this.#answered(asked, refusal);
    });
    this.#told = 0;
    client.on('snapshot', ({ seq }) => {
      this.#told = seq;
    });
    for (const event of durableNames) client.on(event, ({ seq }) => this.#hear(event, seq));
    void client.start();
    return client;
  }

  #hear(event: string, seq: number): void {
    const { watch, name } = this.#options;
    watch.ensure(seq === this.#told + 1, () => `${name} was told of ${event} ${seq} after ${this.#told}`);
    this.#told = seq;
  }

  #answered(asked: Asked, answer: OperationAnswer): void {
    const { watch, name } = this.#options;
    const told = answer.ok ? `done at ${answer.seq}${answer.dup ? ' (again)' : ''}` : answer.code;
    if (asked.answer === undefined) watch.step(`${name}: ${asked.opId} ${asked.wish.name} ${told}`);
    asked.answer = answer;
  }
}
