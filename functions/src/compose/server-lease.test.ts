import { spawnSync } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { hostname } from 'node:os';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openSqliteStore } from '../engines/sqlite/sqlite-store.ts';
import type { Lease } from '../ports/records.ts';
import { createManualClock } from '../testing/manual-clock.ts';
import { takeServerLease } from './server-lease.ts';

const openLeases = async () => {
  const clock = createManualClock(Date.now());
  const store = await openSqliteStore({ file: ':memory:' });
  onTestFinished(() => store.close());
  const take = async (sharedPlace?: string) => {
    const lease = await takeServerLease({ store, clock, sharedPlace, renewEveryMs: 5 });
    onTestFinished(() => lease.release());
    return lease;
  };
  const leave = (lease: Partial<Lease>) => {
    const expiresAt = new Date(clock.now() + 30_000).toISOString();
    const record = { id: 'server', holder: 'x', host: hostname(), pid: process.pid, expiresAt, ...lease };
    return store.write((writer) => writer.put('leases', record));
  };
  return { clock, store, take, leave };
};

const refused = { name: 'StartRefusal', message: expect.stringContaining('Another Proofdesk server') };
const fail = (): never => {
  throw new Error('the lease was lost');
};
const deadPid = (): number => spawnSync(process.execPath, ['-e', '']).pid;

describe('the lease of a server', () => {
  it('[EN7] one server has it; the next gets it when it was released', async () => {
    const { take } = await openLeases();
    const first = await take();
    await expect(take()).rejects.toMatchObject(refused);
    await first.release();
    await take();
  });

  it('[EN7] servers that Redis joins hold it together, and one by itself neither joins nor displaces them', async () => {
    const { take, clock } = await openLeases();
    const join = () => take('a folder');
    const alone = await take();
    await expect(join()).rejects.toMatchObject(refused);
    await alone.release();
    const [first, second] = [await join(), await join()];
    await first.release();
    await second.release();
    const message = expect.stringContaining('REDIS_URL');
    await expect(take()).rejects.toMatchObject({ name: 'StartRefusal', message });
    clock.advance(30_000);
    await take();
  });

  it('[EN7] servers that keep files in different places do not hold it together', async () => {
    const { take, clock } = await openLeases();
    const first = await take('a folder');
    const message = expect.stringContaining('FIREBASE_STORAGE_BUCKET');
    const other = () => take('another folder');
    await expect(other()).rejects.toMatchObject({ name: 'StartRefusal', message });
    await first.release();
    clock.advance(30_000);
    await other();
  });

  it('[FA] a process of this machine that is dead has none, so that a restart need not wait', async () => {
    const { take, leave } = await openLeases();
    await leave({ pid: deadPid() });
    await take();
  });

  it('[FA] a predecessor with our own process id has none', async () => {
    const { take, leave, clock } = await openLeases();
    await leave({ expiresAt: new Date(clock.now() - process.uptime() * 1000 + 20_000).toISOString() });
    await take();
  });

  it('[EN7] a live process, and one of another machine, has it until it runs out', async () => {
    const { take, leave, clock } = await openLeases();
    await leave({ pid: process.ppid });
    await expect(take()).rejects.toMatchObject(refused);
    await leave({ pid: deadPid(), host: 'another-machine' });
    await expect(take()).rejects.toMatchObject(refused);
    clock.advance(30_000);
    await take();
  });

  it('[EN7] who stood still for so long that another took over learns it, and takes nothing back', async () => {
    const { take, leave, store } = await openLeases();
    const { lost } = await take();
    await leave({ holder: 'the other' });
    await lost;
    expect(await store.get('leases', 'server')).toMatchObject({ holder: 'the other' });
  });

  it('[EN7] a renewal that is under way at the release does not bring it back', async () => {
    const { clock, store } = await openLeases();
    const steps = new EventEmitter();
    const [begun, mayEnd] = [once(steps, 'begun'), once(steps, 'may end')];
    const renewals: Promise<unknown>[] = [];
    let transactions = 0;
    /** Of the second transaction, which is a renewal, the first try ends when it is told to. */
    const transaction: typeof store.transaction = (work) => {
      transactions += 1;
      if (transactions !== 2) return store.transaction(work);
      const renewal = store.transaction(async (own) => {
        const result = await work(own);
        steps.emit('begun');
        await mayEnd;
        return result;
      });
      renewals.push(renewal);
      return renewal;
    };
    const lease = await takeServerLease({ store: { transaction }, clock, renewEveryMs: 5 });
    lease.lost.then(fail);
    await begun;
    await lease.release();
    steps.emit('may end');
    await Promise.all(renewals);
    expect(await store.get('leases', 'server')).toBeUndefined();
  });

  it('[EN7] it is renewed as long as its holder lives', async () => {
    const { take, clock, store } = await openLeases();
    await take();
    clock.advance(20_000);
    const until = new Date(clock.now() + 30_000).toISOString();
    await expect.poll(async () => (await store.get('leases', 'server'))?.expiresAt).toBe(until);
  });
});
