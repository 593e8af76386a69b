import type { Dialect } from './dialect.ts';

/** JSON through the raw relay, which has a room for each address. */
export const rawDialect: Dialect = {
  address: ({ room }) => `/${room}`,
  enter: async () => undefined,
  move: ({ userId }, { x, y }) => JSON.stringify({ userId, x, y, page: 1 }),
  read: (data, hear) => {
    const { userId, x } = JSON.parse(data.toString()) as { userId: string; x: number };
    hear(userId, x);
  },
};
