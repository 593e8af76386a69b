import { AppError } from '../../errors/app-error.ts';
import { type Clock, isoTime } from '../../ports/clock.ts';
import type { VerifiedToken } from '../../ports/identity.ts';
import type { Timers } from '../../ports/timers.ts';
import type { Logger } from '../../telemetry/logger.ts';
import type { Connection } from './connection.ts';

/** Verifies tokens as the gateway does, with the same memory of a few seconds. */
export interface TokenVerifier {
  /** The result of an earlier verification that still holds, without waiting. */
  known(token: string): VerifiedToken | undefined;
  /** AppError `not_authenticated` when the token is not valid any more, `unavailable` when nobody knows. */
  verify(token: string): Promise<VerifiedToken>;
}

/** A token is looked at again this often; with what the verifier remembers a revocation holds within 30 s. */
const recheckMs = 10_000;
const sweepMs = 1_000;
/** How long before its end the holder of a token is told. */
const warnMs = 60_000;

export interface TokenWatchOptions {
  connections: Iterable<Connection>;
  authentication: TokenVerifier;
  clock: Clock;
  timers: Timers;
  logger: Logger;
}

export const expiredToken = (): AppError =>
  new AppError('not_authenticated', 'The token is not valid any more: sign in again.');

/** Cuts off connections whose token has ended or was revoked, and warns those it happens to soon (rule RT9). */
export const watchTokens = (options: TokenWatchOptions, cutOff: (connection: Connection) => void) => {
  const { connections, authentication, clock, timers, logger } = options;

  const accept = (connection: Connection, verified: VerifiedToken): void => {
    connection.checkedAt = clock.monotonicMs();
    // Another role sees other things: the client comes back and joins with it.
    if (verified.identity.role === connection.identity.role) connection.identity = verified.identity;
    else connection.link.cut();
  };

  const recheck = async (connection: Connection): Promise<void> => {
    const { token } = connection;
    connection.checkedAt = clock.monotonicMs();
    try {
      const verified = authentication.known(token) ?? (await authentication.verify(token));
      if (connection.token === token && !connection.closed) accept(connection, verified);
    } catch (error) {
      if (connection.token !== token || connection.closed) return;
      if (error instanceof AppError && error.status === 401) cutOff(connection);
      else logger.warn({ err: error }, 'a token could not be checked again: its connection stays');
    }
  };

  const look = (connection: Connection): void => {
    const leftMs = connection.expiresAt - clock.now();
    if (leftMs <= 0) {
      cutOff(connection);
      return;
    }
    if (leftMs <= warnMs && !connection.warned) {
      connection.warned = true;
      const expiresAt = isoTime(connection.expiresAt);
      connection.link.emit({ event: 'auth:expiring', payload: { expiresAt } });
    }
    if (clock.monotonicMs() - connection.checkedAt >= recheckMs) void recheck(connection);
  };

  return timers.every(sweepMs, () => {
    for (const connection of connections) look(connection);
  });
};
