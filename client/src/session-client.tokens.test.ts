import { afterEach, describe, expect, it } from 'vitest';
import { createScenes } from '../test/support/client-scene.ts';
import { settled } from '../test/support/manual-surroundings.ts';
import { sessionId } from '../test/support/model-log.ts';
import { ModelServer, refused } from '../test/support/model-server.ts';

const hello = (body = 'hello') => ({ body });

describe('the tokens of a client', () => {
  const { begin, close } = createScenes();
  afterEach(close);

  it('[RT9] operations of one user never go out as another', async () => {
    let user = 'anna';
    const scene = await begin({ getToken: () => user });
    scene.server.link.break();
    scene.client.perform('chat:message', hello());
    user = 'ben';
    await scene.surroundings.advance(1_000);
    expect(scene.ended).toMatchObject([{ code: 'forbidden' }]);
    expect(scene.server.log).toEqual([]);
  });

  it('[RT9] a refused token is replaced once; when the fresh one is refused too the client ends', async () => {
    const asked: boolean[] = [];
    const server = new ModelServer();
    server.admit = ({ token }) => (token === 'fresh' ? undefined : refused('not_authenticated', false));
    const getToken = ({ fresh }: { fresh: boolean }) => {
      asked.push(fresh);
      return fresh ? 'fresh' : 'stale';
    };
    const scene = await begin({ connect: server.connect, getToken });
    await settled();
    expect(asked).toEqual([false, true]);
    expect(scene.client.phase).toBe('joined');

    const strict = new ModelServer();
    strict.admit = () => refused('not_authenticated', false);
    const refusedScene = await begin({ connect: strict.connect, getToken });
    await settled();
    expect(refusedScene.ended).toMatchObject([{ code: 'not_authenticated' }]);
    expect(refusedScene.client.phase).toBe('ended');
    await refusedScene.surroundings.advance(60_000);
    expect(strict.links).toHaveLength(2);
  });

  it('[RT9] an operation that meets an ended token is kept and sent with the next token', async () => {
    const asked: boolean[] = [];
    const getToken = ({ fresh }: { fresh: boolean }) => {
      asked.push(fresh);
      return 'anna';
    };
    const { client, server, surroundings } = await begin({ getToken });
    let refusals = 1;
    server.decide = (event) =>
      event === 'chat:message' && refusals-- > 0 ? refused('not_authenticated', false) : undefined;
    const { answer } = client.perform('chat:message', hello());
    await surroundings.advance(1_000);
    await expect(answer).resolves.toMatchObject({ ok: true, seq: 1 });
    expect(asked).toEqual([false, true]);
  });

  it('[RT9] auth:expiring brings a fresh token onto the same connection', async () => {
    const { client, server, surroundings } = await begin({
      getToken: ({ fresh }) => (fresh ? 'renewed' : 'anna'),
    });
    const warnings: unknown[] = [];
    client.on('warning', (warning) => warnings.push(warning));
    let refusals = 1;
    server.decide = (event) =>
      event === 'auth:renew' && refusals-- > 0 ? refused('unavailable', true) : undefined;
    server.say('auth:expiring', { expiresAt: '2026-01-31T09:31:00.000Z' });
    await settled();
    await surroundings.advance(5_000);
    expect(server.all('auth:renew')).toEqual([{ token: 'renewed' }, { token: 'renewed' }]);
    expect(warnings).toMatchObject([{ code: 'unavailable', event: 'auth:renew' }]);
    expect(server.links).toHaveLength(1);
  });

  it('[RT9] without somebody to ask the holder is told, and renews by hand', async () => {
    const { client, server } = await begin();
    client.on('auth:expiring', () => client.renew('by-hand'));
    server.say('auth:expiring', { expiresAt: '2026-01-31T09:31:00.000Z' });
    await settled();
    expect(server.all('auth:renew')).toEqual([{ token: 'by-hand' }]);
  });

  it('[RT9] the end of a membership ends the client, and joins that are refused for good do', async () => {
    const scene = await begin();
    scene.server.say('error', { ...refused('forbidden', false), sessionId });
    await settled();
    expect(scene.ended).toMatchObject([{ code: 'forbidden' }]);

    const server = new ModelServer();
    server.decide = (event) => (event === 'session:join' ? refused('not_found', false) : undefined);
    const other = await begin({ connect: server.connect });
    await settled();
    expect(other.ended).toMatchObject([{ code: 'not_found' }]);
  });

  it('[RT9] a token that is refused for good while it is renewed is not sent again', async () => {
    const { server, surroundings } = await begin({ getToken: () => 'anna' });
    server.decide = (event) => (event === 'auth:renew' ? refused('forbidden', false) : undefined);
    server.say('auth:expiring', { expiresAt: '2026-01-31T09:31:00.000Z' });
    await surroundings.advance(30_000);
    expect(server.all('auth:renew')).toHaveLength(1);
  });

  it('[RT9] a fresh token is asked for only until a connection has proved to be of use', async () => {
    const asked: boolean[] = [];
    const server = new ModelServer();
    let refusals = 1;
    server.admit = () => (refusals-- > 0 ? refused('not_authenticated', false) : undefined);
    const getToken = ({ fresh }: { fresh: boolean }) => {
      asked.push(fresh);
      return 'anna';
    };
    const { surroundings } = await begin({ connect: server.connect, getToken });
    await settled();
    server.link.break();
    await surroundings.advance(1_000);
    expect(asked).toEqual([false, true, false]);
  });
});
