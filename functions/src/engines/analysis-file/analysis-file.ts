import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { AnalysisCache } from '../../ports/analysis-cache.ts';

export interface AnalysisFileOptions {
  /** Made with its folder when it is not there. */
  file: string;
  /** A file that has grown larger is begun anew. */
  maximumBytes?: number;
}

const usualMaximum = 128 * 1024 * 1024;
const largestPending = 4 * 1024 * 1024;
const lineFeed = 10;
const tab = 9;

const digest = (text: string): string => createHash('sha1').update(text).digest('base64url').slice(0, 12);

/** Where each value stands: `key <tab> digest <tab> value` a line. What is not a whole line is nothing. */
const indexLines = (bytes: Buffer): Map<string, [start: number, end: number]> => {
  const places = new Map<string, [number, number]>();
  let start = 0;
  for (let end = bytes.indexOf(lineFeed); end >= 0; end = bytes.indexOf(lineFeed, start)) {
    const keyEnd = bytes.indexOf(tab, start);
    if (keyEnd > start && keyEnd < end)
      places.set(bytes.toString('latin1', start, keyEnd), [keyEnd + 1, end]);
    start = end + 1;
  }
  return places;
};

/** The value of a line, if it is the one that was written: another process may have been cut off in the middle. */
const readValue = (bytes: Buffer, [start, end]: [number, number]): string | undefined => {
  const valueStart = bytes.indexOf(tab, start) + 1;
  if (valueStart <= start || valueStart > end) return undefined;
  const value = bytes.toString('utf8', valueStart, end);
  return bytes.toString('latin1', start, valueStart - 1) === digest(value) ? value : undefined;
};

/** Nothing that is wrong with the file may stop anybody: then there is nothing to remember. */
const quietly = <Result>(work: () => Result, otherwise: Result): Result => {
  try {
    return work();
  } catch {
    return otherwise;
  }
};

const readFile = (file: string, maximumBytes: number): Buffer =>
  quietly(() => {
    if (!existsSync(file)) return Buffer.alloc(0);
    if (statSync(file).size <= maximumBytes) return readFileSync(file);
    rmSync(file);
    return Buffer.alloc(0);
  }, Buffer.alloc(0));

/** Keeps analyses in one file that only grows; several processes may add to it. Values have no line breaks. */
export const openAnalysisFile = ({
  file,
  maximumBytes = usualMaximum,
}: AnalysisFileOptions): AnalysisCache => {
  const bytes = readFile(file, maximumBytes);
  const places = indexLines(bytes);
  const pending = new Map<string, string>();
  let pendingLength = 0;

  const write = (): void => {
    const lines = [...pending].map(([key, value]) => `${key}\t${digest(value)}\t${value}\n`).join('');
    pending.clear();
    pendingLength = 0;
    if (lines === '') return;
    quietly(() => {
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
      appendFileSync(file, lines, { mode: 0o600 });
    }, undefined);
  };

  return {
    get: (key) => {
      const place = places.get(key);
      return pending.get(key) ?? (place && readValue(bytes, place));
    },
    put: (key, value) => {
      if (/[\t\n]/.test(key) || value.includes('\n')) throw new RangeError('an analysis is one line');
      pending.set(key, value);
      pendingLength += value.length;
      if (pendingLength > largestPending) write();
    },
    flush: async () => write(),
  };
};
