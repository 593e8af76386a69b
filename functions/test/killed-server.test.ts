import { expect, it } from 'vitest';
import { expectNothingLost } from './support/killed-server.ts';

it('[RE1] a server that is killed while it writes loses nothing that it acknowledged, 2 kills', async () => {
  const { acknowledged } = await expectNothingLost(2);
  expect(acknowledged).toBeGreaterThan(100);
}, 60_000);
