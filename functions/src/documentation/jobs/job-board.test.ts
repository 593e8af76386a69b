import { describe, expect, it, onTestFinished } from 'vitest';
import { openSqliteStore } from '../../engines/sqlite/sqlite-store.ts';
import { AppError } from '../../errors/app-error.ts';
import type { StoredDocument } from '../../ports/records.ts';
import type { DocumentationJob } from '../../protocol/documentation-api.ts';
import { createManualClock } from '../../testing/manual-clock.ts';
import { createManualTimers } from '../../testing/manual-timers.ts';
import { type DocumentKey, documentId } from '../documents/document-library.ts';
import type { JobWork } from './job.ts';
import { createJobBoard, type JobBoard } from './job-board.ts';

const key: DocumentKey = { repository: 'shop', to: 'a'.repeat(40), audience: 'everyone', engineVersion: '1' };
const id = documentId(key);
const second = 1_000;

/** Servers on the same records, whose work ends when it is told to. */
const openServers = async () => {
  const store = await openSqliteStore({ file: ':memory:' });
  onTestFinished(() => store.close());
  const clock = createManualClock();
  const documents = new Map<string, StoredDocument>();
  const server = () => {
    const timers = createManualTimers(clock);
    const told: DocumentationJob['status'][] = [];
    const works: { work: JobWork; end(): void; fail(error: unknown): void }[] = [];
    const board = createJobBoard({
      store,
      clock,
      timers,
      work: (work) =>
        new Promise((resolve, reject) => {
          work.signal.addEventListener('abort', () => reject(work.signal.reason));
          const end = (): void => {
            const stored = { id: documentId(work.key) } as StoredDocument;
            documents.set(stored.id, stored);
            resolve(stored);
          };
          works.push({ work, end, fail: reject });
        }),
      find: async (documentId) => documents.get(documentId),
      onChange: ({ status }) => told.push(status),
      onFailure: (error) => expect.unreachable(String(error)),
    });
    return { board, works, told, timers };
  };
  return { server, clock };
};

const statusOf = async ({ board }: { board: JobBoard }) => (await board.find(id)).status;

