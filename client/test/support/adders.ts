import { expect } from 'vitest';
import { operationKey } from '../../../functions/src/ports/log-entry.ts';
import { createSessionClient, type OperationAnswer, type SessionClient } from '../../src/index.ts';
import { type LiveRooms, until } from './live-room.ts';

/** Somebody who adds annotation after annotation. */
export interface Adder {
  client: SessionClient;
  userId: string;
  sessionId: string;
  /** What was asked for, in order, with what was answered. */
  asked: { opId: string; answer?: OperationAnswer }[];
}

/** How many devices the customer and the agent of each session have. */
export interface Devices {
  customer: number;
  agent: number;
}

/** Connects everybody of all sessions; fulfilled when all have joined. */
export const startAdders = async (url: string, rooms: LiveRooms, devices: Devices): Promise<Adder[]> => {
  const adders = rooms.sessionIds.flatMap((sessionId, index) =>
    (['customer', 'agent'] as const).flatMap((role) =>
      Array.from({ length: devices[role] }, (): Adder => {
        const token = rooms.tokens[index]?.[role] ?? '';
        const client = createSessionClient({ url, sessionId, token });
        return { client, userId: `${role}-${index}`, sessionId, asked: [] };
      }),
    ),
  );
  await Promise.all(adders.map(({ client }) => client.start()));
  await Promise.all(adders.map(({ client }) => until(client, (_view, phase) => phase === 'joined')));
  return adders;
};

/** Adds until `isOver`, one after the other, and tells of each answer; the next one waits for who was told. */
export const addOn = async (
  { client, asked }: Adder,
  isOver: () => boolean,
  answered: () => void | Promise<void>,
): Promise<void> => {
  while (!isOver()) {
    const path = [[0.1, asked.length / 100_000]];
    const { opId, answer } = client.perform('annotation:add', { type: 'pen', data: { path } });
    const one: Adder['asked'][number] = { opId };
    asked.push(one);
    one.answer = await answer;
    await answered();
  }
};

/** Everything that was asked for stands in the log once, where it was acknowledged, and shows in the view so. */
export const expectExactlyOnce = async (adder: Adder, rooms: LiveRooms): Promise<void> => {
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
