import type { Connection } from '../../../functions/src/collaboration/sockets/connection.ts';
import type {
  OutgoingEvent,
  Link as ServerLink,
} from '../../../functions/src/collaboration/sockets/realtime-link.ts';
import type { RefusedAck } from '../../src/protocol.ts';
import type { Link as ClientLink, Handshake, LinkListener } from '../../src/transport.ts';
import type { Chance } from './chance.ts';
import type { VirtualTime } from './virtual-time.ts';

/** How the network is at the moment. */
export interface NetworkWeather {
  slowestMs: number;
  /** Probability that a durable event is lost on an open connection, or comes twice. */
  loses: number;
  doubles: number;
}

export const calmNetwork: NetworkWeather = { slowestMs: 20, loses: 0, doubles: 0 };

/** What the server's end of a connection does. */
export interface ServerEnd {
  received(cable: Cable, event: string, payload: unknown, answer: (answer: object) => void): void;
  ended(cable: Cable, how: 'left' | 'drop'): void;
}

type Down =
  | { kind: 'opened'; text: '' }
  | { kind: 'event'; text: string; durable: boolean }
  | { kind: 'answer'; text: string; answered: (answer: unknown) => void }
  | { kind: 'end'; text: string };

const isDurable = ({ payload }: OutgoingEvent): boolean => 'seq' in payload && 'by' in payload;

export interface CableOptions {
  time: VirtualTime;
  chance: Chance;
  weather: NetworkWeather;
  handshake: Handshake;
  listener: LinkListener;
  server: ServerEnd;
}

/**
 * A connection between a client and a server, both ends of it. Everything that goes over it is written down as
 * text and read again; each direction keeps its order, and nothing is said about the order of two connections.
 */
export class Cable {
  readonly handshake: Handshake;
  /** What the door has of it, once it was let in. */
  connection: Connection | undefined;
  readonly audiences = new Set<string>();
  readonly #options: CableOptions;
  #down: Down[] = [];
  #eventBytes = 0;
  #sentBytes = 0;
  #clientOpen = true;
  #serverOpen = true;
  #silent = false;
  #stalled = false;
  #carrying = false;
  #upAt = 0;

  constructor(options: CableOptions) {
    this.#options = options;
    this.handshake = options.handshake;
  }

  /** Neither end has it any more. */
  get over(): boolean {
    return !this.#clientOpen && !this.#serverOpen;
  }

  get serverOpen(): boolean {
    return this.#serverOpen;
  }

  /** Events that wait for a reader; answers are as many as were asked for. */
  get eventBytes(): number {
    return this.#eventBytes;
  }

  get pendingBytes(): number {
    return this.#down.reduce((sum, { text }) => sum + text.length, 0);
  }

  get waitingAnswers(): number {
    return this.#down.filter(({ kind }) => kind === 'answer').length;
  }

  readonly clientLink: ClientLink = {
    send: (event, payload, answered) => this.#send(event, payload, answered),
    close: () => {
      this.#clientOpen = false;
      this.#options.time.after(this.#latency(), () => this.#endServer('left'));
    },
  };

  /** The server's end, as its door sees it. */
  serverLink(id: string, heard: (event: OutgoingEvent) => void): Omit<ServerLink, 'enter' | 'exit'> {
    return {
      id,
      emit: (event) => {
        heard(event);
        this.emit(JSON.stringify([event.event, event.payload]), event);
      },
      pendingBytes: () => this.pendingBytes,
      takenBytes: () => this.#sentBytes - this.pendingBytes,
      awaitPong: () => {},
      close: () => this.end(),
      cut: () => this.cut(),
    };
  }

  /** The server has let it in. */
  opened(): void {
    this.#push({ kind: 'opened', text: '' });
  }

