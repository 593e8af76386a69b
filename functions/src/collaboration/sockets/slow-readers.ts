import type { Clock } from '../../ports/clock.ts';
import type { Timers } from '../../ports/timers.ts';
import type { Logger } from '../../telemetry/logger.ts';
import type { Connection } from './connection.ts';
import type { Pace } from './room-member.ts';

/** When a reader counts as slow, and how long that may last. What it asked for itself does not make it slow. */
export interface SlowReaderLimits {
  sampleMs: number;
  /** From so many pending bytes on no cursors and previews are sent. */
  slowBytes: number;
  /** From so many on nothing is sent, and nothing may be asked; what was missed is replaced by one session:resync. */
  stoppedBytes: number;
  /** Once so few are pending the reader has caught up. */
  recoveredBytes: number;
  /** Whoever is behind and takes fewer bytes than these within `disconnectAfterMs` is disconnected. */
  progressBytes: number;
  disconnectAfterMs: number;
}

export const defaultSlowReaderLimits: SlowReaderLimits = {
  sampleMs: 250,
  slowBytes: 128 * 1024,
  stoppedBytes: 1024 * 1024,
  recoveredBytes: 16 * 1024,
  progressBytes: 64 * 1024,
  disconnectAfterMs: 30_000,
};

export interface SlowReadersOptions {
  connections: Iterable<Connection>;
  clock: Clock;
  timers: Timers;
  logger: Logger;
  limits: SlowReaderLimits;
}

const paceOf = (pending: number, before: Pace, limits: SlowReaderLimits): Pace => {
  if (pending >= limits.stoppedBytes) return 'stopped';
  if (pending <= limits.recoveredBytes) return 'well';
  if (before !== 'well') return before;
  return pending >= limits.slowBytes ? 'slow' : 'well';
};

/** Looks at what each reader leaves lying, so that one who does not read costs bounded memory (rule RT11). */
export const watchSlowReaders = (options: SlowReadersOptions): (() => void) => {
  const { connections, clock, timers, logger, limits } = options;

  const change = (connection: Connection, pace: Pace): void => {
    const before = connection.pace;
    connection.pace = pace;
    for (const member of connection.memberships.values()) {
      member.place();
      if (before === 'stopped') member.resync();
    }
  };

  /** Whether somebody who is behind has stopped reading; a slow line alone is no reason to end. */
  const standsStill = (connection: Connection, pending: number): boolean => {
    const { link, progress, pace } = connection;
    if (pace === 'well' && pending < limits.slowBytes) {
      connection.progress = undefined;
      return false;
    }
    const atMs = clock.monotonicMs();
    const takenBytes = link.takenBytes();
    if (progress !== undefined && takenBytes - progress.takenBytes < limits.progressBytes) {
      return atMs - progress.atMs >= limits.disconnectAfterMs;
    }
    connection.progress = { takenBytes, atMs };
    link.awaitPong();
    return false;
  };

  const sample = (connection: Connection): void => {
    const pendingBytes = connection.link.pendingBytes();
    const pace = paceOf(connection.toldBytes(pendingBytes), connection.pace, limits);
    if (pace !== connection.pace) change(connection, pace);
    if (!standsStill(connection, pendingBytes)) return;
    logger.warn(
      { userId: connection.identity.uid, pendingBytes },
      'a reader that stands still was disconnected',
    );
    connection.link.cut();
  };

  return timers.every(limits.sampleMs, () => {
    for (const connection of connections) sample(connection);
  });
};
