import type { World } from './world.ts';

/** Longer than a request and what comes of it are under way. */
const doneMs = 1_000;

/** Whoever talks, and would have heard of the end, is in a call. */
const checkTalking = async ({ editors, watch, time }: World): Promise<void> => {
  const talking = editors.filter(({ caller }) => caller.sure && caller.call?.state === 'connected');
  for (const { name, caller } of talking) {
    void caller.say('are you there').then((isGoingOn) => {
      watch.ensure(isGoingOn, () => `${name} was not told that the call is over`);
    });
  }
  await time.pass(doneMs);
};

/** Every call that a page knows of is hung up or declined: then there are no calls any more. */
const endCalls = async ({ editors, time }: World): Promise<void> => {
  for (const { caller } of editors) void Promise.all([caller.hangUp(), caller.decline()]);
  await time.pass(doneMs);
};

/** Open pages in the session of somebody who calls, and of those who may be called. */
const sidesOf = ({ editors, chance }: World, sessionId: string) => {
  const here = editors.filter((editor) => editor.sessionId === sessionId && editor.client.phase === 'joined');
  const customers = here.filter(({ user }) => user.role === 'customer');
  const staff = here.filter(({ user }) => user.role !== 'customer');
  const [callers, others] = chance.happens(0.5) ? [customers, staff] : [staff, customers];
  return { caller: callers[0], others };
};

/** Whoever was called before can be called again, it rings on every page, and both are heard by each other. */
const checkCall = async (world: World, sessionId: string): Promise<void> => {
  const { time, watch } = world;
  const { caller: page, others } = sidesOf(world, sessionId);
  if (page === undefined || others.length === 0) return;
  void page.caller.invite();
  await time.pass(doneMs);
  const { callId, with: called } = page.caller.call ?? {};
  const rung = others.filter(({ user }) => user.uid === called);
  const [callee, ...further] = rung;
  const rings = rung.every(({ caller }) => caller.ringing === callId);
  const where = () => `a call of ${page.name} to ${called} in ${sessionId}`;
  watch.ensure(callee !== undefined && rings, () => `${where()} did not ring on ${rung.length} pages`);
  if (callee === undefined || !rings) return;
  void callee.caller.accept();
  await time.pass(doneMs);
  for (const { caller, name } of [callee, page]) void caller.say(name);
  await time.pass(doneMs);
  watch.ensure(
    callee.caller.heard === page.name && page.caller.heard === callee.name,
    () => `${where()}: they do not hear each other`,
  );
  watch.ensure(
    further.every(({ caller }) => caller.ringing === undefined),
    () => `${where()} was taken and still rings`,
  );
  void callee.caller.hangUp();
  await time.pass(doneMs);
  watch.ensure(page.caller.call === undefined, () => `${where()} was ended, and nobody told the caller`);
};

/** Once everything is calm nobody is left in a call that is over, and the next one can be. */
export const checkCalls = async (world: World): Promise<void> => {
  await checkTalking(world);
  await endCalls(world);
  for (const sessionId of world.participation.sessionIds) {
    const session = await world.store.get('supportSessions', sessionId);
    if (session?.status === 'active' && world.watch.problem === undefined) await checkCall(world, sessionId);
  }
};
