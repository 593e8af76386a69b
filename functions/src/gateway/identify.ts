import { AppError } from '../errors/app-error.ts';
import type { Authentication } from './authentication.ts';
import type { Exchange } from './exchange.ts';

const scheme = /^Bearer +([A-Za-z0-9._~+/=-]+)$/i;

const bearerTokenOf = (authorization: string): string | undefined => scheme.exec(authorization)?.[1];

const refuse = (exchange: Exchange, error: unknown): void => {
  if (!(error instanceof AppError) || error.status !== 401) throw error;
  exchange.tokenProblem = error.detail;
};

/**
 * Finds out who asks. A token that is not valid makes its sender anonymous, not refused: operations for anyone
 * work with it, the others answer 401, and the request counts for its address. Waits only for a first sight.
 */
export const identify = (exchange: Exchange, authentication: Authentication): Promise<void> | undefined => {
  const { authorization } = exchange.request.headers;
  if (authorization === undefined) return undefined;
  const token = bearerTokenOf(authorization);
  exchange.token = token;
  if (token === undefined) {
    exchange.tokenProblem = 'That is no token: send Authorization: Bearer <token>.';
    return undefined;
  }
  const known = authentication.known(token);
  if (known !== undefined) {
    exchange.identity = known.identity;
    return undefined;
  }
  return authentication.verify(token).then(
    (verified) => {
      exchange.identity = verified.identity;
    },
    (error: unknown) => refuse(exchange, error),
  );
};
