import { afterEach, describe, expect, it } from 'vitest';
import { blink, createScenes } from '../test/support/client-scene.ts';
import { settled } from '../test/support/manual-surroundings.ts';
import { sessionId } from '../test/support/model-log.ts';

describe('what only the moment needs', () => {
  const { begin, close } = createScenes();
  afterEach(close);

  it('[RT7] cursors go at a pace, the first at once and the last always; previews keep their last point', async () => {
    const { client, server, surroundings } = await begin();
    for (const x of [0.1, 0.2, 0.3]) client.moveCursor({ x, y: 0.5 });
    await settled();
    expect(server.all('cursor:move')).toEqual([{ sessionId, x: 0.1, y: 0.5 }]);
    await surroundings.advance(50);
    expect(server.all('cursor:move').map(({ x }) => x)).toEqual([0.1, 0.3]);
    const points = Array.from({ length: 1_200 }, (_one, index): [number, number] => [index / 1_200, 0]);
    await surroundings.advance(50);
    client.previewDrawing('a', points);
    await settled();
    const [preview] = server.all('annotation:draw');
    const sent = preview?.points;
    if (!Array.isArray(sent)) throw new Error('a preview was sent');
    expect(sent.length).toBeLessThanOrEqual(500);
    expect(sent.at(-1)).toEqual(points.at(-1));
    await surroundings.advance(1_000);
    expect(surroundings.waiting()).toBe(0);
  });

  it('[RT8] typing is said now and then and ends by itself; status and reading mark survive a break', async () => {
    const scene = await begin();
    const { client, server, surroundings } = scene;
    for (let key = 0; key < 8; key += 1) {
      client.typed();
      await surroundings.advance(500);
    }
    expect(server.all('typing:start')).toHaveLength(2);
    await surroundings.advance(4_000);
    expect(server.all('typing:stop')).toHaveLength(1);
    client.setStatus('idle');
    client.read(7);
    client.read(3);
    await settled();
    await blink(scene);
    expect(server.all('presence:update')).toHaveLength(2);
    expect(server.all('chat:read').map(({ seq }) => seq)).toEqual([7, 7]);
  });

  it('[RT7] what others do right now is not known while away, and a preview that nobody ends vanishes', async () => {
    const { client, server, surroundings } = await begin();
    const from = { sessionId, userId: 'ben' };
    server.say('typing:start', from);
    server.say('annotation:drawing', { ...from, id: 'a', points: [[0, 0]] });
    await settled();
    expect(client.view.typing.size).toBe(1);
    expect(client.view.drawings.size).toBe(1);
    await surroundings.advance(5_000);
    expect(client.view.drawings.size).toBe(0);
    server.link.break();
    expect(client.view.typing.size).toBe(0);
    expect(client.view.participants).toHaveLength(1);
  });

  it('[RT7] a cursor that waits when the connection breaks is not said later', async () => {
    const scene = await begin();
    for (const x of [0.1, 0.2]) scene.client.moveCursor({ x, y: 0.5 });
    await settled();
    await blink(scene);
    scene.client.previewDrawing('a', [[0, 0]]);
    await settled();
    expect(scene.server.all('cursor:move').map(({ x }) => x)).toEqual([0.1]);
    expect(scene.server.all('annotation:draw')).toHaveLength(1);
  });

  it('[RT7] a preview lives as long as its author goes on', async () => {
    const { client, server, surroundings } = await begin();
    const draw = () =>
      server.say('annotation:drawing', { sessionId, userId: 'ben', id: 'a', points: [[0, 0]] });
    draw();
    await surroundings.advance(4_000);
    draw();
    await surroundings.advance(4_000);
    expect(client.view.drawings.size).toBe(1);
    await surroundings.advance(1_000);
    expect(client.view.drawings.size).toBe(0);
  });
});
