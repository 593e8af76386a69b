import type { Readable } from 'node:stream';

/**
 * The parts of a stream between zero bytes, all that a chunk completes at once, one character for each byte; what
 * follows the last zero byte is given too unless it is empty. Each is a text of its own: keeping one keeps no chunk.
 */
export async function* nulTokens(stream: Readable): AsyncGenerator<string[]> {
  let pending = '';
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    const tokens: string[] = [];
    let start = 0;
    for (let end = chunk.indexOf(0); end >= 0; end = chunk.indexOf(0, start)) {
      tokens.push(pending + chunk.toString('latin1', start, end));
      pending = '';
      start = end + 1;
    }
    pending += chunk.toString('latin1', start);
    yield tokens;
  }
  if (pending !== '') yield [pending];
}
