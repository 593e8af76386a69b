import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { AppError } from '../../errors/app-error.ts';
import { newId } from '../../ids/new-id.ts';
import type { StoredFile } from '../../ports/files.ts';
import type { ServiceCalls } from '../../telemetry/service-calls.ts';
import type { BucketFile } from './connect-bucket.ts';
import { http, statusOf, unavailable } from './failure.ts';

/** What is held in memory of an upload, so that a part that was lost can be sent again. */
const partBytes = 1_048_576;

export interface UploadOptions {
  file: BucketFile;
  source: Readable;
  limitBytes: number;
  calls: ServiceCalls;
}

/** What the bucket must have in the end. */
interface Sent extends StoredFile {
  md5: string;
  /** Tells this upload from others of the same name. */
  mark: string;
}

/** An object that is there when it is whole, and only when there was none. */
const openTarget = ({ file, source }: UploadOptions, mark: string, resumable: boolean): Writable => {
  const target = file.createWriteStream({
    resumable,
    ...(resumable && { chunkSize: partBytes }),
    validation: false,
    preconditionOpts: { ifGenerationMatch: 0 },
    metadata: { contentType: 'application/octet-stream', metadata: { upload: mark } },
  });
  // Whoever waits for the next chunk of the source must not wait in vain.
  target.once('error', (error) => source.destroy(error));
  return target;
};

interface Passage {
  sent: Sent;
  target: Writable;
}

/** Sends a source, and measures it on the way; the target is not ended. */
const send = async (options: UploadOptions): Promise<Passage> => {
  const { source, limitBytes, calls } = options;
  const [sha256, md5, mark] = [createHash('sha256'), createHash('md5'), newId()];
  let size = 0;
  let target: Writable | undefined;
  try {
    for await (const chunk of source as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > limitBytes) {
        throw new AppError('payload_too_large', `The file may have ${limitBytes} bytes.`);
      }
      sha256.update(chunk);
      md5.update(chunk);
      const open = target ?? openTarget(options, mark, true);
      target = open;
      if (!open.write(chunk)) await calls.make(() => once(open, 'drain'));
    }
  } catch (error) {
    const isOfBucket = target?.errored === error;
    target?.destroy(new Error('the upload was given up'));
    throw isOfBucket ? calls.failure(error) : error;
  }
  const sent = { size, sha256: sha256.digest('hex'), md5: md5.digest('base64'), mark };
  // In parts, nothing cannot be sent.
  return { sent, target: target ?? openTarget(options, mark, false) };
};

/** Whether the bucket holds what this upload sent, even if its answer was lost on the way. */
const isThere = async ({ file, calls }: UploadOptions, { size, md5, mark }: Sent): Promise<boolean> => {
  try {
    const [kept] = await calls.make(() => file.getMetadata());
    return kept.metadata?.upload === mark && kept.md5Hash === md5 && Number(kept.size) === size;
  } catch (error) {
    if (statusOf(error) === http.notFound) return false;
    throw error;
  }
};

const end = async (target: Writable): Promise<void> => {
  target.end();
  await finished(target);
};

/** Streams a source into a new object; fails with what the bucket says of the object, else as the port says. */
export const upload = async (options: UploadOptions): Promise<StoredFile> => {
  const { sent, target } = await send(options);
  const problem: unknown = await options.calls
    .make(() => end(target))
    .then(
      () => undefined,
      (error: unknown) => error ?? new Error('no reason was given'),
    );
  if (problem !== undefined) target.destroy();
  if (await isThere(options, sent)) return { size: sent.size, sha256: sent.sha256 };
  throw problem ?? unavailable(new Error('The upload ended, and there is no object.'));
};
