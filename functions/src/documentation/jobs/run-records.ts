import { AppError } from '../../errors/app-error.ts';
import { type Clock, isoTime } from '../../ports/clock.ts';
import type { RecordStore } from '../../ports/record-store.ts';
import type { DocumentationRun } from '../../ports/records.ts';
import type { DocumentationJob } from '../../protocol/documentation-api.ts';

/** What all servers know of each other's runs. */
export interface RunRecords {
  /** Begins the run, unless one for the same document goes on anywhere: then gives how far that is. */
  begin(run: string, job: DocumentationJob): Promise<DocumentationJob | undefined>;
  /** Says that the run goes on; false when it is not to, because it was cancelled or another one took its place. */
  goOn(run: string, job: DocumentationJob): Promise<boolean>;
  /** Keeps how the run ended, unless another one took its place. */
  end(run: string, job: DocumentationJob): Promise<void>;
  /**
   * The newest run of a document, as failed when its server fell silent: another one may take its place then.
   * AppError `not_found`.
   */
  find(id: string): Promise<{ job: DocumentationJob; isSilent: boolean }>;
  /** Whether the newest run of a document goes on, or ended otherwise than by making it. */
  isOpen(id: string): Promise<boolean>;
  /** Has the server that runs it stop; what has ended stays as it is. AppError `not_found`. */
  cancel(id: string): Promise<void>;
}

/** A run whose server has said nothing for so long has ended with it. */
const silentMs = 30_000;
/** How long it can be asked how a run ended. */
const keptMs = 7 * 86_400_000;
const forgottenAtOnce = 100;

const abandoned = 'The server that made it has stopped: ask for the document again.';

export const createRunRecords = ({ store, clock }: { store: RecordStore; clock: Clock }): RunRecords => {
  const now = (): string => isoTime(clock.now());

  const isSilent = ({ job, heardAt }: DocumentationRun): boolean =>
    job.status === 'running' && clock.now() - Date.parse(heardAt) >= silentMs;

  const found = (record: DocumentationRun | undefined): DocumentationRun => {
    if (record !== undefined) return record;
    throw new AppError('not_found', 'There is no job with this id: what ended is forgotten after a week.');
  };

  const shown = (record: DocumentationRun): DocumentationJob =>
    isSilent(record) ? { ...record.job, status: 'failed', problem: abandoned } : record.job;

  const forgetOld = async (): Promise<void> => {
    const { items } = await store.list('documentationRuns', {
      where: [{ field: 'heardAt', operator: '<', value: isoTime(clock.now() - keptMs) }],
      orderBy: 'heardAt',
      direction: 'ascending',
      limit: forgottenAtOnce,
    });
    if (items.length === 0) return;
    await store.write((writer) => {
      for (const { id } of items) writer.delete('documentationRuns', id);
    });
  };

  /** Changes the record of a run that still has its place; false when it has not. */
  const change = (run: string, job: DocumentationJob): Promise<boolean> =>
    store.transaction(async (transaction) => {
      const record = await transaction.get('documentationRuns', job.id);
      if (record?.run !== run) return false;
      transaction.put('documentationRuns', { ...record, job, heardAt: now() });
      return !record.cancelled;
    });

  return {
    begin: async (run, job) => {
      const other = await store.transaction(async (transaction) => {
        const record = await transaction.get('documentationRuns', job.id);
        if (record !== undefined && shown(record).status === 'running') return record.job;
        transaction.put('documentationRuns', { id: job.id, run, job, heardAt: now(), cancelled: false });
        return undefined;
      });
      if (other === undefined) await forgetOld();
      return other;
    },
    goOn: change,
    end: async (run, job) => {
      await change(run, job);
    },
    find: async (id) => {
      const record = found(await store.get('documentationRuns', id));
      return { job: shown(record), isSilent: isSilent(record) };
    },
    isOpen: async (id) => {
      const record = await store.get('documentationRuns', id);
      return record !== undefined && record.job.status !== 'done';
    },
    cancel: (id) =>
      store.transaction(async (transaction) => {
        const record = found(await transaction.get('documentationRuns', id));
        if (record.job.status === 'running') {
          transaction.put('documentationRuns', { ...record, cancelled: true });
        }
      }),
  };
};
