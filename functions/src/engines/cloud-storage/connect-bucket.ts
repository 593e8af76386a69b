import { deleteApp, initializeApp } from 'firebase-admin/app';
import { getStorage } from 'firebase-admin/storage';

export type Bucket = ReturnType<ReturnType<typeof getStorage>['bucket']>;
export type BucketFile = ReturnType<Bucket['file']>;

/** A way to a bucket, and how to let go of it. */
export interface BucketConnection {
  bucket: Bucket;
  disconnect(): Promise<void>;
}

/** Whoever waits gives up after some seconds: a call that is tried for minutes would go on for nobody. */
const retries = { maxRetries: 2, totalTimeout: 10, maxRetryDelay: 2 };

/** A bucket of Cloud Storage, with the credentials of the surroundings. */
export const connectBucket = (name: string): BucketConnection => {
  const app = initializeApp({}, `proofdesk-files-${crypto.randomUUID()}`);
  const bucket = getStorage(app).bucket(name);
  Object.assign(bucket.storage.retryOptions, retries);
  return { bucket, disconnect: () => deleteApp(app) };
};
