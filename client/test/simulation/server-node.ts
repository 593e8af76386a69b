import { refusalOf } from '../../../functions/src/collaboration/rooms/refusal.ts';
import type { Rooms } from '../../../functions/src/collaboration/rooms/rooms.ts';
import { createRooms, type RoomsLimits } from '../../../functions/src/collaboration/rooms/rooms-service.ts';
import { defaultFlushMs } from '../../../functions/src/collaboration/sockets/cursor-frames.ts';
import { defaultEventRates } from '../../../functions/src/collaboration/sockets/event-rates.ts';
import { authenticate } from '../../../functions/src/collaboration/sockets/handshake.ts';
import { RealtimeDoor } from '../../../functions/src/collaboration/sockets/realtime-door.ts';
import type { OutgoingEvent } from '../../../functions/src/collaboration/sockets/realtime-link.ts';
import { createLiveEvents } from '../../../functions/src/engines/memory/live-events.ts';
import { createAuthentication } from '../../../functions/src/gateway/authentication.ts';
import type { AiEngine } from '../../../functions/src/ports/ai-engine.ts';
import type { Relay } from '../../../functions/src/ports/relay.ts';
import type { LoggedRecordStore } from '../../../functions/src/ports/session-log.ts';
import { emotions, sentiments } from '../../../functions/src/protocol/enumerations.ts';
import { createLogger } from '../../../functions/src/telemetry/logger.ts';
import { sampleAnalysis } from '../../../functions/src/testing/told-ai-engine.ts';
import type { Cable, ServerEnd } from './cable.ts';
import type { Chance } from './chance.ts';
import { createFaultyStore, type StoreWeather, type UnderWay } from './faulty-store.ts';
import type { Tokens } from './people.ts';
import type { VirtualRelays } from './virtual-relay.ts';
import { ProcessTime, type VirtualTime } from './virtual-time.ts';
import type { Watch } from './watch.ts';

/** Small, so that rooms are let go and read again all the time. */
const roomsLimits: Partial<RoomsLimits> = { rooms: 1, idleMs: 5_000 };

/** Small, so that a reader that stops for seconds counts as slow. */
export const slowReaders = {
  sampleMs: 500,
  slowBytes: 1_000,
  stoppedBytes: 4_000,
  recoveredBytes: 300,
  progressBytes: 1_000,
  disconnectAfterMs: 30_000,
};

export interface ServerNodeOptions {
  store: LoggedRecordStore;
  time: VirtualTime;
  relays: VirtualRelays;
  chance: Chance;
  weather: StoreWeather;
  tokens: Tokens;
  watch: Watch;
  underWay: UnderWay;
  /** Called for everything that is told, where it leaves the server. */
  told(cable: Cable, event: OutgoingEvent): void;
  answered(cable: Cable, event: string, payload: unknown, answer: object): void;
}

const createMoodyEngine = (chance: Chance): AiEngine => ({
  name: 'local',
  version: 'moody-1',
  analyze: async () => sampleAnalysis({ sentiment: chance.pick(sentiments), emotion: chance.pick(emotions) }),
});

/** One server process: the real rooms and the real door, over cables instead of sockets. */
export class ServerNode implements ServerEnd {
  readonly time: ProcessTime;
  readonly rooms: Rooms;
  readonly live: ReturnType<typeof createLiveEvents>;
  readonly cables = new Set<Cable>();
  /** Timers that wait while nobody is connected. */
  readonly restingTimers: number;
  readonly #relay: Relay;
  readonly #door: RealtimeDoor;
  readonly #authentication: ReturnType<typeof createAuthentication>;
  readonly #options: ServerNodeOptions;
  readonly #audiences = new Map<string, Set<Cable>>();
  #connected = 0;
  #stopping = false;

