import { Adapter, type BroadcastOptions } from 'socket.io-adapter';
import { jsonOf } from '../../protocol/json-text.ts';
import { Gatherer, type Receiver, send, written } from './frames.ts';
import type { OutgoingEvent } from './realtime-link.ts';

/** What is used of Socket.IO's packets; its types do not show them. */
interface Packet {
  data: [event: string, payload: unknown];
}

/**
 * Tells many sockets the same. Socket.IO's own adapter writes a broadcast down once as well, but hands it to each
 * connection in two pieces and through every layer, which costs more than the write itself.
 */
export class FanOut extends Adapter {
  readonly #gatherer = new Gatherer();

  override broadcast({ data: [event, payload] }: Packet, { rooms }: BroadcastOptions): void {
    const packet = written(`2[${JSON.stringify(event)},${jsonOf(payload)}]`);
    for (const receiver of this.#receiversIn([...rooms])) send(receiver, packet);
  }

  /** Tells everybody in the rooms; what else they are told in this turn, such as acks, leaves in the same write. */
  gather(rooms: readonly string[], { event, payload }: OutgoingEvent): void {
    const packet = written(`2["${event}",${jsonOf(payload)}]`);
    for (const receiver of this.#receiversIn(rooms)) {
      this.#gatherer.hold(receiver);
      send(receiver, packet);
    }
  }

  /** Each socket once, in however many of the rooms it is. */
  #receiversIn(rooms: readonly string[]): Receiver[] {
    const ids = new Set<string>();
    for (const room of rooms) for (const id of this.rooms.get(room) ?? []) ids.add(id);
    const receivers: Receiver[] = [];
    for (const id of ids) {
      const receiver = this.nsp.sockets.get(id) as Receiver | undefined;
      if (receiver !== undefined) receivers.push(receiver);
    }
    return receivers;
  }
}
