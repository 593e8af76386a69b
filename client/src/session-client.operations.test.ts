import { afterEach, describe, expect, it } from 'vitest';
import { blink, bodiesIn, createScenes } from '../test/support/client-scene.ts';
import { createManualSurroundings, settled } from '../test/support/manual-surroundings.ts';
import { sessionId } from '../test/support/model-log.ts';
import { ModelServer, refused } from '../test/support/model-server.ts';
import { createSessionClient } from './create-session-client.ts';
import { createMemoryOutbox } from './outbox.ts';

const hello = (body = 'hello') => ({ body });

describe('the operations of a client', () => {
  const { begin, close } = createScenes();
  afterEach(close);

  it('[RT3] 200 operations asked for offline arrive in order, each once', async () => {
    const scene = await begin();
    scene.server.link.break();
    const bodies = Array.from({ length: 200 }, (_one, index) => `body ${index}`);
    const answers = bodies.map((body) => scene.client.perform('chat:message', { body }).answer);
    expect(scene.client.view.messages.map(({ body }) => body)).toEqual(bodies);
    await scene.surroundings.advance(1_000);
    await expect(Promise.all(answers)).resolves.toHaveLength(200);
    expect(bodiesIn(scene.server)).toEqual(bodies);
    expect(scene.client.view).toMatchObject({ pending: [] });
    expect(scene.client.view.messages.map(({ body }) => body)).toEqual(bodies);
  });

  it('[RT3] an operation whose answer was lost is resent as it was and gets the first answer', async () => {
    const scene = await begin();
    const { client, server } = scene;
    server.flows = false;
    const data: { path: number[] } = { path: [1] };
    const { opId, answer } = client.perform('annotation:add', { type: 'pen', data });
    data.path.push(2);
    server.link.carry('up');
    server.flows = true;
    await blink(scene);
    await expect(answer).resolves.toMatchObject({ ok: true, opId, id: opId, seq: 1, dup: true });
    const [first, second] = server.all('annotation:add');
    expect(first).toMatchObject({ opId, id: opId, data: { path: [1] } });
    expect(second).toEqual(first);
    expect(server.log).toHaveLength(1);
    expect(client.view.annotations).toMatchObject([{ id: opId, rev: 1 }]);
  });

  it('[RT10] the outbox stops at a retryable refusal, waits, and goes on in order', async () => {
    const { client, server, surroundings } = await begin();
    let refusals = 1;
    server.decide = (event) =>
      event === 'chat:message' && refusals-- > 0 ? refused('rate_limited', true, 3_000) : undefined;
    for (const body of ['one', 'two', 'three']) client.perform('chat:message', { body });
    await surroundings.advance(2_999);
    expect(server.all('chat:message')).toHaveLength(1);
    expect(client.view.pending).toHaveLength(3);
    await surroundings.advance(1);
    expect(bodiesIn(server)).toEqual(['one', 'two', 'three']);
  });

  it('[RT10] a refusal without a time is waited out ever longer', async () => {
    const { client, server, surroundings } = await begin();
    server.decide = (event) => (event === 'chat:message' ? refused('internal', true) : undefined);
    client.perform('chat:message', hello());
    await surroundings.advance(10_000);
    expect(server.all('chat:message').length).toBeGreaterThan(2);
    expect(server.all('chat:message').length).toBeLessThan(8);
  });

  it('[RT10] an operation refused for good is taken back and told, and the next goes on', async () => {
    const { client, server } = await begin();
    const told: string[] = [];
    client.on('refused', ({ operation, refusal }) => told.push(`${operation.name} ${refusal.code}`));
    const gone = client.perform('annotation:resolve', { id: 'nobody', resolved: true });
    client.perform('chat:message', hello());
    await expect(gone.answer).resolves.toMatchObject({ ok: false, code: 'not_found' });
    await settled();
    expect(told).toEqual(['annotation:resolve not_found']);
    expect(bodiesIn(server)).toEqual(['hello']);
    expect(client.view.pending).toEqual([]);
  });

  it('[WE2] the next page of the same user sends what the last one left behind, before its own', async () => {
    const outbox = createMemoryOutbox();
    const first = await begin({ outbox });
    first.server.link.break();
    const left = first.client.perform('chat:message', hello('left'));
    first.client.close();
    await expect(left.answer).resolves.toMatchObject({ ok: false, code: 'unavailable', retryable: true });

    const server = new ModelServer();
    const surroundings = createManualSurroundings();
    const second = createSessionClient({
      url: '',
      sessionId,
      token: 'anna',
      outbox,
      surroundings: { ...surroundings, newId: () => 'second-1' },
      connect: server.connect,
    });
    const starting = second.start();
    second.perform('chat:message', hello('new'));
    await starting;
    await settled();
    expect(bodiesIn(server)).toEqual(['left', 'new']);
    await expect(outbox.load()).resolves.toEqual([]);
    second.close();
  });

  it('[WE2] an outbox that fails is told, and operations are sent all the same', async () => {
    const failing = async () => {
      throw new Error('no room left');
    };
    const outbox = { load: failing, add: failing, remove: failing };
    const server = new ModelServer();
    const surroundings = createManualSurroundings();
    const client = createSessionClient({
      url: '',
      sessionId,
      token: 'anna',
      outbox,
      surroundings,
      connect: server.connect,
    });
    const failures: unknown[] = [];
    client.on('outboxFailed', ({ error }) => failures.push(error));
    await client.start();
    await expect(client.perform('chat:message', hello()).answer).resolves.toMatchObject({ ok: true });
    expect(failures).toHaveLength(3);
    client.close();
  });
});