  constructor(options: ServerNodeOptions) {
    const { chance, tokens, time } = options;
    this.#options = options;
    this.time = new ProcessTime(time);
    this.#relay = options.relays.join(this.time);
    this.live = createLiveEvents(this.#relay);
    const clock = this.time;
    const { log, records } = createFaultyStore({ ...options, time: this.time });
    const logger = createLogger({ level: 'silent' });
    this.rooms = createRooms({ store: records, log, clock, logger, limits: roomsLimits });
    const verifyToken = async (token: string) => {
      await new Promise<void>((resolve) => this.time.after(chance.next() * 5, resolve));
      return tokens.verify(token);
    };
    this.#authentication = createAuthentication({ verifyToken, clock });
    const engine = createMoodyEngine(chance);
    this.#door = new RealtimeDoor({
      rooms: this.rooms,
      live: this.live,
      relay: this.#relay,
      authentication: this.#authentication,
      engine,
      previewEngine: engine,
      records,
      logger,
      clock,
      timers: this.time,
      flushMs: defaultFlushMs,
      rates: defaultEventRates,
      slowReaders,
      iceServers: [],
      onJoin: () => {},
      onPresent: () => {},
      onActivity: () => {},
      metrics: () => ({ received: () => {}, refused: () => {} }),
      broadcaster: {
        emit: (audiences, event) => this.#broadcast(audiences, event),
        gather: (audiences, event) => this.#broadcast(audiences, event),
      },
    });
    this.restingTimers = this.time.waiting;
  }

  /** Takes connections. */
  get serves(): boolean {
    return !this.time.dead && !this.#stopping;
  }

  get counts() {
    return this.#door.counts();
  }

  get audienceCount(): number {
    return this.#audiences.size;
  }

  async accept(cable: Cable): Promise<void> {
    this.cables.add(cable);
    const { token, clientId } = cable.handshake;
    try {
      const { verified } = await authenticate({ token, clientId, proto: 1 }, this.#authentication);
      if (!this.cables.has(cable)) return;
      this.#connected += 1;
      // No two connections have one id, at whatever servers.
      const id = `${clientId}/${this.#relay.nodeId}/${this.#connected}`;
      const link = cable.serverLink(id, (event) => this.#options.told(cable, event));
      const { enter, exit } = this.#membership(cable);
      cable.connection = this.#door.connect({ ...link, enter, exit }, token, verified);
      cable.opened();
    } catch (error) {
      cable.end(refusalOf(error));
    }
  }

  received(cable: Cable, event: string, payload: unknown, answer: (answer: object) => void): void {
    const { connection } = cable;
    if (connection === undefined || this.time.dead) return;
    const ack = (given: object): void => {
      this.#options.answered(cable, event, payload, given);
      answer(given);
    };
    this.#door.receive(connection, event, [payload, ack]);
  }

  ended(cable: Cable, how: 'left' | 'drop'): void {
    this.cables.delete(cable);
    if (this.time.dead) return;
    if (cable.connection !== undefined) this.#door.disconnect(cable.connection, how);
    for (const audience of [...cable.audiences]) this.#exit(cable, audience);
  }

  /** The process is killed: nothing of it happens any more. */
  kill(): void {
    void this.#relay.close();
    this.time.end();
    for (const cable of this.cables) cable.orphan();
    this.cables.clear();
  }

  /** Stops as it does when it is told to: what is under way is finished, and everybody is told. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#door.drain(1_000);
    for (const cable of [...this.cables]) cable.end();
    await this.rooms.close();
    this.#door.close();
    await this.#relay.close();
    this.time.end();
  }

  #membership(cable: Cable) {
    return {
      enter: (audience: string): void => {
        const members = this.#audiences.get(audience) ?? new Set();
        this.#audiences.set(audience, members.add(cable));
        cable.audiences.add(audience);
      },
      exit: (audience: string): void => this.#exit(cable, audience),
    };
  }

  #exit(cable: Cable, audience: string): void {
    cable.audiences.delete(audience);
    const members = this.#audiences.get(audience);
    members?.delete(cable);
    if (members?.size === 0) this.#audiences.delete(audience);
  }

  /** Once to everybody in any of the audiences, written down once. */
  #broadcast(audiences: readonly string[], event: OutgoingEvent): void {
    const text = JSON.stringify([event.event, event.payload]);
    const cables = new Set(audiences.flatMap((audience) => [...(this.#audiences.get(audience) ?? [])]));
    for (const cable of cables) {
      this.#options.told(cable, event);
      cable.emit(text, event);
    }
  }
}
