import { once } from 'node:events';
import { createServer } from 'node:net';
import { Firestore } from 'firebase-admin/firestore';
import { describe, expect, it } from 'vitest';
import { sampleUser } from '../../ports/record-store-samples.contract.ts';
import {
  annotation,
  appendAt,
  epoch,
  mark,
  message,
  messages,
  putSession,
  readAll,
  seqsOf,
  sessionId,
} from '../../ports/session-log-samples.contract.ts';
import { sampleSession } from '../../testing/support-session.ts';
import { connectInMemory, openTestFirestore } from '../../testing/test-firestore.ts';
import { createFirestoreStore } from './firestore-store.ts';

const unavailable = { code: 'unavailable', retryAfterMs: expect.any(Number) };

/** A server that takes connections and never says a word. */
const silentServer = async () => {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return { host: `127.0.0.1:${port}`, server };
};

/** A store whose Firestore is at an address of the test's. */
const storeAt = (host: string, logged: string[], deadlineMs = 200) => {
  const firestore = new Firestore({ projectId: 'demo-gone', host, ssl: false, customHeaders: {} });
  const note = (_details: object, text: string): void => void logged.push(text);
  return createFirestoreStore({
    firestore,
    logger: { error: note, info: note },
    deadlineMs,
    disconnect: () => firestore.terminate(),
  });
};

describe('a Firestore that is slow or gone', () => {
  it('[FA] fails with unavailable within its deadline, says so once, and is not healthy', async () => {
    const { host, server } = await silentServer();
    const logged: string[] = [];
    const store = storeAt(host, logged);
    await putAndList(store);
    expect(await store.healthy()).toBe(false);
    expect(logged).toEqual(['Firestore does not answer']);
    server.close();
    await store.close();
  });

  it('[FA] says how it is before a request would give up', async () => {
    const { host, server } = await silentServer();
    const store = storeAt(host, [], 1500);
    const request = store.get('users', 'user-1').catch(() => 'gave up');
    expect(await Promise.race([request, store.healthy()])).toBe(false);
    server.close();
    await store.close();
  });
});

const putAndList = async (store: ReturnType<typeof storeAt>): Promise<void> => {
  const write = store.write((writer) => writer.put('users', sampleUser()));
  await expect(write).rejects.toMatchObject(unavailable);
  await expect(store.get('users', 'user-1')).rejects.toMatchObject(unavailable);
  const list = store.list('users', { orderBy: 'createdAt', direction: 'ascending', limit: 5 });
  await expect(list).rejects.toMatchObject(unavailable);
  const transaction = store.transaction((work) => work.get('users', 'user-1'));
  await expect(transaction).rejects.toMatchObject(unavailable);
  await expect(store.log.append(appendAt(0, messages(1)))).rejects.toMatchObject(unavailable);
  await expect(store.log.snapshot(sessionId, 1)).rejects.toMatchObject(unavailable);
};

/** A store on memory whose commits the test can lose the answers of. */
const openOnTestBench = async () => {
  const { firestore, disconnect } = connectInMemory();
  const bench = { loseAnswers: false };
  const makeBatch = firestore.batch.bind(firestore);
  firestore.batch = () => {
    const batch = makeBatch();
    const commit = batch.commit.bind(batch);
    batch.commit = async () => {
      const results = await commit();
      if (bench.loseAnswers) throw Object.assign(new Error('connection reset'), { code: 14 });
      return results;
    };
    return batch;
  };
  return { store: createFirestoreStore({ firestore, disconnect }), bench };
};

describe('commits of the Firestore session logs', () => {
  it('[FA] when the answer to a commit is lost, the entries are found where they stand, and not made twice', async () => {
    const { store, bench } = await openOnTestBench();
    await putSession(store);
    const entry = message('hello', { operation: 'op-1/customer-1' });
    bench.loseAnswers = true;
    await expect(store.log.append(appendAt(0, [entry]))).rejects.toMatchObject(unavailable);
    bench.loseAnswers = false;
    const again = await store.log.append(appendAt(0, [entry]));
    expect(again).toEqual({ outcome: 'moved', head: { epoch, seq: 1 } });
    expect(await store.log.operations(sessionId, ['op-1/customer-1'])).toMatchObject([{ seq: 1, ...entry }]);
    await store.close();
  });

  it('[RT1] a node that knows the head finds out that another one gave the log another epoch', async () => {
    const { store, another, dispose } = await openTestFirestore();
    const eraser = await another();
    await putSession(store);
    await store.log.append(appendAt(0, messages(2)));
    await eraser.transaction(async (transaction) => {
      const session = await transaction.get('supportSessions', sessionId);
      transaction.put('supportSessions', { ...sampleSession(), ...session, epoch: 'erased' });
    });
    const outcome = await store.log.append(appendAt(2, messages(1)));
    expect(outcome).toEqual({ outcome: 'moved', head: { epoch: 'erased', seq: 2 } });
    expect(seqsOf(await readAll(store))).toEqual([1, 2]);
    await Promise.all([store.close(), eraser.close()]);
    await dispose();
  });

  it('[RT1] an entry that was rewritten in place keeps nobody from appending behind it', async () => {
    const { store, another, dispose } = await openTestFirestore();
    const eraser = await another();
    await putSession(store);
    await store.log.append(appendAt(0, messages(1)));
    const [entry] = await readAll(eraser);
    if (entry === undefined) throw new Error('the entry is gone');
    await eraser.write((writer) => writer.put('sessionLog', { ...entry, data: { body: '[erased]' } }));
    expect(await store.log.append(appendAt(1, [mark('mark-1')]))).toMatchObject({ outcome: 'appended' });
    expect((await readAll(store))[0]?.data).toEqual({ body: '[erased]' });
    await Promise.all([store.close(), eraser.close()]);
    await dispose();
  });

  it('[RE6] ids that Firestore keeps for itself are ids like others', async () => {
    const { store, dispose } = await openTestFirestore();
    await store.write((writer) => writer.create('annotations', annotation('__mine__', 1)));
    expect(await store.get('annotations', '__mine__')).toEqual(annotation('__mine__', 1));
    const again = store.write((writer) => writer.create('annotations', annotation('__mine__', 1)));
    await expect(again).rejects.toMatchObject({ code: 'already_exists' });
    await store.close();
    await dispose();
  });
});
