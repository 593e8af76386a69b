import { AppError } from '../../errors/app-error.ts';

/**
 * `again`: others were in the way (deadlock, serialisation), the same work may succeed at once. `statement`: the
 * server refuses this very statement. `machine`: the server is slow, full, stopping or gone.
 */
export type FailureKind = 'again' | 'statement' | 'machine';

/**
 * Classes of SQLSTATE (https://www.postgresql.org/docs/15/errcodes-appendix.html) that speak of the server, not of
 * the statement: connections, authorisation, missing database, resources, cancelled by a timeout or an operator,
 * a read-only standby, and faults of the system.
 */
const machineStates = ['08', '28', '3D', '53', '55P03', '57', '58', '25006', '25P03', 'XX001', 'XX002', 'F0'];
const againStates = ['40001', '40P01'];

const sqlStateOf = (error: unknown): string | undefined => {
  if (!(error instanceof Error) || !('code' in error) || !('severity' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
};

const kindOf = (error: unknown): FailureKind => {
  const state = sqlStateOf(error);
  // Without a state the server said nothing: a broken connection, or a wait that was ended.
  if (state === undefined || machineStates.some((start) => state.startsWith(start))) return 'machine';
  return againStates.includes(state) ? 'again' : 'statement';
};

/** The server is there and will not have us: no such user, password or database. */
const refusalStates = ['28', '3D'];

/** Node gives the several addresses of one name an error each, and their sum no message. */
const describe = (cause: unknown): string => {
  if (cause instanceof AggregateError && cause.message === '') return cause.errors.map(describe).join('; ');
  return cause instanceof Error ? cause.message : String(cause);
};

/** Whatever a statement, or the way to the server, fails with. */
export class DatabaseFailure extends Error {
  override readonly name = 'DatabaseFailure';
  readonly kind: FailureKind;
  /** Waiting does not help. */
  readonly refused: boolean;

  constructor(cause: unknown) {
    super(describe(cause), { cause });
    this.kind = kindOf(cause);
    this.refused = refusalStates.some((start) => sqlStateOf(cause)?.startsWith(start));
  }
}

export const isMachineFailure = (error: unknown): boolean =>
  error instanceof DatabaseFailure && error.kind === 'machine';

/** Others were in the way. */
export const isRaceFailure = (error: unknown): boolean =>
  error instanceof DatabaseFailure && error.kind === 'again';

const retryAfterMs = 2000;

export const writeUnavailable = (cause: unknown): AppError =>
  new AppError('unavailable', 'The records cannot be saved right now. Try again later.', {
    retryAfterMs,
    cause,
  });

/** Failures of the machine, and lost races, become `unavailable`; everything else stays what it is. */
export const readFailure = (error: unknown): unknown =>
  isMachineFailure(error) || isRaceFailure(error)
    ? new AppError('unavailable', 'The records cannot be read right now. Try again later.', {
        retryAfterMs,
        cause: error,
      })
    : error;
