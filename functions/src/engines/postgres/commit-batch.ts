import { collections } from '../../ports/collections.ts';
import type { CollectionName } from '../../ports/records.ts';
import { BatchState, type Verdict } from './batch-state.ts';
import type { Connections, RunStatement } from './connections.ts';
import { isMachineFailure, isRaceFailure, writeUnavailable } from './failure.ts';
import { headsStatement } from './log-statements.ts';
import type { Tables } from './tables.ts';
import { recordKey, type UnitContent } from './write.ts';
import { TakenMeanwhile, WritePlan } from './write-plan.ts';

export interface CommitOptions {
  connections: Connections;
  tables: Tables;
}

/** Times a commit is tried when others were in its way. */
const maxTries = 10;

/**
 * Decisions that rest on the absence of a record take turns over all nodes: two of them, each making what the
 * other found missing, have no row at which they would meet.
 */
const absenceLock = 7_205_911_438;

const collectionNames = Object.keys(collections) as CollectionName[];

/** What must be known, and held, before the units can be decided. */
interface Footing {
  ids: Map<CollectionName, Set<string>>;
  sessions: string[];
  restsOnAbsence: boolean;
}

const footingOf = (units: readonly UnitContent[], careful: boolean): Footing => {
  const ids = new Map<CollectionName, Set<string>>();
  const add = (collection: CollectionName, id: string): void => {
    const known = ids.get(collection);
    if (known === undefined) ids.set(collection, new Set([id]));
    else known.add(id);
  };
  const sessions = new Set<string>();
  let restsOnAbsence = false;
  for (const { checks, writes } of units) {
    for (const check of checks) {
      if (check.kind === 'record') add(check.collection, check.id);
      else add('supportSessions', check.sessionId);
      if (check.kind === 'head') sessions.add(check.sessionId);
      else restsOnAbsence ||= check.version === 0;
    }
    if (!careful) continue;
    for (const { kind, collection, id } of writes) if (kind === 'create') add(collection, id);
  }
  return { ids, sessions: [...sessions], restsOnAbsence };
};

/**
 * Locks the rows, in one order for all nodes, and reads what they say. The heads are read by a statement of their
 * own behind the locks: one that waited for a lock sees entries as they were before it waited.
 */
const standOn = async (
  run: RunStatement,
  tables: Tables,
  footing: Footing,
  begun: Promise<unknown>,
): Promise<BatchState> => {
  const { codec } = tables.of('supportSessions');
  const state = new BatchState(codec.fields.indexOf('epoch'));
  const locked = collectionNames.filter((name) => footing.ids.has(name));
  if (footing.ids.size === 0) return state;
  const absence = footing.restsOnAbsence
    ? run('SELECT pg_advisory_xact_lock($1)', [absenceLock])
    : Promise.resolve([]);
  const rows = locked.map((name) => run(tables.of(name).lock, [[...(footing.ids.get(name) ?? [])]]));
  const heads = footing.sessions.length > 0 ? run(headsStatement, [footing.sessions]) : Promise.resolve([]);
  await settled([begun, absence, ...rows, heads]);
  for (const [index, name] of locked.entries()) {
    for (const id of footing.ids.get(name) ?? []) state.versions.set(recordKey(name, id), 0);
    for (const [id, version] of (await rows[index]) ?? []) {
      state.versions.set(recordKey(name, String(id)), Number(version));
    }
  }
  for (const id of footing.sessions) state.heads.set(id, undefined);
  for (const [id, epoch, seq] of await heads) {
    state.heads.set(String(id), { epoch: epoch ?? null, seq: Number(seq) });
  }
  return state;
};

/** Waits for all, so that nothing is under way behind a failure; fails with the first. */
const settled = async (steps: readonly Promise<unknown>[]): Promise<void> => {
  const results = await Promise.allSettled(steps);
  for (const result of results) if (result.status === 'rejected') throw result.reason;
};

const decide = (
  state: BatchState,
  units: readonly UnitContent[],
): { verdicts: Verdict[]; plan: WritePlan } => {
  const plan = new WritePlan();
  const verdicts = units.map((unit) => {
    const verdict = state.admit(unit);
    const admitted = verdict.conflict === undefined && verdict.error === undefined;
    for (const write of admitted ? unit.writes : []) plan.add(write);
    return verdict;
  });
  return { verdicts, plan };
};

/** Verdicts, or why nothing was done although the connection is sound. */
type Attempt = { verdicts: Verdict[] } | { inVain: unknown };

const attempt = (
  { connections, tables }: CommitOptions,
  units: readonly UnitContent[],
  careful: boolean,
): Promise<Attempt> =>
  connections.lend(async (run) => {
    try {
      const begun = run('BEGIN');
      const state = await standOn(run, tables, footingOf(units, careful), begun);
      const { verdicts, plan } = decide(state, units);
      // Nothing waits for an answer before the next is sent, but a commit must know that everything was done.
      await settled([begun, ...plan.statements(tables).map((send) => send(run))]);
      await run(plan.empty ? 'ROLLBACK' : 'COMMIT');
      return { verdicts };
    } catch (error) {
      if (isMachineFailure(error)) throw error;
      await run('ROLLBACK');
      return { inVain: error };
    }
  });

const isInTheWay = (error: unknown): boolean => error instanceof TakenMeanwhile || isRaceFailure(error);

/**
 * Commits units as one transaction and says of each how it fared; fails when the whole could not be done, with
 * AppError `unavailable` when others were in the way each time.
 */
export const commitBatch = async (
  options: CommitOptions,
  units: readonly UnitContent[],
): Promise<Verdict[]> => {
  let careful = false;
  for (let tries = 1; ; tries += 1) {
    const result = await attempt(options, units, careful);
    if ('verdicts' in result) return result.verdicts;
    if (!isInTheWay(result.inVain)) throw result.inVain;
    if (tries >= maxTries) throw writeUnavailable(result.inVain);
    careful ||= result.inVain instanceof TakenMeanwhile;
  }
};
