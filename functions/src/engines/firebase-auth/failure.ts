import { AppError } from '../../errors/app-error.ts';
import { withinDeadline } from '../../ports/deadline.ts';

const deadlineMs = 8_000;

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : '';

/** Failures of the way to Firebase, not of the request. */
const serviceCodes = new Set([
  'app/network-error',
  'app/network-timeout',
  'app/invalid-credential',
  'auth/internal-error',
  'auth/network-request-failed',
  'auth/quota-exceeded',
  'auth/too-many-requests',
]);

const isServiceFailure = (error: unknown): boolean => {
  if (error instanceof DOMException) return error.name === 'TimeoutError';
  // The SDK has no code of its own for public keys that it could not fetch.
  const lacksKeys = error instanceof Error && /fetching public keys/i.test(error.message);
  return lacksKeys || serviceCodes.has(codeOf(error));
};

export const invalidToken = (cause?: unknown): AppError =>
  new AppError('not_authenticated', 'The token is not valid any more: sign in again.', { cause });

const unavailable = (cause: unknown): AppError =>
  new AppError('unavailable', 'Accounts cannot be reached right now. Try again later.', {
    retryAfterMs: 2000,
    cause,
  });

const translated = (error: unknown): unknown => {
  if (isServiceFailure(error)) return unavailable(error);
  switch (codeOf(error)) {
    case 'auth/user-not-found':
      return new AppError('not_found', 'There is no user with this id.', { cause: error });
    case 'auth/email-already-exists':
    case 'auth/uid-already-exists':
      return new AppError('already_exists', 'There is an account with this e-mail address already.');
    default:
      return error;
  }
};

/** Every question to Firebase goes through here: it has a deadline, and its failure has a code of Proofdesk. */
export class Questions {
  #failing = false;

  /** Whether the last question got no answer. */
  get failing(): boolean {
    return this.#failing;
  }

  /** A question about accounts. */
  async ask<Result>(call: () => Promise<Result>): Promise<Result> {
    try {
      const result = await withinDeadline({ limitMs: deadlineMs }, call);
      this.#failing = false;
      return result;
    } catch (error) {
      this.#failing = isServiceFailure(error);
      throw translated(error);
    }
  }

  /** A question about a token: what is no failure of the service is the token's fault. */
  async askAboutToken<Result>(call: () => Promise<Result>): Promise<Result> {
    try {
      return await this.ask(call);
    } catch (error) {
      const isOfService = error instanceof AppError && error.code === 'unavailable';
      throw isOfService ? error : invalidToken(error);
    }
  }
}
