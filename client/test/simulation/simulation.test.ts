import { it } from 'vitest';
import { expectEveryRunToHold } from './every-run.ts';

const runs = 2_000;

it('[RT1] [RT2] [RT3] [RT4] [RT6] [RT9] [RT11] [RT14] 2,000 runs of many editors over a bad network', async () => {
  await expectEveryRunToHold({ first: 1, more: (done) => done < runs });
}, 300_000);
