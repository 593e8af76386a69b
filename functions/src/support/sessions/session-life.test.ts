import fc from 'fast-check';
import { expect, it } from 'vitest';
import { AppError } from '../../errors/app-error.ts';
import type { Identity } from '../../ports/identity.ts';
import type { Agent, SupportSession } from '../../ports/records.ts';
import { agentStatuses, channels, languages, urgencies } from '../../protocol/enumerations.ts';
import { admin, openSessionDesk, type SessionDesk } from '../../testing/session-desk.ts';
import { audienceOf } from './session-context.ts';

/** The desk, the people at it, and what has been opened so far. */
interface World {
  desk: SessionDesk;
  customers: Identity[];
  agents: Identity[];
  opened: string[];
}

/** One step of a story; the numbers choose among what there is then. */
interface Step {
  deed: keyof typeof deeds;
  who: number;
  which: number;
  how: number;
}

const pick = <Item>(items: readonly Item[], number: number): Item => {
  const item = items[number % items.length];
  if (item === undefined) throw new AppError('not_found', 'There is nothing to choose from.');
  return item;
};

const anybody = ({ customers, agents }: World, who: number): Identity =>
  pick([...customers, ...agents, admin], who);

const deeds = {
  open: async ({ desk, customers, opened }: World, { who, which, how }: Step) => {
    const request = { type: pick(channels, how), urgency: pick(urgencies, which) };
    const { id } = await desk.open(pick(customers, who), request, { language: pick(languages, who) });
    opened.push(id);
  },
  claim: ({ desk, agents, opened }: World, { who, which }: Step) =>
    desk.sessions.claim(pick(agents, who), pick(opened, which)),
  look: ({ desk, agents, opened }: World, { who, which }: Step) =>
    desk.sessions.reader.get(pick(agents, who), pick(opened, which)),
  end: (world: World, { who, which }: Step) =>
    world.desk.sessions.update(anybody(world, who), pick(world.opened, which), { status: 'completed' }),
  rate: ({ desk, customers, opened }: World, { who, which, how }: Step) =>
    desk.sessions.update(pick(customers, who), pick(opened, which), { satisfaction: 1 + (how % 5) }),
  tag: (world: World, { who, which, how }: Step) =>
    world.desk.sessions.update(anybody(world, who), pick(world.opened, which), { tags: [`tag-${how % 3}`] }),
  transfer: (world: World, { who, which, how }: Step) =>
    world.desk.sessions.handOver.transfer(
      anybody(world, who),
      pick(world.opened, which),
      how % 2 ? { agentId: pick(world.agents, how).uid } : { channel: pick(channels, how) },
    ),
  escalate: (world: World, { who, which }: Step) =>
    world.desk.sessions.handOver.escalate(anybody(world, who), pick(world.opened, which), undefined),
  shift: ({ desk, agents }: World, { who, how }: Step) =>
    desk.agents.update(pick(agents, who).uid, { status: pick(agentStatuses, how) }),
  leave: async ({ desk, agents }: World, { who, how }: Step) => {
    const { uid } = pick(agents, who);
    if (how % 4 === 0) await desk.agents.retire(uid);
    else await desk.agents.ensure(uid, uid);
  },
  wait: async ({ desk }: World, { how }: Step) => desk.clock.advance(how % 200_000),
  match: ({ desk }: World) => desk.sessions.queue.run(),
};

const step: fc.Arbitrary<Step> = fc.record({
  deed: fc.constantFrom(...(Object.keys(deeds) as Step['deed'][]), 'open', 'open', 'look', 'end'),
  who: fc.nat(1_000),
  which: fc.nat(1_000),
  how: fc.nat(1_000_000),
});

/** A refusal is an answer like any other; giving up among others who write, and everything else, is a fault. */
const attempt = async (world: World, chosen: Step): Promise<void> => {
  try {
    await deeds[chosen.deed](world, chosen);
  } catch (error) {
    if (!(error instanceof AppError) || error.detail.startsWith('Others keep')) throw error;
  }
};

const checkSession = (session: SupportSession, before: SupportSession | undefined): void => {
  const { status, agentId, assignedAt, endedAt, type, audience } = session;
  expect(audience).toEqual(audienceOf(session));
  if (status === 'queued') expect([agentId, assignedAt, endedAt]).toEqual([undefined, undefined, undefined]);
  if (status === 'active') expect(agentId !== undefined || type === 'ai-chatbot').toBe(true);
  if (status === 'completed') expect(endedAt).toBeDefined();
  if (before?.status === 'completed') {
    const { satisfaction = session.satisfaction } = before;
    expect(session).toEqual({ ...before, satisfaction, tags: session.tags });
  }
};

const checkAgent = (agent: Agent, sessions: readonly SupportSession[]): void => {
  for (const channel of channels) {
    const carried = sessions.filter(
      ({ status, agentId, type }) => status === 'active' && agentId === agent.id && type === channel,
    );
    expect(agent.open[channel], `${agent.id} on ${channel}`).toBe(carried.length);
    expect(agent.open[channel]).toBeLessThanOrEqual(agent.capacity[channel]);
  }
};

const checkWorld = async (
  { desk, opened }: World,
  before: Map<string, SupportSession>,
): Promise<Map<string, SupportSession>> => {
  const found = await Promise.all(opened.map((id) => desk.store.get('supportSessions', id)));
  const sessions = found.filter((session) => session !== undefined);
  expect(sessions).toHaveLength(opened.length);
  for (const session of sessions) {
    checkSession(session, before.get(session.id));
    const log = await desk.log(session.id);
    expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1));
    expect(log.filter(({ kind }) => kind === 'ended').length).toBe(session.status === 'completed' ? 1 : 0);
    expect(log.filter(({ kind }) => kind === 'rated').length).toBe(session.satisfaction ? 1 : 0);
  }
  for (const agent of await desk.agents.team()) checkAgent(agent, sessions);
  return new Map(sessions.map((session) => [session.id, session]));
};

const newWorld = async (): Promise<World> => {
  const desk = await openSessionDesk();
  const customers = await Promise.all(['buyer-0', 'buyer-1', 'buyer-2'].map((uid) => desk.customer(uid)));
  const [first, second, third] = [desk.agent('agent-0'), desk.agent('agent-1'), desk.agent('agent-2')];
  return { desk, customers, agents: await Promise.all([first, second, third]), opened: [] };
};

it('[RO7] whatever people do at once, places, logs and audiences agree and what ended stays ended', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(step, { minLength: 1, maxLength: 5 }), { minLength: 5, maxLength: 25 }),
      async (story) => {
        const world = await newWorld();
        let before = new Map<string, SupportSession>();
        for (const atOnce of story) {
          await Promise.all(atOnce.map((chosen) => attempt(world, chosen)));
          await world.desk.sessions.queue.run();
          before = await checkWorld(world, before);
        }
      },
    ),
    { seed: 20_261_122, numRuns: 60 },
  );
}, 60_000);
