import { AppError } from '../../errors/app-error.ts';
import type { OperatorLog } from '../../telemetry/service-calls.ts';
import type { SqliteConnection, SqliteStatement, SqliteValue } from './driver.ts';
import { describeFailure, isBusy, isMachineFailure, unavailable } from './failure.ts';
import { versionIn } from './table.ts';

/** One statement with its values. */
export interface Operation {
  statement: SqliteStatement;
  values: SqliteValue[];
  /** The statement must change a row; when it does not, the id was taken. */
  creates: boolean;
}

/** Something that was read and must still be so when the unit is committed: a record's version, a log's head. */
export interface ReadCheck {
  /** Names what was read within the store. */
  key: string;
  /** Ends each row with the version that counts now; no row is version 0. */
  current: SqliteStatement;
  values: SqliteValue[];
  /** 0 when there was no such record. */
  version: number;
}

/** Operations that are committed together or not at all. */
interface Unit {
  checks: readonly ReadCheck[];
  operations: readonly Operation[];
  resolve(conflict: ReadCheck | undefined): void;
  reject(error: unknown): void;
}

/** How a unit fared inside the commit that is under way. */
interface Outcome {
  conflict?: ReadCheck;
  error?: unknown;
}

interface CommitQueueOptions {
  connection: SqliteConnection;
  /** Named in the log. */
  file: string;
  logger?: OperatorLog | undefined;
  /** How long units wait for a lock of another process before they are refused. */
  lockWaitMs?: number;
}

/** Units of one commit; more wait for the next tick, so that a flood cannot hold up everything else. */
const maxUnitsPerCommit = 512;
const defaultLockWaitMs = 5000;
const lockRetryMs = 10;

/**
 * Group commit: all units that arrive in one tick share one transaction and one sync of the log, which costs
 * as much as a single one. Promises are settled after the commit, in order of arrival.
 */
export class CommitQueue {
  readonly #connection: SqliteConnection;
  readonly #file: string;
  readonly #logger: OperatorLog | undefined;
  readonly #lockWaitMs: number;
  #pending: Unit[] = [];
  #scheduled = false;
  #waitingSinceMs: number | undefined;
  #failing = false;

  constructor(options: CommitQueueOptions) {
    this.#connection = options.connection;
    this.#file = options.file;
    this.#logger = options.logger;
    this.#lockWaitMs = options.lockWaitMs ?? defaultLockWaitMs;
  }

  /** Whether the last commit could not be made because of the machine. */
  get failing(): boolean {
    return this.#failing;
  }

  /**
   * Commits the operations with the tick, or tells which read record has changed meanwhile. `first` is for a unit
   * that lost before: it comes before those that wait, or a writer that never pauses would beat it every time.
   */
  commit(
    checks: readonly ReadCheck[],
    operations: readonly Operation[],
    first = false,
  ): Promise<ReadCheck | undefined> {
    return new Promise((resolve, reject) => {
      this.#pending[first ? 'unshift' : 'push']({ checks, operations, resolve, reject });
      if (!this.#scheduled) this.#schedule();
    });
  }

  /** Waits until nothing is left to commit. */
  async idle(): Promise<void> {
    while (this.#pending.length > 0) await this.commit([], []).catch(() => undefined);
  }

  #schedule(): void {
    this.#scheduled = true;
    setImmediate(this.#flush);
  }

  readonly #flush = (): void => {
    try {
      this.#connection.exec('BEGIN IMMEDIATE');
    } catch (error) {
      this.#afterRefusedBegin(error);
      return;
    }
    this.#scheduled = false;
    this.#waitingSinceMs = undefined;
    const units = this.#pending.splice(0, maxUnitsPerCommit);
    if (this.#pending.length > 0) this.#schedule();
    this.#commitAll(units);
  };

  #afterRefusedBegin(error: unknown): void {
    this.#waitingSinceMs ??= performance.now();
    if (isBusy(error) && performance.now() - this.#waitingSinceMs < this.#lockWaitMs) {
      setTimeout(this.#flush, lockRetryMs);
      return;
    }
    this.#scheduled = false;
    this.#waitingSinceMs = undefined;
    this.#refuse(this.#pending.splice(0), error);
  }

  #commitAll(units: readonly Unit[]): void {
    let outcomes: Outcome[];
    try {
      outcomes = this.#attemptAll(units);
      this.#connection.exec('COMMIT');
    } catch (error) {
      this.#rollback();
      this.#refuse(units, error);
      return;
    }
    this.#recovered();
    for (const [index, unit] of units.entries()) settle(unit, outcomes[index]);
  }

  /**
   * Applies all units without savepoints, behind which SQLite would copy each page before it changes it. When one of
   * them fails, the commit begins anew with a savepoint for each, so that it harms no other.
   */
  #attemptAll(units: readonly Unit[]): Outcome[] {
    const outcomes = units.map((unit) => this.#attempt(unit, applyEach));
    // A single statement is atomic by itself.
    const single = units.every(({ operations }) => operations.length < 2);
    if (single || outcomes.every(({ error }) => error === undefined)) return outcomes;
    this.#connection.exec('ROLLBACK');
    this.#connection.exec('BEGIN IMMEDIATE');
    return units.map((unit) => this.#attempt(unit, (operations) => this.#applyTogether(operations)));
  }

  /** Applies one unit. What is wrong with the unit is its outcome; a failing machine ends the whole commit. */
  #attempt({ checks, operations }: Unit, applyAll: (operations: readonly Operation[]) => void): Outcome {
    try {
      const conflict = checks.find(hasChanged);
      if (conflict !== undefined) return { conflict };
      applyAll(operations);
      return nothingWrong;
    } catch (error) {
      if (isMachineFailure(error)) throw error;
      return { error };
    }
  }

  #applyTogether(operations: readonly Operation[]): void {
    this.#connection.exec('SAVEPOINT unit');
    try {
      applyEach(operations);
      this.#connection.exec('RELEASE unit');
    } catch (error) {
      if (!isMachineFailure(error)) this.#connection.exec('ROLLBACK TO unit; RELEASE unit');
      throw error;
    }
  }

  #rollback(): void {
    try {
      this.#connection.exec('ROLLBACK');
    } catch {
      // SQLite rolls back by itself on some failures, and then says that there is nothing to roll back.
    }
  }

  #refuse(units: readonly Unit[], cause: unknown): void {
    if (!this.#failing) {
      const details = { err: cause, file: this.#file };
      this.#logger?.error(details, `Writes are refused: ${describeFailure(cause)}; reads go on`);
    }
    this.#failing = true;
    for (const unit of units) unit.reject(isMachineFailure(cause) ? unavailable(cause) : cause);
  }

  #recovered(): void {
    if (this.#failing) this.#logger?.info({ file: this.#file }, 'Writes are accepted again');
    this.#failing = false;
  }
}

const nothingWrong: Outcome = {};

const settle = (unit: Unit, outcome: Outcome | undefined): void => {
  if (outcome?.error === undefined) unit.resolve(outcome?.conflict);
  else unit.reject(outcome.error);
};

const hasChanged = (check: ReadCheck): boolean =>
  versionIn(check.current.get(check.values)) !== check.version;

const apply = (operation: Operation): void => {
  const changed = operation.statement.run(operation.values);
  if (operation.creates && changed === 0) {
    throw new AppError('already_exists', 'A record with this id exists already; use another id.');
  }
};

const applyEach = (operations: readonly Operation[]): void => {
  for (const operation of operations) apply(operation);
};
