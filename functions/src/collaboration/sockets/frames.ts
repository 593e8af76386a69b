/** The TCP or TLS stream below a WebSocket. */
interface ByteStream {
  cork(): void;
  uncork(): void;
}

/** What is used of one socket and of the engine.io connection below it; its types do not show all of this. */
export interface Receiver {
  conn: {
    readyState: string;
    /** Packets that wait until the transport takes more. */
    writeBuffer: readonly unknown[];
    write(text: string, options: { wsPreEncodedFrame: readonly Buffer[] }): unknown;
    transport: {
      name: string;
      socket?: { _socket: ByteStream; _sender: { sendFrame(frame: readonly Buffer[]): void } };
    };
  };
}

/** One of Socket.IO's packets as text, and as the WebSocket frame that carries it. */
export interface Written {
  text: string;
  frame: readonly [Buffer];
}

const wholeText = 0x81;
/** From these lengths on, the length stands in 2 or 8 bytes of its own behind one of these marks. */
const twoByteLength = { from: 126, mark: 126 };
const eightByteLength = { from: 65_536, mark: 127 };

const headOf = (length: number): Buffer => {
  if (length < twoByteLength.from) return Buffer.from([wholeText, length]);
  const long = length >= eightByteLength.from;
  const head = Buffer.alloc(long ? 10 : 4);
  head.writeUInt8(wholeText);
  head.writeUInt8((long ? eightByteLength : twoByteLength).mark, 1);
  if (long) head.writeBigUInt64BE(BigInt(length), 2);
  else head.writeUInt16BE(length, 2);
  return head;
};

/** A text as one whole WebSocket frame (RFC 6455, section 5.2) in one piece, which takes one write. */
const frameOf = (text: string): Buffer => {
  const content = Buffer.from(text);
  return Buffer.concat([headOf(content.length), content]);
};

export const written = (text: string): Written => ({ text, frame: [frameOf(`4${text}`)] });

/** Straight to the WebSocket when nothing waits before it, so that the order holds; else behind what waits. */
export const send = ({ conn }: Receiver, { text, frame }: Written): void => {
  const { readyState, writeBuffer, transport } = conn;
  if (readyState !== 'open') return;
  if (transport.name === 'websocket' && transport.socket !== undefined && writeBuffer.length === 0) {
    transport.socket._sender.sendFrame(frame);
  } else conn.write(text, { wsPreEncodedFrame: frame });
};

/** Holds back what is written to connections until the turn of the event loop ends: it leaves in one write. */
export class Gatherer {
  readonly #held = new Set<ByteStream>();

  hold({ conn }: Receiver): void {
    const stream = conn.transport.socket?._socket;
    if (stream === undefined || this.#held.has(stream)) return;
    // Runs when all that the turn has settled is done, and with it the acks of a commit.
    if (this.#held.size === 0) process.nextTick(this.#release);
    this.#held.add(stream);
    stream.cork();
  }

  readonly #release = (): void => {
    for (const stream of this.#held) stream.uncork();
    this.#held.clear();
  };
}
