import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { withinDeadline } from './deadline.ts';

const never = () => new Promise<never>(() => {});

describe('work within a deadline', () => {
  it('[RO8] gives the result of work that ends in time, and leaves nothing behind', async () => {
    const { signal } = new AbortController();
    expect(await withinDeadline({ limitMs: 1_000, signal }, async () => 'done')).toBe('done');
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('[RO8] does not wait for work that does not listen', async () => {
    await expect(withinDeadline({ limitMs: 1 }, never)).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  it('[RO8] tells the work that the time is over', async () => {
    const told: unknown[] = [];
    const work = (signal: AbortSignal) => {
      signal.addEventListener('abort', () => told.push(signal.reason));
      return never();
    };
    await expect(withinDeadline({ limitMs: 1 }, work)).rejects.toBeInstanceOf(DOMException);
    expect(told).toEqual([expect.objectContaining({ name: 'TimeoutError' })]);
  });

  it('[RO8] ends with the reason of the caller', async () => {
    const caller = new AbortController();
    const waiting = withinDeadline({ signal: caller.signal }, never);
    const reason = new Error('the caller left');
    caller.abort(reason);
    await expect(waiting).rejects.toBe(reason);
  });

  it('[RO8] does not begin for a caller who has left', async () => {
    const reason = new Error('the caller left');
    const work = async () => expect.fail('work was not expected');
    await expect(withinDeadline({ signal: AbortSignal.abort(reason) }, work)).rejects.toBe(reason);
  });
});
