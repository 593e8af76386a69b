import { intrude } from './intruder.ts';
import { randomWish, staffNote } from './random-operation.ts';
import type { World } from './world.ts';

/** Something that people do, or that happens to them. */
type Happening = (world: World) => void | Promise<void>;

/** Something is otherwise for a while. */
const forAWhile = (world: World, longestMs: number, begin: () => void, end: () => void): void => {
  begin();
  world.time.after(world.chance.whole(500, longestMs), end);
};

const someCable = ({ chance, cables }: World) => (cables.length === 0 ? undefined : chance.pick(cables));
const someSession = ({ chance, participation }: World) => chance.pick(participation.sessionIds);

/** All of it, and how often each happens. */
const happenings: Record<string, { weight: number; happen: Happening }> = {
  wish: { weight: 40, happen: ({ chance, editors }) => chance.pick(editors).wish() },
  burst: {
    weight: 2,
    happen: ({ chance, editors }) => {
      const editor = chance.pick(editors);
      for (let left = chance.whole(5, 25); left > 0; left -= 1) editor.wish();
    },
  },
  stir: { weight: 10, happen: ({ chance, editors }) => chance.pick(editors).stir() },
  call: {
    weight: 6,
    happen: ({ chance, editors }) => {
      const rung = editors.filter(({ caller }) => caller.ringing !== undefined);
      chance.pick(rung.length > 0 && chance.happens(0.8) ? rung : editors).caller.act();
    },
  },
  reload: {
    weight: 2,
    happen: (world) => {
      const { chance, editors, cables } = world;
      const editor = chance.pick(editors);
      const inOrder = chance.happens(0.5);
      if (!inOrder) {
        for (const cable of cables) {
          if (cable.handshake.clientId.startsWith(`${editor.name}-`)) cable.abandon();
        }
      }
      editor.reload(inOrder);
    },
  },
  intrude: {
    weight: 1,
    happen: ({ chance, editors, tokens, watch, connect, foreignTo }) => {
      const editor = chance.pick(editors);
      if (editor.user.role !== 'customer') return;
      const token = tokens.issue(editor.user);
      intrude({ connect, token, editor, foreignId: foreignTo(editor), watch });
    },
  },
  rest: {
    weight: 4,
    happen: (world) => {
      const { chance, editors, rest, prefix } = world;
      const { user, sessionId, client } = chance.pick(editors);
      const opId = `${prefix}-rest-${user.uid}-${rest.length}`;
      const isStaff = user.role !== 'customer';
      const { name, input } = randomWish({
        chance,
        view: client.view,
        isStaff,
        contested: [opId],
        text: opId,
      });
      world.ask(user, sessionId, { name, ...input, opId } as Parameters<World['ask']>[2]);
    },
  },
  breakCable: { weight: 4, happen: (world) => someCable(world)?.break() },
  silence: { weight: 1.5, happen: (world) => someCable(world)?.fallSilent() },
  stall: { weight: 2, happen: (world) => someCable(world)?.stall(world.chance.whole(1_000, 40_000)) },
  lossyNetwork: {
    weight: 1.5,
    happen: (world) => {
      const { network, chance } = world;
      const trouble = { slowestMs: chance.pick([5, 20, 200, 2_000]), loses: 0.1, doubles: 0.1 };
      const calm = { slowestMs: 20, loses: 0, doubles: 0 };
      forAWhile(
        world,
        10_000,
        () => Object.assign(network, trouble),
        () => Object.assign(network, calm),
      );
    },
  },
  badStore: {
    weight: 3,
    happen: (world) => {
      const { weather, chance } = world;
      const trouble = {
        refuses: chance.pick([0, 0.3, 1]),
        losesAnswers: chance.pick([0, 0.3, 1]),
        tellsMoved: chance.pick([0, 0.2]),
        failsReads: chance.pick([0, 0.3]),
        slowestMs: chance.pick([4, 50, 500]),
      };
      const fair = { refuses: 0, losesAnswers: 0, tellsMoved: 0, failsReads: 0, slowestMs: 4 };
      forAWhile(
        world,
        5_000,
        () => Object.assign(weather, trouble),
        () => Object.assign(weather, fair),
      );
    },
  },
  relayAway: {
    weight: 1,
    happen: (world) => {
      const { relays } = world;
      forAWhile(
        world,
        8_000,
        () => relays.fail(),
        () => relays.heal(),
      );
    },
  },
  killServer: {
    weight: 1.5,
    happen: ({ chance, nodes, time, startServer, watch }) => {
      const index = chance.whole(0, nodes.length - 1);
      const node = nodes[index];
      if (node === undefined || !node.serves) return;
      watch.step(`server ${index} is killed`);
      node.kill();
      time.after(chance.whole(50, 4_000), () => {
        nodes[index] = startServer();
      });
    },
  },
  stopServer: {
    weight: 1,
    happen: async ({ chance, nodes, time, startServer, watch }) => {
      const index = chance.whole(0, nodes.length - 1);
      const node = nodes[index];
      if (node === undefined || !node.serves) return;
      watch.step(`server ${index} stops`);
      void node.stop();
      // Whoever is not done in its time is ended all the same.
      time.after(chance.whole(1_000, 4_000), () => {
        node.kill();
        nodes[index] = startServer();
      });
    },
  },
  revoke: {
    weight: 2,
    happen: ({ chance, editors, tokens }) => tokens.revoke(chance.pick(editors).user.uid),
  },
  blindVerifier: {
    weight: 0.5,
    happen: (world) => {
      const { tokens } = world;
      forAWhile(
        world,
        8_000,
        () => {
          tokens.failing = 0.7;
        },
        () => {
          tokens.failing = 0;
        },
      );
    },
  },
  clockJumps: { weight: 0.5, happen: ({ chance, time }) => time.jump(chance.whole(-60_000, 60_000)) },
  somebodySays: {
    weight: 3,
    happen: (world) => {
      const secret = world.chance.happens(0.4);
      const body = secret ? `${staffNote} from outside` : 'from outside';
      return world.outside.say(someSession(world), body, secret ? 'staff' : 'public');
    },
  },
  handOver: {
    weight: 1,
    happen: (world) => world.outside.handOver(someSession(world), world.chance.pick(['ben', 'gina'])),
  },
  end: {
    weight: 0.1,
    happen: (world) => world.outside.end(someSession(world)),
  },
  renewEpoch: { weight: 0.5, happen: (world) => world.outside.renewEpoch(someSession(world)) },
};

const weights = Object.fromEntries(Object.entries(happenings).map(([name, { weight }]) => [name, weight]));

export const letSomethingHappen = async (world: World): Promise<void> => {
  const name = world.chance.weighted(weights);
  if (name !== 'wish' && name !== 'stir') world.watch.step(`happens: ${name}`);
  await happenings[name]?.happen(world);
};

/** Everybody who is needed for calm. */
export const calmDown = (world: World): void => {
  const { network, weather, tokens, cables, relays, editors, participation } = world;
  Object.assign(network, { slowestMs: 20, loses: 0, doubles: 0 });
  Object.assign(weather, { refuses: 0, losesAnswers: 0, tellsMoved: 0, failsReads: 0, slowestMs: 4 });
  tokens.failing = 0;
  relays.heal();
  for (const cable of cables) cable.heal();
  for (const editor of editors) {
    if (editor.ended === undefined || !participation.takesPart(editor.user, editor.sessionId)) continue;
    editor.ended = undefined;
    editor.reload(true);
  }
};
