import { expect, it } from 'vitest';
import { expectNothingLost } from '../support/killed-server.ts';

it('[RE1] a server that is killed while it writes loses nothing that it acknowledged, 20 kills', async () => {
  const { acknowledged, stored, slowestStartMs } = await expectNothingLost(20);
  console.log(
    `20 kills: ${acknowledged} writes acknowledged, ${stored} sessions found whole, ` +
      `the slowest start took ${slowestStartMs} ms`,
  );
  expect(acknowledged).toBeGreaterThan(1_000);
});
