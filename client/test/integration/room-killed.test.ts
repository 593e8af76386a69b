import { afterEach, describe, expect, it } from 'vitest';
import { operationKey } from '../../../functions/src/ports/log-entry.ts';
import { makeFolder } from '../../../functions/src/testing/make-folder.ts';
import { type ServerProcess, startServerProcess } from '../../../functions/test/support/processes.ts';
import { createSessionClient, type OperationAnswer, type SessionClient } from '../../src/index.ts';
import { type LiveRooms, liveRoomSettings, openLiveRooms, until } from '../support/live-room.ts';

const kills = 20;
const sessions = 4;
const clientsOfEach = { customer: 3, agent: 2 } as const;
const answersBeforeKill = 300;

/** Somebody who adds annotation after annotation. */
interface Adder {
  client: SessionClient;
  userId: string;
  sessionId: string;
  /** What was asked for, in order, with what was answered. */
  asked: { opId: string; answer?: OperationAnswer }[];
}

describe('a server that is killed under clients at work', () => {
  const clients: SessionClient[] = [];
  afterEach(() => {
    for (const client of clients.splice(0)) client.close();
  });

  const start = async (url: string, rooms: LiveRooms): Promise<Adder[]> => {
    const adders = rooms.sessionIds.flatMap((sessionId, index) =>
      (['customer', 'agent'] as const).flatMap((role) =>
        Array.from({ length: clientsOfEach[role] }, (): Adder => {
          const token = rooms.tokens[index]?.[role] ?? '';
          const client = createSessionClient({ url, sessionId, token });
          clients.push(client);
          return { client, userId: `${role}-${index}`, sessionId, asked: [] };
        }),
      ),
    );
    await Promise.all(adders.map(({ client }) => client.start()));
    await Promise.all(adders.map(({ client }) => until(client, (_view, phase) => phase === 'joined')));
    return adders;
  };

  /** Adds until `isOver`, one after the other, and tells of each answer. */
  const addOn = async ({ client, asked }: Adder, isOver: () => boolean, answered: () => void) => {
    while (!isOver()) {
      const path = [[0.1, asked.length / 100_000]];
      const { opId, answer } = client.perform('annotation:add', { type: 'pen', data: { path } });
      const one: Adder['asked'][number] = { opId };
      asked.push(one);
      one.answer = await answer;
      answered();
    }
  };

  const expectExactlyOnce = async (adder: Adder, rooms: LiveRooms): Promise<void> => {
    const { client, userId, sessionId, asked } = adder;
    const entries = await rooms.entries(sessionId);
    expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_entry, index) => index + 1));
    await until(client, ({ position, pending }) => position?.seq === entries.length && pending.length === 0);
    const own = new Set(asked.map(({ opId }) => operationKey(userId, opId)));
    const found = entries.flatMap(({ operation = '' }) => (own.has(operation) ? [operation] : []));
    expect(found).toEqual(asked.map(({ opId }) => operationKey(userId, opId)));
    const places = new Map(entries.map(({ operation = '', seq }) => [operation, seq]));
    for (const { opId, answer } of asked) {
      expect(answer).toMatchObject({ ok: true, seq: places.get(operationKey(userId, opId)) });
    }
    expect(client.view.annotations.map(({ id }) => id)).toEqual(entries.map(({ subjectId }) => subjectId));
  };

  it('[RT1] [RT2] [RT3] [FA] 20 kills under 20 clients: nothing acknowledged is lost or doubled, and all go on by themselves', async () => {
    const dataDir = await makeFolder();
    const settings = { DATA_DIR: dataDir, ...liveRoomSettings };
    let server: ServerProcess = await startServerProcess(settings);
    const { url } = server;
    const rooms = await openLiveRooms({ url, place: { DATA_DIR: dataDir } }, sessions);
    const adders = await start(url, rooms);
    let isOver = false;
    let answers = 0;
    let whenEnough = () => {};
    const answered = () => {
      answers += 1;
      if (answers % answersBeforeKill === 0) whenEnough();
    };
    const work = adders.map((adder) => addOn(adder, () => isOver, answered));
    for (let kill = 0; kill < kills; kill += 1) {
      await new Promise<void>((resolve) => {
        whenEnough = resolve;
      });
      await server.end('SIGKILL');
      server = await startServerProcess({ ...settings, PORT: new URL(url).port });
    }
    isOver = true;
    await Promise.all(work);
    for (const adder of adders) await expectExactlyOnce(adder, rooms);
    console.log(
      `${kills} kills, ${adders.length} clients: ${answers} annotations acknowledged, each there once`,
    );
    await rooms.close();
  }, 280_000);
});
