import { connect, type Socket } from 'node:net';

/** One finished exchange. */
export interface Reply {
  status: number;
  body: string;
}

const headerEnd = '\r\n\r\n';
const lastChunk = '\r\n0\r\n\r\n';
const statusAt = 9;

/** Whether everything of the reply is there; requests are never pipelined, so nothing follows it. */
const isComplete = (text: string, bodyAt: number): boolean => {
  const head = text.slice(0, bodyAt);
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  if (length !== undefined) return text.length - bodyAt >= Number(length);
  return /\r\ntransfer-encoding: *chunked/i.test(head) ? text.endsWith(lastChunk) : true;
};

/**
 * One keep-alive connection that sends a request, waits for its reply and sends the next. It does no more than
 * a load generator needs, because whatever it costs is taken from the servers on the other cores.
 */
export class Connection {
  readonly #socket: Socket;
  #received = '';
  #pending: { resolve(reply: Reply): void; reject(error: Error): void } | undefined;
  #failure: Error | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    // One byte is one character: lengths are bytes then, and bodies are decoded by those who read them.
    socket.setEncoding('latin1');
    socket.setNoDelay(true);
    socket.on('data', (chunk: string) => this.#receive(chunk));
    socket.on('error', (error) => this.#fail(error));
    socket.on('close', () => this.#fail(new Error('The server closed the connection.')));
  }

  static open(url: string): Promise<Connection> {
    const { hostname, port } = new URL(url);
    return new Promise((resolve, reject) => {
      const socket = connect(Number(port), hostname);
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.off('error', reject);
        resolve(new Connection(socket));
      });
    });
  }

  /** Sends a whole request and waits for its reply; fails when the connection does. */
  exchange(request: string): Promise<Reply> {
    return new Promise((resolve, reject) => {
      if (this.#failure !== undefined) return reject(this.#failure);
      this.#pending = { resolve, reject };
      this.#socket.write(request);
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #receive(chunk: string): void {
    this.#received += chunk;
    const headEndsAt = this.#received.indexOf(headerEnd);
    if (headEndsAt === -1) return;
    const bodyAt = headEndsAt + headerEnd.length;
    if (!isComplete(this.#received, bodyAt)) return;
    const reply = {
      status: Number(this.#received.slice(statusAt, statusAt + 3)),
      body: this.#received.slice(bodyAt),
    };
    const pending = this.#pending;
    this.#received = '';
    this.#pending = undefined;
    pending?.resolve(reply);
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    this.#pending?.reject(this.#failure);
    this.#pending = undefined;
  }
}
