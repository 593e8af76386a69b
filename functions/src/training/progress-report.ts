import { stringify } from 'csv-stringify/sync';
import { everyRecord } from '../ports/every-record.ts';
import type { Query, RecordStore } from '../ports/record-store.ts';
import type { TrainingProgress } from '../ports/records.ts';
import type { ReportPage, ReportQuery } from '../protocol/training-progress.ts';
import { createNames } from './names.ts';
import { presentProgress } from './progress-view.ts';

type ReportRow = ReportPage['items'][number];

/** Progress of everybody, for administrators. */
export interface ProgressReport {
  page(query: ReportQuery): Promise<ReportPage>;
  /** All of it as one table for spreadsheets; a text that would run as a formula gets an apostrophe. */
  csv(query: ReportQuery): Promise<string>;
}

/** A table of more rows is no table for a spreadsheet any more. */
const maximumRows = 100_000;

const columns = [
  'userId',
  'name',
  'moduleId',
  'title',
  'type',
  'version',
  'startedAt',
  'completedAt',
  'score',
  'attempts',
  'updatedAt',
];

const queryOf = ({ module }: ReportQuery): Omit<Query<'trainingProgress'>, 'limit' | 'cursor'> => ({
  ...(module !== undefined && { where: [{ field: 'moduleId', operator: '==', value: module }] }),
  orderBy: 'updatedAt',
  direction: 'descending',
});

export const createProgressReport = (store: RecordStore): ProgressReport => {
  const rowOf = async (progress: TrainingProgress, nameOf: ReturnType<typeof createNames>) => ({
    userId: progress.userId,
    name: await nameOf(progress.userId),
    ...presentProgress(progress),
  });

  return {
    page: async (query) => {
      const nameOf = createNames(store);
      const { limit, cursor } = query;
      const page = await store.list('trainingProgress', { ...queryOf(query), limit, cursor });
      const items = await Promise.all(page.items.map((progress) => rowOf(progress, nameOf)));
      return { items, ...(page.nextCursor !== undefined && { nextCursor: page.nextCursor }) };
    },
    csv: async (query) => {
      const nameOf = createNames(store);
      const rows: (Omit<ReportRow, 'attempts'> & { attempts: number })[] = [];
      for await (const progress of everyRecord(store, 'trainingProgress', queryOf(query))) {
        rows.push({ ...(await rowOf(progress, nameOf)), attempts: progress.attempts.length });
        if (rows.length >= maximumRows) break;
      }
      return stringify(rows, { header: true, columns, bom: true, escape_formulas: true });
    },
  };
};
