import { describe, it } from 'vitest';
import { expectEveryRunToHold } from './every-run.ts';

const parts = 8;
const runsOfPart = 250;

/** The same 2,000 seeds each time; `npm run test:soak` takes others. */
describe('many editors over a bad network', () => {
  for (let part = 0; part < parts; part += 1) {
    const first = part * runsOfPart + 1;
    const rules = '[RT1] [RT2] [RT3] [RT4] [RT6] [RT9] [RT11] [RT12] [RT14] [RT16]';
    it(`${rules} seeds ${first} to ${first + runsOfPart - 1}`, { timeout: 300_000 }, async () => {
      await expectEveryRunToHold({ first, more: (runs) => runs < runsOfPart });
    });
  }
});