describe('runs of several servers', () => {
  it('[DO10] a document is made once, whichever servers are asked for it', async () => {
    const { server } = await openServers();
    const [one, other] = [server(), server()];
    const made = one.board.start(key);
    await expect.poll(() => one.works.length).toBe(1);
    const followed = other.board.start(key);
    one.works[0]?.work.report({ phase: 'content', done: 1, total: 2 });
    one.timers.advance(second);
    await expect
      .poll(async () => {
        other.timers.advance(second);
        return followed.view().progress;
      })
      .toEqual({ phase: 'content', done: 1, total: 2 });
    one.works[0]?.end();
    expect(await made.ended).toMatchObject({ id });
    await expect
      .poll(() => {
        other.timers.advance(second);
        return followed.view().status;
      })
      .toBe('done');
    expect(await followed.ended).toMatchObject({ id });
    expect(other.works).toEqual([]);
    expect(other.told).toEqual([]);
    expect(await server().board.find(id)).toEqual(made.view());
  });

  it('[DO10] a run is cancelled from any server', async () => {
    const { server } = await openServers();
    const [one, other] = [server(), server()];
    const made = one.board.start(key);
    await expect.poll(() => one.works.length).toBe(1);
    await other.board.cancel(id);
    one.timers.advance(second);
    expect(await made.ended).toBeUndefined();
    expect(one.works[0]?.work.signal.aborted).toBe(true);
    expect(await statusOf(other)).toBe('cancelled');
    await other.board.cancel(id);
    expect(await statusOf(one)).toBe('cancelled');
  });

  it('[DO10] a run that waits for its turn is cancelled at once, and its turn passes', async () => {
    const { server } = await openServers();
    const one = server();
    const first = one.board.start(key);
    const other = { ...key, audience: 'user' as const };
    const waiting = one.board.start(other);
    await expect.poll(() => one.works.length).toBe(1);
    await one.board.cancel(documentId(other));
    expect(await waiting.ended).toBeUndefined();
    expect(await one.board.find(documentId(other))).toMatchObject({ status: 'cancelled' });
    expect(first.view().status).toBe('running');
    one.works[0]?.end();
    await first.ended;
    const again = one.board.start(other);
    await expect.poll(() => one.works.length).toBe(2);
    one.works[1]?.end();
    expect(await again.ended).toMatchObject({ id: documentId(other) });
  });

  it('[DO10] a long run tells of steps that people can see, not of each commit', async () => {
    const { server } = await openServers();
    const one = server();
    const made = one.board.start(key);
    await expect.poll(() => one.works.length).toBe(1);
    for (let done = 1; done <= 100_000; done += 1) one.works[0]?.work.report({ phase: 'history', done });
    expect(made.view().progress.done).toBeGreaterThan(90_000);
    expect(one.told.length).toBeLessThan(150);
    one.works[0]?.end();
    await made.ended;
  });

  it('[DO10] a run whose server was killed is shown as failed, and made by who follows it', async () => {
    const { server, clock } = await openServers();
    const [one, other] = [server(), server()];
    one.board.start(key);
    await expect.poll(() => one.works.length).toBe(1);
    const followed = other.board.start(key);
    await expect.poll(() => other.timers.waiting()).toBe(1);
    clock.advance(30 * second);
    expect(await server().board.find(id)).toMatchObject({
      status: 'failed',
      problem: expect.stringContaining('has stopped'),
    });
    other.timers.advance(second);
    await expect.poll(() => other.works.length).toBe(1);
    other.works[0]?.end();
    expect(await followed.ended).toMatchObject({ id });
    // The one that stood still finds another in its place, and changes nothing.
    one.timers.advance(second);
    await expect.poll(() => one.works[0]?.work.signal.aborted).toBe(true);
    expect(await statusOf(other)).toBe('done');
  });

  it('[DO10] a server that stops ends its own runs and leaves those of others alone', async () => {
    const { server } = await openServers();
    const [one, other] = [server(), server()];
    const made = one.board.start(key);
    await expect.poll(() => one.works.length).toBe(1);
    const followed = other.board.start(key);
    await expect.poll(() => other.timers.waiting()).toBe(1);
    await other.board.stop();
    expect(await followed.ended).toBeUndefined();
    expect(made.view().status).toBe('running');
    await one.board.stop();
    expect(await statusOf(other)).toBe('cancelled');
  });

  it('[DO10] documents are made one after the other on each server, and a failure says why', async () => {
    const { server } = await openServers();
    const one = server();
    const first = one.board.start(key);
    const next = one.board.start({ ...key, audience: 'user' });
    await expect.poll(() => one.works.length).toBe(1);
    one.works[0]?.fail(new AppError('validation_failed', 'There is no such commit.'));
    expect(await first.ended).toBeUndefined();
    expect(first.view()).toMatchObject({ status: 'failed', problem: 'There is no such commit.' });
    await expect.poll(() => one.works.length).toBe(2);
    one.works[1]?.end();
    expect(await next.ended).toBeDefined();
  });

  it('[DO10] how a run ended can be asked for a week', async () => {
    const { server, clock } = await openServers();
    const one = server();
    const first = one.board.start(key);
    await expect.poll(() => one.works.length).toBe(1);
    one.works[0]?.end();
    await first.ended;
    clock.advance(8 * 86_400 * second);
    expect(await statusOf(one)).toBe('done');
    const next = one.board.start({ ...key, audience: 'user' });
    await expect.poll(() => one.works.length).toBe(2);
    await expect(one.board.find(id)).rejects.toThrow('There is no job with this id');
    one.works[1]?.end();
    await next.ended;
  });
});
