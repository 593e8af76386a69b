import { expect, it, onTestFinished } from 'vitest';
import { openSqliteStore } from '../engines/sqlite/sqlite-store.ts';
import type { TrainingUpdate } from '../ports/training-upkeep.ts';
import { createLogger } from '../telemetry/logger.ts';
import { createManualClock } from '../testing/manual-clock.ts';
import { createManualTimers } from '../testing/manual-timers.ts';
import { sampleFactReport } from '../testing/sample-facts.ts';
import { createDocumentation } from './documentation-service.ts';
import { localDocumentWriter } from './writers/document-writer.ts';

it('[DO6] training hears of a document whose run ended before, when it is asked for again', async () => {
  const store = await openSqliteStore({ file: ':memory:' });
  onTestFinished(() => store.close());
  const clock = createManualClock();
  const taught: TrainingUpdate[] = [];
  let isCut = true;
  let readings = 0;
  const documentation = createDocumentation({
    store,
    clock,
    timers: createManualTimers(clock),
    live: { publish: () => undefined },
    logger: createLogger({ level: 'silent' }),
    repositories: new Map([
      [
        'shop',
        {
          resolve: async () => ({ to: sampleFactReport.range.to.commit }),
          isBefore: async () => false,
          readFacts: async () => {
            readings += 1;
            return sampleFactReport;
          },
        },
      ],
    ]),
    writer: localDocumentWriter,
    training: {
      apply: async (update) => {
        if (isCut) throw new Error('the records are gone');
        taught.push(update);
        return [];
      },
    },
    onChange: () => undefined,
  });
  onTestFinished(() => documentation.stop());
  const generate = () => documentation.generate({ repository: 'shop', audience: 'everyone' });
  const first = await generate();
  expect('job' in first && (await first.job.ended)).toBeUndefined();
  expect(taught).toEqual([]);
  isCut = false;
  const second = await generate();
  const stored = 'job' in second ? await second.job.ended : undefined;
  expect(taught.map(({ source }) => source)).toEqual(['shop']);
  expect(readings).toBe(1);
  expect(await generate()).toEqual({ stored });
  expect(taught).toHaveLength(1);
});
