import { randomUUID } from 'node:crypto';
import { Decoder, Encoder, type Packet } from 'socket.io-parser';
import { compactValueAt } from '../../protocol/json-scan.ts';
import { keepJson } from '../../protocol/kept-json.ts';

/** The packet of an event whose `data` is written on as it came, up to its payload. */
const beginning = /^2\d*\["annotation:add",/;
const key = '"data":';

const parsed = (json: string): object | undefined => {
  try {
    return JSON.parse(json) as object;
  } catch {
    return undefined;
  }
};

/** Stands for the data that was taken out. No sender knows it, so where it is found is where the data stood. */
const mark = randomUUID();

/**
 * Reads packets as Socket.IO does, but remembers the text of what somebody draws: it goes into the log, into a
 * record and to everybody in the room, and writing its numbers again costs most of all that is done for them.
 */
class EventDecoder extends Decoder {
  #whole = '';
  #data: object | undefined;

  constructor() {
    super();
    // Before anybody else hears of the packet.
    this.on('decoded', (packet) => this.#putBack(packet));
  }

  override add(packet: unknown): void {
    this.#data = undefined;
    super.add(typeof packet === 'string' ? this.#takeOut(packet) : packet);
  }

  #takeOut(packet: string): string {
    if (!beginning.test(packet)) return packet;
    const start = packet.indexOf(key) + key.length;
    const text = start < key.length ? undefined : compactValueAt(packet, start);
    this.#data = text === undefined ? undefined : parsed(text);
    if (text === undefined || this.#data === undefined) return packet;
    keepJson(this.#data, text);
    this.#whole = packet;
    return `${packet.slice(0, start)}"${mark}"${packet.slice(start + text.length)}`;
  }

  #putBack(packet: Packet): void {
    if (this.#data === undefined) return;
    const payload = packet.data?.[1] as { data?: unknown } | null | undefined;
    if (payload?.data === mark) payload.data = this.#data;
    // It was the data of something else.
    else packet.data = JSON.parse(this.#whole.slice(this.#whole.indexOf('[')));
  }
}

/** For Socket.IO's option `parser`. */
export const packetParser = { Encoder, Decoder: EventDecoder };
