import { afterEach, describe, expect, it } from 'vitest';
import { blink, createScenes, otherSays } from '../test/support/client-scene.ts';
import { settled } from '../test/support/manual-surroundings.ts';
import { sessionId } from '../test/support/model-log.ts';
import { ModelServer, refused } from '../test/support/model-server.ts';

const hello = (body = 'hello') => ({ body });

describe('a client that follows a session', () => {
  const { begin, close } = createScenes();
  afterEach(close);

  it('[RT4] joins with a snapshot, and after a break with the delta since its position', async () => {
    const scene = await begin();
    const { client, server } = scene;
    expect(client.phase).toBe('joined');
    server.append(otherSays('one'));
    await settled();
    server.link.break();
    expect(client.phase).toBe('waiting');
    server.append(otherSays('two'));
    await scene.surroundings.advance(1_000);
    expect(client.view.messages.map(({ body }) => body)).toEqual(['one', 'two']);
    expect(server.all('session:join')).toEqual([
      { sessionId, caps: ['frames'] },
      { sessionId, caps: ['frames'], since: 1, epoch: 'e1' },
    ]);
  });

  it('[RT1] another epoch brings a snapshot', async () => {
    const scene = await begin();
    scene.server.append(otherSays('one'));
    await settled();
    const snapshots: unknown[] = [];
    scene.client.on('snapshot', (position) => snapshots.push(position));
    scene.server.restore('e2', []);
    await blink(scene);
    expect(scene.client.view).toMatchObject({ position: { epoch: 'e2', seq: 0 }, messages: [] });
    expect(snapshots).toEqual([{ epoch: 'e2', seq: 0 }]);
  });

  it('[RT4] a gap is filled by session:sync, and events are told once and in order', async () => {
    const { client, server } = await begin();
    const told: number[] = [];
    client.on('chat:message', ({ seq }) => told.push(seq));
    server.link.joined = false;
    server.append(otherSays('lost'));
    server.link.joined = true;
    server.append(otherSays('came'));
    await settled();
    expect(server.all('session:sync')).toEqual([{ sessionId, since: 0 }]);
    expect(told).toEqual([1, 2]);
  });

  it('[RT4] session:head heals a lost tail, and a head of another log makes it join anew', async () => {
    const { client, server } = await begin();
    server.link.joined = false;
    server.append(otherSays('lost'));
    server.say('session:head', { sessionId, epoch: 'e1', seq: 1 });
    await settled();
    expect(client.view.messages).toHaveLength(1);
    server.restore('e2', []);
    server.say('session:head', { sessionId, epoch: 'e2', seq: 0 });
    await settled();
    expect(client.view).toMatchObject({ position: { epoch: 'e2', seq: 0 }, messages: [] });
  });

  it('[RT11] session:resync makes it join anew', async () => {
    const { client, server } = await begin();
    server.link.joined = false;
    server.append(otherSays('lost'));
    server.say('session:resync', { sessionId });
    await settled();
    expect(client.view.messages).toHaveLength(1);
    expect(server.all('session:join')).toHaveLength(2);
  });

  it('[RT10] a sync that is refused for a while is asked again then', async () => {
    const { client, server, surroundings } = await begin();
    let refusals = 1;
    server.decide = (event) =>
      event === 'session:sync' && refusals-- > 0 ? refused('rate_limited', true, 200) : undefined;
    server.link.joined = false;
    server.append(otherSays('lost'));
    server.say('session:head', { sessionId, epoch: 'e1', seq: 1 });
    await surroundings.advance(199);
    expect(client.view.messages).toHaveLength(0);
    await surroundings.advance(1);
    expect(client.view.messages).toHaveLength(1);
  });

  it('[FA] a server that does not answer is left for another connection', async () => {
    const { client, server, surroundings } = await begin();
    let swallowed = 1;
    server.decide = (event) => (event === 'chat:message' && swallowed-- > 0 ? 'silence' : undefined);
    const { answer } = client.perform('chat:message', hello());
    await surroundings.advance(11_000);
    await expect(answer).resolves.toMatchObject({ ok: true });
    expect(server.links).toHaveLength(2);
  });

  it('[RT4] a large session may take its time to come; one that never comes is given up', async () => {
    const { client, server, surroundings } = await begin();
    const { link } = server;
    server.flows = false;
    server.append(otherSays('one'));
    link.down.length = 0;
    link.emit('session:resync', { sessionId });
    link.carry('down');
    link.carry('up');
    await surroundings.advance(39_000);
    expect(server.all('session:join')).toHaveLength(2);
    expect(client.view.messages).toEqual([]);
    link.carry('down');
    expect(client.view.messages).toHaveLength(1);
    link.emit('session:resync', { sessionId });
    link.carry('down');
    await surroundings.advance(41_000);
    expect(server.links.length).toBeGreaterThan(1);
  });

  it('[FA] waits between attempts grow up to 15 s, and retryNow does not wait', async () => {
    const server = new ModelServer();
    server.admit = () => refused('unavailable', true);
    const { client, surroundings } = await begin({ connect: server.connect });
    await surroundings.advance(120_000);
    expect(server.links.length).toBeGreaterThan(10);
    expect(server.links.length).toBeLessThan(20);
    server.admit = () => undefined;
    client.retryNow();
    await settled();
    expect(client.phase).toBe('joined');
  });

  it('[RT9] events of the user’s other sessions are not taken for this one', async () => {
    const { client, server } = await begin();
    server.say('typing:start', { sessionId: 'another', userId: 'ben' });
    server.say('session:resync', { sessionId: 'another' });
    await settled();
    expect(client.view.typing.size).toBe(0);
    expect(server.all('session:join')).toHaveLength(1);
  });

  it('[FA] waits begin short again after a connection that was of use', async () => {
    const server = new ModelServer();
    server.admit = () => refused('unavailable', true);
    const { client, surroundings } = await begin({ connect: server.connect });
    await surroundings.advance(60_000);
    server.admit = () => undefined;
    await surroundings.advance(15_000);
    server.link.break();
    expect(client.phase).toBe('waiting');
    await surroundings.advance(500);
    expect(client.phase).toBe('joined');
  });

  it('[RT10] a connection that is refused for a while is tried again then', async () => {
    const server = new ModelServer();
    server.admit = () => refused('rate_limited', true, 30_000);
    const { surroundings } = await begin({ connect: server.connect });
    await surroundings.advance(29_900);
    expect(server.links).toHaveLength(1);
    await surroundings.advance(200);
    expect(server.links).toHaveLength(2);
  });

  it('[RT4] a server that does not know of the membership any more is joined anew', async () => {
    const { client, server, ended } = await begin();
    server.decide = (event) => (event === 'session:sync' ? refused('not_joined', false) : undefined);
    server.link.joined = false;
    server.append(otherSays('lost'));
    server.say('session:head', { sessionId, epoch: 'e1', seq: 1 });
    await settled();
    expect(client.view.messages).toHaveLength(1);
    expect(ended).toEqual([]);
  });

  it('[RT4] an answer that does not lead to where it says is replaced by a snapshot', async () => {
    const { client, server } = await begin();
    server.decide = (event) =>
      event === 'session:sync' ? { ok: true, epoch: 'e1', mode: 'delta', seq: 1, events: [] } : undefined;
    server.link.joined = false;
    server.append(otherSays('lost'));
    server.say('session:head', { sessionId, epoch: 'e1', seq: 1 });
    await settled();
    expect(server.all('session:join').at(-1)).toEqual({ sessionId, caps: ['frames'] });
    expect(client.view.messages).toHaveLength(1);
  });
});
