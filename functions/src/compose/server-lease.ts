import { hostname } from 'node:os';
import { AppError } from '../errors/app-error.ts';
import { newId } from '../ids/new-id.ts';
import { type Clock, isoTime } from '../ports/clock.ts';
import type { RecordReader, RecordStore } from '../ports/record-store.ts';
import type { Lease } from '../ports/records.ts';
import { StartRefusal } from '../start-refusal.ts';

/** The right to serve these records: of one server alone while nothing joins several (rule EN7). */
export interface ServerLease {
  release(): Promise<void>;
  /** Fulfilled when another server took over, which it may after this one stood still for longer than the lease. */
  lost: Promise<void>;
}

export interface ServerLeaseOptions {
  store: Pick<RecordStore, 'transaction'>;
  clock: Clock;
  /**
   * Where the files are, when the lease is held together by every server that Redis joins, and by none beside
   * them: only by those that keep files in the same place. Undefined for a server by itself.
   */
  sharedPlace?: string | undefined;
  renewEveryMs?: number;
}

const leaseId = 'server';
const ttlMs = 30_000;
/** Begins the holder of a lease that several servers hold together; it is given up by running out. */
const together = 'together: ';

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

/**
 * Whether the lease's holder may still be serving. On this host a dead process gives its lease up at once, so
 * that a restart after a crash need not wait; a lease with our own process id that was last renewed before this
 * process began belongs to a predecessor (containers give every process the same id).
 */
const isHeld = (lease: Lease, now: number): boolean => {
  const expiresAt = Date.parse(lease.expiresAt);
  if (expiresAt <= now) return false;
  if (lease.holder.startsWith(together)) return true;
  if (lease.host !== hostname()) return true;
  if (lease.pid !== process.pid) return isAlive(lease.pid);
  return expiresAt - ttlMs >= now - process.uptime() * 1000;
};

/** The lease of a server that may be running on these records. */
export const findServerLease = async (store: RecordReader, clock: Clock): Promise<Lease | undefined> => {
  const lease = await store.get('leases', leaseId);
  return lease !== undefined && isHeld(lease, clock.now()) ? lease : undefined;
};

/** Takes the lease out of a copy of the records, which came from a place that was served. */
export const dropServerLease = (store: RecordStore): Promise<void> =>
  store.write((writer) => writer.delete('leases', leaseId));

const elsewhere = (): StartRefusal =>
  new StartRefusal(
    'Other Proofdesk servers on these records keep artwork in another place, or did so half a minute ago, and would ' +
      'not find it here: give all of them the same FIREBASE_STORAGE_BUCKET, or a DATA_DIR whose folder proofs they share.',
  );

const refusal = ({ holder, pid, host }: Lease): StartRefusal =>
  new StartRefusal(
    holder.startsWith(together)
      ? 'Other Proofdesk servers that Redis joins serve these records, or did so half a minute ago: set REDIS_URL ' +
          'to join them, or stop them and wait for so long.'
      : `Another Proofdesk server (process ${pid} on ${host}) serves these records: stop it first, give this one ` +
          'a DATA_DIR, DATABASE_URL or FIREBASE_PROJECT_ID of its own, or set REDIS_URL for both.',
  );

/** Takes the lease, or fails with a StartRefusal; renews it until it is released. */
export const takeServerLease = async (options: ServerLeaseOptions): Promise<ServerLease> => {
  const { store, clock, sharedPlace, renewEveryMs = 10_000 } = options;
  const shared = sharedPlace !== undefined;
  const holder = shared ? `${together}${sharedPlace}` : newId();
  const fresh = (): Lease => ({
    id: leaseId,
    holder,
    host: hostname(),
    pid: process.pid,
    expiresAt: isoTime(clock.now() + ttlMs),
  });

  await store.transaction(async (transaction) => {
    const current = await transaction.get('leases', leaseId);
    if (current && current.holder !== holder && isHeld(current, clock.now())) {
      throw shared && current.holder.startsWith(together) ? elsewhere() : refusal(current);
    }
    transaction.put('leases', fresh());
  });

  let released = false;

  /** False when the lease is somebody else's now. */
  const renew = (): Promise<boolean> =>
    store.transaction(async (transaction) => {
      const current = await transaction.get('leases', leaseId);
      // It runs again when the release was faster: then it brings nothing back, and nothing was lost.
      if (released) return true;
      if (current !== undefined && current.holder !== holder) return false;
      transaction.put('leases', fresh());
      return true;
    });

  let timer: NodeJS.Timeout | undefined;
  const lost = new Promise<void>((resolve) => {
    timer = setInterval(async () => {
      // A store that is down for a moment must not end the renewals; the next one tries again.
      if (await renew().catch(() => true)) return;
      clearInterval(timer);
      resolve();
    }, renewEveryMs);
    timer.unref();
  });

  return {
    lost,
    release: async () => {
      released = true;
      clearInterval(timer);
      if (shared) return;
      const removal = store.transaction(async (transaction) => {
        const current = await transaction.get('leases', leaseId);
        if (current?.holder === holder) transaction.delete('leases', leaseId);
      });
      // A store that is gone cannot be told; the lease runs out by itself, and the server must stop all the same.
      await removal.catch((error: unknown) => {
        if (!(error instanceof AppError && error.code === 'unavailable')) throw error;
      });
    },
  };
};
