import type { Readable } from 'node:stream';

const separator = Buffer.of(0, 0, 0);

/**
 * The parts of a stream between three zero bytes, all that a chunk completes at once, one character for each byte;
 * what follows the last three is given too unless it is empty. Each is a text of its own: keeping one keeps no chunk.
 */
export async function* nulRecords(stream: Readable): AsyncGenerator<string[]> {
  let pending: Buffer = Buffer.alloc(0);
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    const bytes = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    const records: string[] = [];
    // What was there before may end in the middle of a separator.
    let from = Math.max(0, pending.length - separator.length + 1);
    let start = 0;
    for (let end = bytes.indexOf(separator, from); end >= 0; end = bytes.indexOf(separator, from)) {
      records.push(bytes.toString('latin1', start, end));
      start = end + separator.length;
      from = start;
    }
    pending = bytes.subarray(start);
    yield records;
  }
  if (pending.length > 0) yield [pending.toString('latin1')];
}
