import type { OperatorLog } from '../../telemetry/service-calls.ts';
import type { Verdict } from './batch-state.ts';
import { type CommitOptions, commitBatch } from './commit-batch.ts';
import { isMachineFailure, writeUnavailable } from './failure.ts';
import { Holds } from './holds.ts';
import type { Check, UnitContent } from './write.ts';

interface Unit extends UnitContent {
  /** It lost before: it comes before those that wait, and nobody holds it back. */
  again: boolean;
  resolve(conflict: Check | undefined): void;
  reject(error: unknown): void;
}

interface CommitQueueOptions extends CommitOptions {
  logger?: OperatorLog | undefined;
}

/** Units of one commit, and the size of their texts; more wait for the next. */
const maxUnitsPerCommit = 512;
const maxTextPerCommit = 8 * 1024 * 1024;

const textOf = ({ writes }: UnitContent): number => {
  let units = 0;
  for (const { values } of writes)
    for (const value of values) if (typeof value === 'string') units += value.length;
  return units;
};

/**
 * Group commit: what arrives while one commit is under way shares the next one, so that the way to the server and
 * its sync of the log cost as much as for a single unit. One commit of a node at a time keeps the order of calls.
 */
export class CommitQueue {
  readonly holds = new Holds();
  readonly #options: CommitQueueOptions;
  #pending: Unit[] = [];
  #running: Promise<void> | undefined;
  #failing = false;

  constructor(options: CommitQueueOptions) {
    this.#options = options;
  }

  /** Whether the last commit could not be made because of the machine. */
  get failing(): boolean {
    return this.#failing;
  }

  /** Commits a unit, or tells what of that it had read has changed meanwhile. */
  commit(content: UnitContent, again = false): Promise<Check | undefined> {
    return new Promise((resolve, reject) => {
      this.#pending[again ? 'unshift' : 'push']({ ...content, again, resolve, reject });
      this.#running ??= this.#run();
    });
  }

  /** Waits until nothing is left to commit. */
  async idle(): Promise<void> {
    while (this.#running !== undefined) await this.#running;
  }

  async #run(): Promise<void> {
    // The rest of this tick comes along.
    await new Promise(setImmediate);
    while (this.#pending.length > 0) {
      const { units, waitMs } = this.#take();
      if (units.length > 0) await this.#commit(units);
      else await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
    this.#running = undefined;
  }

  /** The units of the next commit; when all are held back, how long. */
  #take(): { units: Unit[]; waitMs: number } {
    const units: Unit[] = [];
    const waiting: Unit[] = [];
    let text = 0;
    let until = Number.POSITIVE_INFINITY;
    for (const unit of this.#pending) {
      const held = unit.again ? undefined : this.holds.until(unit);
      until = Math.min(until, held ?? until);
      const full = units.length >= maxUnitsPerCommit || text >= maxTextPerCommit;
      if (full || held !== undefined) {
        waiting.push(unit);
        continue;
      }
      units.push(unit);
      text += textOf(unit);
    }
    this.#pending = waiting;
    return { units, waitMs: Math.min(holdPollMs, Math.max(0, until - performance.now())) };
  }

  async #commit(units: readonly Unit[]): Promise<void> {
    try {
      const verdicts = await commitBatch(this.#options, units);
      this.#recovered();
      for (const [index, unit] of units.entries()) settle(unit, verdicts[index] ?? {});
    } catch (error) {
      if (isMachineFailure(error)) this.#refuse(units, error);
      else await this.#commitOneByOne(units, error);
    }
  }

  /** The server refuses something that a unit says: each stands for itself then. */
  async #commitOneByOne(units: readonly Unit[], error: unknown): Promise<void> {
    const [only] = units;
    if (units.length === 1) only?.reject(error);
    else for (const unit of units) await this.#commit([unit]);
  }

  #refuse(units: readonly Unit[], cause: unknown): void {
    if (!this.#failing) {
      this.#options.logger?.error(
        { err: cause },
        'Writes are refused: PostgreSQL does not answer as it should',
      );
    }
    this.#failing = true;
    for (const unit of units) unit.reject(writeUnavailable(cause));
  }

  #recovered(): void {
    if (this.#failing) this.#options.logger?.info({}, 'PostgreSQL accepts writes again');
    this.#failing = false;
  }
}

/** A hold may end before its time; nobody tells those who wait. */
const holdPollMs = 5;

const settle = (unit: Unit, { conflict, error }: Verdict): void => {
  if (error === undefined) unit.resolve(conflict);
  else unit.reject(error);
};
