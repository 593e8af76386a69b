import type { Readable } from 'node:stream';
import { type BlobContent, HistoryError, type ObjectId, type ReadOptions } from '../../ports/history.ts';
import { type GitPlace, startGit } from './git-process.ts';

const lineFeed = 10;

/** Reads lines and exact numbers of bytes from a stream. */
const createByteReader = (stream: Readable) => {
  const chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let rest: Buffer = Buffer.alloc(0);
  const more = async (): Promise<void> => {
    const { value, done } = await chunks.next();
    if (done)
      throw new HistoryError('git ended while a file was read: check the repository with `git fsck`.');
    rest = rest.length > 0 ? Buffer.concat([rest, value]) : value;
  };
  const line = async (): Promise<string> => {
    while (!rest.includes(lineFeed)) await more();
    const end = rest.indexOf(lineFeed);
    const text = rest.toString('latin1', 0, end);
    rest = rest.subarray(end + 1);
    return text;
  };
  const bytes = async (count: number): Promise<Buffer> => {
    const parts: Buffer[] = [];
    for (let missing = count; missing > 0; ) {
      if (rest.length === 0) await more();
      const part = rest.subarray(0, missing);
      rest = rest.subarray(part.length);
      missing -= part.length;
      parts.push(part);
    }
    return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
  };
  const skip = async (count: number): Promise<void> => {
    for (let missing = count; missing > 0; ) {
      if (rest.length === 0) await more();
      const part = Math.min(rest.length, missing);
      rest = rest.subarray(part);
      missing -= part;
    }
  };
  return { line, bytes, skip };
};

/** Contents by id from one `git cat-file --batch`; ids are written as fast as git takes them. */
export async function* readBlobs(
  place: GitPlace,
  ids: readonly ObjectId[],
  { signal, maximumBytes }: ReadOptions & { maximumBytes: number },
): AsyncGenerator<BlobContent> {
  if (ids.length === 0) return;
  const { child, ended } = startGit(place, ['cat-file', '--batch'], signal);
  const reader = createByteReader(child.stdout);
  child.stdin.end(`${ids.join('\n')}\n`);
  try {
    for (const id of ids) {
      const [, type, length] = (await reader.line()).split(' ');
      const size = Number(length ?? 0);
      if (type === 'missing') yield { id, size: 0 };
      else if (type !== 'blob' || size > maximumBytes) {
        await reader.skip(size + 1);
        yield { id, size };
      } else {
        const bytes = await reader.bytes(size);
        await reader.skip(1);
        yield { id, size, bytes };
      }
    }
    await ended;
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    child.kill('SIGKILL');
  }
}
