import type { DocumentReference, WriteResult } from 'firebase-admin/firestore';
import { AppError } from '../../errors/app-error.ts';
import type { ServiceCalls } from '../../telemetry/service-calls.ts';
import { applyWrite } from './apply-writes.ts';
import type { Documents } from './document-names.ts';
import { alreadyExists, grpc, grpcCodeOf } from './failure.ts';
import type { DocumentWrite } from './unit-writes.ts';

/** Times the counters of a unit are looked at anew when others make or delete them meanwhile. */
const maxTries = 10;

interface UnitOptions {
  documents: Documents;
  calls: ServiceCalls;
}

/** Which of the documents are there, all seen at one moment. */
const seen = async (
  { documents, calls }: UnitOptions,
  refs: readonly DocumentReference[],
): Promise<Set<string>> => {
  if (refs.length === 0) return new Set();
  const found = await calls.make(() => documents.firestore.getAll(...refs, { fieldMask: ['id'] }));
  return new Set(found.filter(({ exists }) => exists).map(({ ref }) => ref.path));
};

const commitAssuming = (
  { documents, calls }: UnitOptions,
  writes: readonly DocumentWrite[],
  isThere: (ref: DocumentReference) => boolean,
): Promise<WriteResult[]> => {
  const batch = documents.firestore.batch();
  for (const write of writes) applyWrite(batch, write, isThere);
  return calls.make(() => batch.commit());
};

/**
 * Commits writes that depend on nothing read. A counter is first taken for one that is there, which is so for
 * all but its first time, so that adding to it needs no look at it and never waits for another writer's look.
 */
export const commitUnit = async (options: UnitOptions, writes: readonly DocumentWrite[]): Promise<void> => {
  const counters = writes.filter(({ effect }) => effect.kind === 'add').map(({ ref }) => ref);
  let there = new Set(counters.map(({ path }) => path));
  for (let tries = 0; tries < maxTries; tries += 1) {
    try {
      await commitAssuming(options, writes, ({ path }) => there.has(path));
      return;
    } catch (error) {
      const code = grpcCodeOf(error);
      if (code !== grpc.notFound && code !== grpc.alreadyExists) throw error;
      const now = await seen(options, counters);
      const asAssumed = now.size === there.size && [...now].every((path) => there.has(path));
      if (asAssumed && code === grpc.alreadyExists) throw alreadyExists();
      there = now;
    }
  }
  throw new AppError('conflict', 'Others keep making and deleting the same record. Try again.', {
    retryAfterMs: 1000,
  });
};
