import { Adapter } from 'socket.io-adapter';
import { jsonOf } from '../../protocol/json-text.ts';
import { Gatherer, type Receiver, send, type Written, written } from './frames.ts';
import type { OutgoingEvent } from './realtime-link.ts';

const packetOf = ({ event, payload }: OutgoingEvent): Written => written(`2["${event}",${jsonOf(payload)}]`);

/**
 * Tells many sockets the same. Socket.IO's own way writes a broadcast down once as well, but hands it to each
 * connection in two pieces and through every layer, which costs more than the write itself. What nobody is there to
 * hear is not written down at all.
 */
export class FanOut extends Adapter {
  readonly #gatherer = new Gatherer();

  /** Tells everybody in any of the rooms, once. */
  tell(rooms: readonly string[], event: OutgoingEvent): void {
    const receivers = this.#receiversIn(rooms);
    if (receivers.length === 0) return;
    const packet = packetOf(event);
    for (const receiver of receivers) send(receiver, packet);
  }

  /** The same; what else they are told in this turn, such as acks, leaves in the same write. */
  gather(rooms: readonly string[], event: OutgoingEvent): void {
    const receivers = this.#receiversIn(rooms);
    if (receivers.length === 0) return;
    const packet = packetOf(event);
    for (const receiver of receivers) {
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
