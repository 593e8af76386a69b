import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket } from 'ws';
import type { Dialect, Member } from './dialect.ts';
import { Latencies } from './latencies.ts';
import { sendEvenly, shuffled } from './pace.ts';

/** `x` of a cursor counts its user's moves in steps of this part of the page. */
const moveSteps = 10_000;
/** What is still on its way after a window gets this long to arrive. */
const settleMs = 150;
const openedAtOnce = 25;

/** Somebody, and the server to connect to. */
export interface Guest extends Member {
  url: string;
}

/** One client: what it sent, and what it has heard of each of the others. */
interface Client {
  member: Member;
  socket: WebSocket;
  moves: number;
  strokes: number;
  /** When each of the newest moves was sent. */
  sentAt: Float64Array;
  /** The newest move of each other user. */
  heard: Map<string, number>;
}

/** What came of cursors that moved for a while. */
export interface Movement {
  moves: number;
  /** Of every move, once for each receiver that it reached while it was its user's newest. */
  latencies: Uint32Array;
}

/** Clients of one server or of several that serve the same, each room of theirs whole in this process, so that one clock times all. */
export class Crowd {
  readonly clients: Client[] = [];
  readonly #byUser = new Map<string, Client>();
  readonly #dialect: Dialect;
  #latencies = new Latencies();

  constructor(dialect: Dialect) {
    this.#dialect = dialect;
  }

  /** Connects guests and lets them into their rooms. */
  async open(guests: readonly Guest[]): Promise<void> {
    for (let from = 0; from < guests.length; from += openedAtOnce) {
      await Promise.all(guests.slice(from, from + openedAtOnce).map((guest) => this.#connect(guest)));
    }
  }

  async #connect({ url, ...member }: Guest): Promise<void> {
    const socket = new WebSocket(url.replace('http', 'ws') + this.#dialect.address(member), {
      perMessageDeflate: false,
      skipUTF8Validation: true,
    });
    await once(socket, 'open');
    await this.#dialect.enter(socket, member);
    const client: Client = {
      member,
      socket,
      moves: 0,
      strokes: 0,
      sentAt: new Float64Array(moveSteps),
      heard: new Map(),
    };
    this.clients.push(client);
    this.#byUser.set(member.userId, client);
    socket.on('message', (data: Buffer) => this.#receive(client, data));
    socket.on('close', (code) => {
      if (code !== 1005) throw new Error(`The server closed a connection (${code}).`);
    });
  }

  /** Every client moves so often, each at its own time. */
  async move(perSecond: number, windowMs: number): Promise<Movement> {
    const movers = shuffled(this.clients);
    this.#latencies = new Latencies();
    let moves = 0;
    await sendEvenly({ senders: movers.length, perSecond: perSecond * movers.length, windowMs }, (sender) => {
      this.#move(movers[sender] as Client);
      moves += 1;
    });
    await pause(settleMs);
    return { moves, latencies: this.#latencies.counts };
  }

  close(): void {
    for (const { socket } of this.clients) socket.close();
  }

  #move(client: Client): void {
    const step = client.moves % moveSteps;
    client.moves += 1;
    const y = Math.round(Math.abs(Math.sin(step / 50)) * moveSteps) / moveSteps;
    const message = this.#dialect.move(client.member, { x: step / moveSteps, y });
    client.sentAt[step] = performance.now();
    client.socket.send(message);
  }

  #receive(receiver: Client, data: Buffer): void {
    const now = performance.now();
    this.#dialect.read(
      data,
      (userId, x) => this.#hear(receiver, userId, x, now),
      (reply) => receiver.socket.send(reply),
    );
  }

  /** Counts a place once: not one's own, and not one that was heard before. */
  #hear(receiver: Client, userId: string, x: number, now: number): void {
    const sender = this.#byUser.get(userId);
    if (sender === undefined || sender === receiver) return;
    const step = Math.round(x * moveSteps);
    if (receiver.heard.get(userId) === step) return;
    receiver.heard.set(userId, step);
    this.#latencies.note(now - (sender.sentAt[step] ?? 0));
  }
}