  /** Takes an event that was written down already, as broadcasts are. */
  emit(text: string, event: OutgoingEvent): void {
    if (!this.#serverOpen) return;
    this.#eventBytes += text.length;
    this.#push({ kind: 'event', text, durable: isDurable(event) });
  }

  /** The server ends it in order; the client hears everything before. */
  end(refusal?: RefusedAck): void {
    if (!this.#serverOpen) return;
    this.#push({ kind: 'end', text: JSON.stringify(refusal ?? null) });
    this.#endServer('left');
  }

  /** The server lets go of it at once, with all that waits. */
  cut(): void {
    if (!this.#serverOpen) return;
    this.#down = [];
    this.#eventBytes = 0;
    this.#silent = true;
    const { time } = this.#options;
    time.after(0, () => this.#endServer('drop'));
    time.after(this.#latency(), () => this.#endClient());
  }

  /** The connection breaks; both ends notice soon. */
  break(): void {
    const { time, chance } = this.#options;
    this.#silent = true;
    time.after(chance.next() * 100, () => this.#endClient());
    time.after(chance.next() * 3_000, () => this.#endServer('drop'));
  }

  /** Nothing gets through any more and nobody is told; each end gives it up after its time. */
  fallSilent(): void {
    const { time, chance } = this.#options;
    this.#silent = true;
    time.after(chance.whole(5_000, 45_000), () => this.#endClient());
    time.after(chance.whole(20_000, 60_000), () => this.#endServer('drop'));
  }

  /** The process at the server's end is gone. */
  orphan(): void {
    this.#serverOpen = false;
    this.#silent = true;
    const { time, chance } = this.#options;
    const noticesLate = chance.happens(0.2);
    time.after(noticesLate ? chance.whole(5_000, 30_000) : chance.next() * 200, () => this.#endClient());
  }

  /** The client's process is gone; the operating system says so, or nobody does. */
  abandon(): void {
    this.#clientOpen = false;
    const { time, chance } = this.#options;
    time.after(chance.happens(0.5) ? 10 : chance.whole(20_000, 60_000), () => this.#endServer('drop'));
  }

  /** The client does not read for a while; what it sends goes out all the same. */
  stall(milliseconds: number): void {
    this.#stalled = true;
    this.#options.time.after(milliseconds, () => this.#read());
  }

  /** The network works again: what fell silent is given up at once. */
  heal(): void {
    this.#read();
    if (!this.#silent && this.#clientOpen) return;
    this.#endClient();
    this.#endServer('drop');
  }

  #read(): void {
    this.#stalled = false;
    this.#carry();
  }

  #latency(): number {
    const { chance, weather } = this.#options;
    return 1 + chance.next() * weather.slowestMs;
  }

  #send(event: string, payload: object, answered?: (answer: unknown) => void): void {
    const { time, chance, weather } = this.#options;
    if (!this.#clientOpen) return;
    const text = JSON.stringify(payload);
    this.#upAt = Math.max(this.#upAt, time.now + this.#latency());
    const times = 'opId' in payload && chance.happens(weather.doubles) ? 2 : 1;
    for (let time_ = 0; time_ < times; time_ += 1) {
      time.after(this.#upAt - time.now, () => this.#arrive(event, text, time_ === 0 ? answered : undefined));
    }
  }

  #arrive(event: string, text: string, answered?: (answer: unknown) => void): void {
    if (this.#silent || !this.#serverOpen) return;
    this.#options.server.received(this, event, JSON.parse(text), (answer) => {
      if (!this.#serverOpen || answered === undefined) return;
      this.#push({ kind: 'answer', text: JSON.stringify(answer), answered });
    });
  }

  #push(message: Down): void {
    this.#down.push(message);
    this.#sentBytes += message.text.length;
    this.#carry();
  }

  #carry(): void {
    if (this.#carrying || this.#stalled || this.#down.length === 0) return;
    this.#carrying = true;
    const { time, chance } = this.#options;
    time.after(this.#latency(), () => {
      this.#carrying = false;
      if (this.#silent || this.#stalled || !this.#clientOpen) return;
      for (const message of this.#down.splice(0, chance.whole(1, 8))) this.#deliver(message);
      this.#carry();
    });
  }

  #deliver(message: Down): void {
    const { chance, weather } = this.#options;
    if (message.kind === 'event') this.#eventBytes -= message.text.length;
    if (!this.#clientOpen) return;
    if (message.kind === 'opened') this.#options.listener.opened();
    else if (message.kind === 'answer') message.answered(JSON.parse(message.text));
    else if (message.kind === 'end') this.#endClient(JSON.parse(message.text) ?? undefined);
    else {
      if (message.durable && chance.happens(weather.loses)) return;
      const times = message.durable && chance.happens(weather.doubles) ? 2 : 1;
      for (let count = 0; count < times; count += 1) this.#hear(message.text);
    }
  }

  #hear(text: string): void {
    const [event, payload] = JSON.parse(text) as [string, unknown];
    if (this.#clientOpen) this.#options.listener.received(event, payload);
  }

  #endClient(refusal?: RefusedAck): void {
    if (!this.#clientOpen) return;
    this.#clientOpen = false;
    this.#options.listener.closed(refusal);
  }

  #endServer(how: 'left' | 'drop'): void {
    if (!this.#serverOpen) return;
    this.#serverOpen = false;
    this.#options.server.ended(this, how);
  }
}
