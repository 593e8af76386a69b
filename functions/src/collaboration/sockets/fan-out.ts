import { Adapter, type BroadcastOptions } from 'socket.io-adapter';
import { jsonOf } from '../../protocol/json-text.ts';

/** What is used of Socket.IO's packets; its types do not show them. */
interface Packet {
  data: [event: string, payload: unknown];
}

/** What is used of one socket and of the engine.io connection below it. */
interface Receiver {
  conn: {
    readyState: string;
    /** Packets that wait until the transport takes more. */
    writeBuffer: readonly unknown[];
    write(text: string, options: { wsPreEncodedFrame: readonly Buffer[] }): unknown;
    transport: { name: string; socket?: { _sender: { sendFrame(frame: readonly Buffer[]): void } } };
  };
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

/** Straight to the WebSocket when nothing waits before it, so that the order holds; else behind what waits. */
const send = ({ conn }: Receiver, text: string, frame: readonly Buffer[]): void => {
  const { readyState, writeBuffer, transport } = conn;
  if (readyState !== 'open') return;
  if (transport.name === 'websocket' && transport.socket !== undefined && writeBuffer.length === 0) {
    transport.socket._sender.sendFrame(frame);
  } else conn.write(text, { wsPreEncodedFrame: frame });
};

/**
 * Tells many sockets the same. Socket.IO's own adapter writes a broadcast down once as well, but hands it to each
 * connection in two pieces and through every layer, which costs more than the write itself.
 */
export class FanOut extends Adapter {
  override broadcast({ data: [event, payload] }: Packet, { rooms }: BroadcastOptions): void {
    const text = `2[${JSON.stringify(event)},${jsonOf(payload)}]`;
    const frame = [frameOf(`4${text}`)];
    for (const id of this.#idsIn(rooms)) {
      const receiver = this.nsp.sockets.get(id) as Receiver | undefined;
      if (receiver !== undefined) send(receiver, text, frame);
    }
  }

  /** Each socket once, in however many of the rooms it is. */
  #idsIn(rooms: ReadonlySet<string>): Iterable<string> {
    const members = [...rooms].map((room) => this.rooms.get(room) ?? []);
    const [only, ...others] = members;
    return others.length === 0 ? (only ?? []) : new Set(members.flatMap((ids) => [...ids]));
  }
}
