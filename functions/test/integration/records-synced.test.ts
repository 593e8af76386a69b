import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeFolder } from '../../src/testing/make-folder.ts';
import { spawnChild } from '../records/killed-writer.ts';

type Step = 'begin' | 'log written' | 'log synced' | 'acknowledged';

/** Meaning of one line of strace; undefined for what is of no interest. */
const stepOf = (line: string): Step | undefined => {
  if (/write\(1<.*"begin \d+/.test(line)) return 'begin';
  if (/write\(1<.*"acknowledged \d+/.test(line)) return 'acknowledged';
  if (/pwrite64\(\d+<[^>]*records\.db-wal>/.test(line)) return 'log written';
  return /(fdatasync|fsync)\(\d+<[^>]*records\.db-wal>.* = 0$/.test(line) ? 'log synced' : undefined;
};

/** A call that another thread interrupted stands in two lines; this puts them together where it ended. */
const joinInterrupted = (lines: string[]): string[] => {
  const begun = new Map<string, string>();
  return lines.flatMap((line) => {
    const [thread = ''] = line.split(' ', 1);
    if (line.includes('<unfinished ...>')) {
      begun.set(thread, line.replace(/ *<unfinished \.\.\.>$/, ''));
      return [];
    }
    return [line.replace(/^(\d+) +<\.\.\. \w+ resumed>/, () => begun.get(thread) ?? '')];
  });
};

/** What the kernel was asked between the beginning of each write and its acknowledgement. */
const writesSeen = async (mode: string): Promise<Step[][]> => {
  const folder = await makeFolder();
  const trace = join(folder, 'trace');
  const strace = ['strace', '-f', '-y', '-e', 'trace=fdatasync,fsync,write,pwrite64', '-o', trace];
  const child = spawnChild('marked-writer.child.ts', [join(folder, 'records.db'), mode], strace);
  child.stdout?.resume();
  const [exitCode] = await once(child, 'close');
  expect(exitCode).toBe(0);
  const writes: Step[][] = [];
  for (const line of joinInterrupted((await readFile(trace, 'utf8')).split('\n'))) {
    const step = stepOf(line);
    if (step === 'begin') writes.push([]);
    if (step !== undefined && writes.at(-1)?.at(-1) !== step) writes.at(-1)?.push(step);
  }
  return writes;
};

describe('what the kernel sees', () => {
  it('[RE1] the log is synced between each write and its acknowledgement', async () => {
    const writes = await writesSeen('synced');
    expect(writes).toHaveLength(10);
    for (const steps of writes)
      expect(steps.slice(0, 4)).toEqual(['begin', 'log written', 'log synced', 'acknowledged']);
  });

  it('[RE1] the same observation shows a store that does not sync', async () => {
    const writes = await writesSeen('unsynced');
    expect(writes).toHaveLength(10);
    for (const steps of writes) expect(steps.slice(0, 3)).toEqual(['begin', 'log written', 'acknowledged']);
  });
});
