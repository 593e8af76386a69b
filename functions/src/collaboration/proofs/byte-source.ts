import { buffer } from 'node:stream/consumers';
import { setImmediate as otherWork } from 'node:timers/promises';
import type { Files } from '../../ports/files.ts';
import { artworkProblem } from './artwork-problem.ts';

/** A stored file, read here and there; nothing holds it whole. */
export interface ByteSource {
  readonly size: number;
  /** The bytes from there on: fewer at the end of the file, none behind it. */
  read(offset: number, length: number): Promise<Buffer>;
}

const blockSize = 64 * 1024;
/** Blocks that are held: 4 MiB. */
const keptBlocks = 64;
/** Blocks that one file may make us fetch; an honest one of ten thousand pages needs one a page. */
const mostFetches = 20_000;
/** Reads after which others get their turn, and reads in all. */
const readsAtOnce = 32;
const mostReads = 500_000;

const tooComplicated = () => artworkProblem('The file is too complicated to be read: save it anew.');

/** Reads a file through a few blocks of it, so that many small reads are few requests to the store. */
export const openByteSource = (files: Files, id: string, size: number): ByteSource => {
  const blocks = new Map<number, Buffer>();
  let fetches = 0;
  let reads = 0;

  const fetchBlock = async (index: number): Promise<Buffer> => {
    fetches += 1;
    if (fetches > mostFetches) throw tooComplicated();
    const start = index * blockSize;
    const end = Math.min(size, start + blockSize) - 1;
    return buffer(await files.read(id, { start, end }));
  };

  const blockAt = async (index: number): Promise<Buffer> => {
    const block = blocks.get(index) ?? (await fetchBlock(index));
    blocks.delete(index);
    blocks.set(index, block);
    const [oldest] = blocks.keys();
    if (blocks.size > keptBlocks && oldest !== undefined) blocks.delete(oldest);
    return block;
  };

  return {
    size,
    read: async (offset, length) => {
      reads += 1;
      if (reads > mostReads) throw tooComplicated();
      if (reads % readsAtOnce === 0) await otherWork();
      const end = Math.min(size, offset + length);
      if (offset < 0 || offset >= end) return Buffer.alloc(0);
      const parts: Buffer[] = [];
      for (let at = offset; at < end; ) {
        const block = await blockAt(Math.floor(at / blockSize));
        const from = at % blockSize;
        const part = block.subarray(from, from + end - at);
        if (part.length === 0) throw new Error('the store gave fewer bytes than the file has');
        parts.push(part);
        at += part.length;
      }
      return parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts);
    },
  };
};
