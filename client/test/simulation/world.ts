import type { RoomOperation } from '../../../functions/src/collaboration/rooms/room-operation.ts';
import type { Identity } from '../../../functions/src/ports/identity.ts';
import type { LoggedRecordStore } from '../../../functions/src/ports/session-log.ts';
import type { OperationAck, RefusedAck } from '../../../functions/src/protocol/realtime.ts';
import type { Connect } from '../../src/transport.ts';
import { Cable, calmNetwork } from './cable.ts';
import { Chance } from './chance.ts';
import { Editor } from './editor.ts';
import { fairWeather } from './faulty-store.ts';
import { OutsideWorld } from './outside-world.ts';
import { Participation } from './participation.ts';
import { people, Tokens } from './people.ts';
import { ServerNode } from './server-node.ts';
import { VirtualRelays } from './virtual-relay.ts';
import { VirtualTime } from './virtual-time.ts';
import { Watch } from './watch.ts';
import { Witness } from './witness.ts';

/** What was asked for over HTTP, past the sockets. */
interface RestOperation {
  user: Identity;
  sessionId: string;
  opId: string;
  name: RoomOperation['name'];
  answer: OperationAck | RefusedAck | undefined;
}

const immediately = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Servers, people, their sessions and the network between them; the same seed makes the same. */
export class World {
  readonly chance: Chance;
  readonly time: VirtualTime;
  readonly watch: Watch;
  readonly tokens: Tokens;
  readonly weather = { ...fairWeather };
  readonly network = { ...calmNetwork };
  readonly participation = new Participation();
  readonly outside: OutsideWorld;
  readonly editors: Editor[] = [];
  readonly rest: RestOperation[] = [];
  readonly store: LoggedRecordStore;
  readonly nodes: ServerNode[] = [];
  readonly relays: VirtualRelays;
  readonly #cables = new Set<Cable>();
  readonly #underWay = { count: 0 };
  readonly #witness: Witness;
  readonly #names: { one: string; other: string };
  /** Begins the ids that are made here: the runs that share a store must not meet in it. */
  readonly prefix: string;

  constructor(seed: number, store: LoggedRecordStore) {
    this.chance = new Chance(seed);
    this.store = store;
    this.time = new VirtualTime(() => this.#settled());
    this.watch = new Watch(() => this.time.now);
    this.tokens = new Tokens(this.time, this.chance);
    this.relays = new VirtualRelays(this.time, this.chance);
    this.prefix = `s${seed}`;
    this.#names = { one: `${this.prefix}-one`, other: `${this.prefix}-other` };
    const { time, watch, participation, tokens } = this;
    const live = () => this.#someNode().live;
    this.outside = new OutsideWorld({ store, live, time, watch, underWay: this.#underWay, participation });
    this.#witness = new Witness({ participation, tokens, watch });
  }

  async begin(): Promise<void> {
    const { one, other } = this.#names;
    await this.outside.open(one, 'anna', 'ben');
    await this.outside.open(other, 'carl', 'gina');
    const servers = this.chance.happens(0.3) ? 2 : 1;
    for (let count = 0; count < servers; count += 1) this.nodes.push(this.startServer());
    const { anna, carl, ben, gina, dora } = people;
    this.#join(anna, one);
    this.#join(ben, one);
    this.#join(carl, other);
    const further = [
      () => this.#join(anna, one),
      () => this.#join(dora, one),
      () => this.#join(dora, other),
      () => this.#join(gina, other),
    ];
    for (const join of further) if (this.chance.happens(0.4)) join();
  }

  readonly startServer = (): ServerNode => {
    const { store, time, relays, chance, weather, tokens, watch } = this;
    const witness = this.#witness;
    return new ServerNode({
      store,
      time,
      relays,
      chance,
      weather,
      tokens,
      watch,
      underWay: this.#underWay,
      told: (cable, event) => witness.told(cable, event),
      answered: (cable, event, payload, answer) => witness.answered(cable, event, payload, answer),
    });
  };

  /** Connections that something can still be done to. */
  get cables(): Cable[] {
    for (const cable of this.#cables) if (cable.over) this.#cables.delete(cable);
    return [...this.#cables];
  }

  /** The session that is none of theirs. */
  readonly foreignTo = ({ sessionId }: Editor): string => {
    const { one, other } = this.#names;
    return sessionId === one ? other : one;
  };

  /** Somebody does something over HTTP. */
  ask(user: Identity, sessionId: string, operation: RoomOperation & { opId: string }): void {
    const { opId, name } = operation;
    const asked: RestOperation = { user, sessionId, opId, name, answer: undefined };
    this.rest.push(asked);
    void this.#someNode()
      .rooms.apply(user, sessionId, operation)
      .then((answer) => {
        asked.answer = answer;
        const what = () => `${user.uid} was answered over HTTP: ${JSON.stringify(answer)}`;
        if (answer.ok) this.#witness.operation(user, sessionId, name, answer, what);
      });
  }

  readonly connect: Connect = (handshake, listener) => {
    const { time, chance, network } = this;
    const node = chance.pick(this.nodes);
    const cable = new Cable({ time, chance, weather: network, handshake, listener, server: node });
    this.#cables.add(cable);
    time.after(1 + chance.next() * network.slowestMs, () => {
      if (!cable.serverOpen) return;
      if (node.serves) void node.accept(cable);
      else cable.break();
    });
    return cable.clientLink;
  };

  #someNode(): ServerNode {
    return this.chance.pick(this.nodes);
  }

  #join(user: Identity, sessionId: string): void {
    const { connect, time, chance, tokens, watch } = this;
    const name = `${this.prefix}-${user.uid}${this.editors.length}`;
    const contested = [`${this.#names.one}-a`, `${this.#names.one}-b`, `${this.#names.other}-a`];
    const editor = new Editor({ name, user, sessionId, contested, connect, time, chance, tokens, watch });
    this.editors.push(editor);
  }

  /** Nothing is under way any more but what waits for its time. */
  async #settled(): Promise<void> {
    do await immediately();
    while (this.#underWay.count > 0);
  }
}
