import { AppError } from '../errors/app-error.ts';
import { everyRecord } from '../ports/every-record.ts';
import type { RecordStore } from '../ports/record-store.ts';
import type { TrainingProgress } from '../ports/records.ts';
import type { StalenessView } from '../protocol/training.ts';
import { noModule } from './module-access.ts';
import { partsOf } from './module-parts.ts';
import { createNames } from './names.ts';

/** As many people as a reply names. */
const maximumPeople = 500;

type Passed = TrainingProgress & { completedAt: string };

/** Everybody's newest completed version of a module, those who are up to date left out. */
const passedEarlier = async (store: RecordStore, moduleId: string, version: number): Promise<Passed[]> => {
  const newest = new Map<string, Passed>();
  const completed = everyRecord(store, 'trainingProgress', {
    where: [{ field: 'moduleId', operator: '==', value: moduleId }],
    orderBy: 'completedAt',
    direction: 'ascending',
  });
  for await (const progress of completed) {
    const { userId, completedAt } = progress;
    const known = newest.get(userId)?.version ?? 0;
    if (completedAt !== undefined && progress.version >= known)
      newest.set(userId, { ...progress, completedAt });
  }
  return [...newest.values()].filter((progress) => progress.version < version);
};

/** Which parts of a module a change made untrue, by which facts, and who learnt it before (rule TR3). */
export const createStalenessReader =
  (store: RecordStore) =>
  async (moduleId: string): Promise<StalenessView> => {
    const module = await store.get('trainingModules', moduleId);
    if (module === undefined) throw new AppError('not_found', noModule);
    const { content, version } = module;
    const people = await passedEarlier(store, moduleId, version);
    const nameOf = createNames(store);
    const listed = people.slice(0, maximumPeople).map(async (progress) => ({
      userId: progress.userId,
      name: await nameOf(progress.userId),
      version: progress.version,
      completedAt: progress.completedAt,
    }));
    return {
      moduleId,
      version,
      parts: partsOf(content).flatMap(({ kind, id, text, stale }) =>
        stale === undefined ? [] : [{ kind, id, text, ...stale }],
      ),
      passedEarlier: await Promise.all(listed),
      capped: people.length > maximumPeople,
    };
  };
