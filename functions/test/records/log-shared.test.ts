import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { epoch, readAll, seqsOf, sessionId, upTo } from '../../src/ports/session-log-samples.contract.ts';
import { makeFolder } from '../../src/testing/make-folder.ts';
import { sampleSession } from '../../src/testing/support-session.ts';
import { chosenRecords } from '../support/records.ts';
import { openRecords, type RecordsPlace } from '../support/records-place.ts';
import { spawnChild } from './killed-writer.ts';

/** Lets a process append and kills it when it acknowledged so many operations; gives all that it acknowledged. */
const acknowledgedUntilKilled = async (
  place: RecordsPlace,
  author: string,
  afterOperations: number,
): Promise<string[]> => {
  const child = spawnChild('log-writer.child.ts', [JSON.stringify(place), author]);
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk;
    if (output.split('\n').length > afterOperations) child.kill('SIGKILL');
  });
  const [, signal] = await once(child, 'close');
  expect(signal).toBe('SIGKILL');
  return output.split('\n').slice(0, -1);
};

describe('several processes that append to one session', () => {
  it('[RT1] [RT3] [RE1] leave no gap, double no operation and lose none, although each is killed', async () => {
    const place = { DATA_DIR: await makeFolder(), ...(await chosenRecords()) };
    const store = await openRecords(place);
    await store.write((writer) => writer.create('supportSessions', sampleSession({ id: sessionId, epoch })));

    const writers = [150, 450, 900].map((operations, index) =>
      acknowledgedUntilKilled(place, `author-${index}`, operations),
    );
    const acknowledged = (await Promise.all(writers)).flat();
    expect(acknowledged.length).toBeGreaterThanOrEqual(1500);

    const entries = await readAll(store);
    expect(seqsOf(entries)).toEqual(upTo(entries.length));
    const operations = entries.map(({ operation }) => operation);
    expect(new Set(operations).size).toBe(entries.length);
    expect(acknowledged.filter((operation) => !operations.includes(operation))).toEqual([]);
    const snapshot = await store.log.snapshot(sessionId, 1);
    expect(snapshot?.annotations.map(({ id }) => id)).toEqual(entries.map(({ subjectId }) => subjectId));
    await store.close();
  });
});
