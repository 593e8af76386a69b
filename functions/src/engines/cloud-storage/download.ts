import { Readable } from 'node:stream';
import { AppError } from '../../errors/app-error.ts';
import type { ByteRange } from '../../ports/files.ts';
import type { ServiceCalls } from '../../telemetry/service-calls.ts';
import type { BucketFile } from './connect-bucket.ts';
import { unavailable } from './failure.ts';

/** What is held in memory of a download; a reader who is slow or leaves holds no connection. */
const partBytes = 1_048_576;

/** Reads one part. A file never changes, so that a part that failed may be asked for again. */
const readPart = async (
  file: BucketFile,
  calls: ServiceCalls,
  { start, end }: ByteRange,
): Promise<Buffer> => {
  const ask = () => calls.make(() => file.download({ start, end, validation: false, decompress: false }));
  // The SDK closes the connections of all its calls when one of them breaks.
  const [part] = await ask().catch((error: unknown) => {
    if (error instanceof AppError) return ask();
    throw error;
  });
  if (part.length !== end - start + 1) throw unavailable(new Error('A part came short.'));
  return part;
};

const partsOf = async function* (read: (range: ByteRange) => Promise<Buffer>, whole: ByteRange) {
  for (let start = whole.start; start <= whole.end; start += partBytes) {
    yield await read({ start, end: Math.min(start + partBytes - 1, whole.end) });
  }
};

const continued = async function* (first: IteratorResult<Buffer, void>, rest: AsyncIterable<Buffer>) {
  if (first.done) return;
  yield first.value;
  yield* rest;
};

const wholeOf = async (file: BucketFile, calls: ServiceCalls): Promise<ByteRange> => {
  const [{ size }] = await calls.make(() => file.getMetadata());
  return { start: 0, end: Number(size) - 1 };
};

/** Opens an object, or a part of it; fails before the first byte when there is none. */
export const openDownload = async (
  file: BucketFile,
  calls: ServiceCalls,
  range: ByteRange | undefined,
): Promise<Readable> => {
  const parts = partsOf((part) => readPart(file, calls, part), range ?? (await wholeOf(file, calls)));
  const first = await parts.next();
  return Readable.from(continued(first, parts), { objectMode: false });
};
