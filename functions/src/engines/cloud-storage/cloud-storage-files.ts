import { AppError } from '../../errors/app-error.ts';
import { withinDeadline } from '../../ports/deadline.ts';
import type { Files } from '../../ports/files.ts';
import { idSchema } from '../../protocol/common.ts';
import { type OperatorLog, ServiceCalls } from '../../telemetry/service-calls.ts';
import type { Bucket, BucketFile } from './connect-bucket.ts';
import { openDownload } from './download.ts';
import { http, isPassing, judgeFailure, statusOf, unavailable } from './failure.ts';
import { upload } from './upload.ts';

export interface CloudStorageFilesOptions {
  bucket: Bucket;
  /** Longest wait for one answer, and for a part of an upload to be taken. */
  deadlineMs?: number;
  logger?: OperatorLog | undefined;
}

/** Files, and whether their bucket can be used at all. */
export interface CloudStorageFiles extends Files {
  /** Fails with the service's own words when it refuses us; that it is slow or gone is no refusal. */
  probe(): Promise<void>;
}

/** Objects below it are named by their ids, as the files of the disk engine are. */
const folder = 'proofs/';

/** Files in a bucket of Cloud Storage; one is stored when its upload was ended and confirmed. */
export const createCloudStorageFiles = (options: CloudStorageFilesOptions): CloudStorageFiles => {
  const { bucket, deadlineMs = 10_000, logger } = options;
  const calls = new ServiceCalls({ service: 'Cloud Storage', deadlineMs, logger, judge: judgeFailure });

  const fileOf = (id: string): BucketFile => {
    if (!idSchema.safeParse(id).success) throw new Error(`${JSON.stringify(id)} is no id of a file`);
    return bucket.file(`${folder}${id}`);
  };

  const list = () =>
    calls.make(() => bucket.getFiles({ prefix: folder, maxResults: 1, autoPaginate: false }));

  return {
    probe: async () => {
      try {
        await list();
      } catch (error) {
        const cause = error instanceof AppError ? error.cause : error;
        if (!isPassing(cause)) throw cause;
      }
    },
    put: async (id, source, limitBytes) => {
      const file = fileOf(id);
      try {
        return await upload({ file, source, limitBytes, calls });
      } catch (error) {
        source.destroy();
        if (statusOf(error) === http.preconditionFailed) {
          throw new AppError('already_exists', 'There is a file with this id.');
        }
        throw statusOf(error) === http.notFound ? unavailable(error) : error;
      }
    },
    read: async (id, range) => {
      try {
        return await openDownload(fileOf(id), calls, range);
      } catch (error) {
        if (statusOf(error) !== http.notFound) throw error;
        throw new AppError('not_found', 'There is no such file.');
      }
    },
    exists: async (id) => {
      const file = fileOf(id);
      const [isThere] = await calls.make(() => file.exists());
      return isThere;
    },
    delete: async (id) => {
      const file = fileOf(id);
      await calls.make(() => file.delete({ ignoreNotFound: true }));
    },
    // Uploads that have not ended are no objects; the service drops them after a week.
    removeLeftovers: async () => undefined,
    healthy: () =>
      withinDeadline({ limitMs: Math.min(deadlineMs, 2_000) }, list).then(
        () => true,
        () => false,
      ),
  };
};
