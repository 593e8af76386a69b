import { expect, it, onTestFinished } from 'vitest';
import { openSqliteStore } from '../engines/sqlite/sqlite-store.ts';
import type { TrainingUpdate } from '../ports/training-upkeep.ts';
import { openSampleDocumentation } from '../testing/sample-documentation.ts';
import { sampleFactReport } from '../testing/sample-facts.ts';
import { writeDocument } from './writers/local-writer.ts';

/** Documentation of a shop whose training does not hear of anything until it is mended. */
const openDocumentation = async () => {
  const store = await openSqliteStore({ file: ':memory:' });
  onTestFinished(() => store.close());
  const state = { isCut: true, readings: 0, taught: [] as TrainingUpdate[] };
  const opened = openSampleDocumentation({
    store,
    readFacts: async () => {
      state.readings += 1;
      return sampleFactReport;
    },
    training: {
      apply: async (update) => {
        if (state.isCut) throw new Error('the records are gone');
        state.taught.push(update);
        return [];
      },
    },
  });
  return { ...opened, state };
};

it('[DO6] training hears of a document whose run ended before, when it is asked for again', async () => {
  const { documentation, state } = await openDocumentation();
  const generate = () => documentation.generate({ repository: 'shop', audience: 'everyone' });
  const first = await generate();
  expect('job' in first && (await first.job.ended)).toBeUndefined();
  expect(state.taught).toEqual([]);
  state.isCut = false;
  const second = await generate();
  const stored = 'job' in second ? await second.job.ended : undefined;
  expect(state.taught.map(({ source }) => source)).toEqual(['shop']);
  expect(state.readings).toBe(1);
  expect(await generate()).toEqual({ stored });
  expect(state.taught).toHaveLength(1);
});

it('[DO11] training hears of the newest document of a repository, when it is sent again', async () => {
  const { documentation, clock, state } = await openDocumentation();
  const document = writeDocument(sampleFactReport);
  const publish = (engineVersion: string) => {
    clock.advance(1_000);
    return documentation.publish({ repository: 'ci', audience: 'everyone', engineVersion, document });
  };
  await expect(publish('one')).rejects.toThrow('the records are gone');
  state.isCut = false;
  expect((await publish('one')).isNew).toBe(false);
  expect(state.taught).toHaveLength(1);
  expect((await publish('two')).isNew).toBe(true);
  expect((await publish('one')).isNew).toBe(false);
  expect(state.taught).toHaveLength(2);
});
