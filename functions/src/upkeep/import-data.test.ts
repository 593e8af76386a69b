import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openSqliteStore } from '../engines/sqlite/sqlite-store.ts';
import { numbered, sampleUser } from '../ports/record-store-samples.contract.ts';
import type { Article } from '../ports/records.ts';
import { appendAt, messages, putSession, sessionId } from '../ports/session-log-samples.contract.ts';
import { createManualClock } from '../testing/manual-clock.ts';
import { exportData } from './export-data.ts';
import { movedCollections } from './export-format.ts';
import { importData } from './import-data.ts';

const openStore = async () => {
  const store = await openSqliteStore({ file: ':memory:' });
  onTestFinished(() => store.close());
  return store;
};

const linesOf = async function* (text: string): AsyncGenerator<string> {
  for (const line of text.split('\n')) if (line !== '') yield line;
};

let exported: string;
beforeAll(async () => {
  const store = await openSqliteStore({ file: ':memory:' });
  await putSession(store);
  await store.log.append(appendAt(0, messages(5)));
  await store.write((writer) => {
    for (const id of numbered('user', 250)) writer.create('users', sampleUser({ id }));
    writer.put('leases', {
      id: 'server',
      holder: 'a',
      host: 'b',
      pid: 1,
      expiresAt: '2026-01-31T09:00:00.000Z',
    });
  });
  exported = '';
  for await (const line of exportData(store, createManualClock(0))) exported += line;
  await store.close();
});

describe('import', () => {
  it('[RT1] [RE7] keeps every record but the leases, and gives logs new epochs', async () => {
    const store = await openStore();
    expect(await importData(store, () => linesOf(exported))).toBe(1 + 5 + 250);
    expect(await store.get('users', 'user-249')).toEqual(sampleUser({ id: 'user-249' }));
    const { head, entries } = await store.log.read(sessionId, 0, 10);
    expect(entries.map(({ data }) => data.body)).toEqual(messages(5).map(({ data }) => data.body));
    expect(head).toMatchObject({ seq: 5, epoch: expect.not.stringMatching(/^epoch-1$/) });
    expect(await store.get('leases', 'server')).toBeUndefined();
  });

  const damages: [string, (text: string) => string, RegExp][] = [
    ['cut off', (text) => text.slice(0, text.length / 2), /line \d+|cut off/],
    ['cut off between two lines', (text) => text.split('\n').slice(0, 20).join('\n'), /cut off/],
    ['short of a line', (text) => text.split('\n').toSpliced(5, 1).join('\n'), /1 records are missing/],
    ['with more behind its end', (text) => `${text}{"end":true,"records":256}\n`, /behind the end/],
    ['of another version', (text) => text.replace('"version":1', '"version":99'), /line 1/],
    ['with a field that is not known', (text) => text.replace('"email":', '"elmail":'), /elmail/],
    ['with a collection that is not known', (text) => text.replace('"users"', '"guests"'), /line \d+/],
    ['of something else', () => 'id,name\n1,Anna\n', /line 1/],
    ['empty', () => '', /cut off/],
  ];
  it.each(damages)('[RE7] refuses a file %s before anything is written', async (_, damage, named) => {
    const store = await openStore();
    const refused = importData(store, () => linesOf(damage(exported)));
    await expect(refused).rejects.toMatchObject({
      code: 'validation_failed',
      detail: expect.stringMatching(named),
    });
    for (const name of movedCollections) {
      const page = await store.list(name, { orderBy: 'id', direction: 'ascending', limit: 1 });
      expect(page.items, name).toEqual([]);
    }
  });

  it('[RE7] writes no more at once than every engine takes', async () => {
    const [from, store] = [await openStore(), await openStore()];
    const body = 'x'.repeat(600_000);
    await from.write((writer) => {
      for (const id of ['a', 'b', 'c']) writer.create('articles', { id, body } as Article);
    });
    let text = '';
    for await (const line of exportData(from, createManualClock(0))) text += line;
    let writes = 0;
    const write = store.write.bind(store);
    store.write = (work) => {
      writes += 1;
      return write(work);
    };
    expect(await importData(store, () => linesOf(text))).toBe(3);
    expect(writes).toBe(2);
  });

  it('[RE7] refuses a store that holds anything', async () => {
    const store = await openStore();
    await store.write((writer) => writer.create('tokenRevocations', { id: 'user-1', generation: 1 }));
    const refused = importData(store, () => linesOf(exported));
    await expect(refused).rejects.toMatchObject({
      code: 'conflict',
      detail: expect.stringContaining('tokenRevocations'),
    });
  });
});
