import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { openSqliteStore } from '../../src/engines/sqlite/sqlite-store.ts';
import type { RecordStore } from '../../src/ports/record-store.ts';
import type { User } from '../../src/ports/records.ts';

/** Runs a TypeScript file of this folder as a process of its own. */
export const spawnChild = (script: string, parameters: string[], launcher: string[] = []): ChildProcess => {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const [command = '', ...rest] = [...launcher, process.execPath, '--import', 'tsx', path, ...parameters];
  return spawn(command, rest, { stdio: ['pipe', 'pipe', 'inherit'] });
};

/** Lets a process write and kills it as soon as it acknowledged `afterPairs`; gives all that it acknowledged. */
export const acknowledgedUntilKilled = async (
  file: string,
  round: number,
  afterPairs: number,
): Promise<string[]> => {
  const child = spawnChild('pair-writer.child.ts', [file, String(round)]);
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk;
    if (output.split('\n').length > afterPairs) child.kill('SIGKILL');
  });
  const [, signal] = await once(child, 'close');
  expect(signal).toBe('SIGKILL');
  return output.split('\n').slice(0, -1);
};

const allUsers = async (store: RecordStore): Promise<User[]> => {
  const users: User[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.list('users', {
      orderBy: 'createdAt',
      direction: 'ascending',
      limit: 1000,
      cursor,
    });
    users.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return users;
};

/** What is on the disk after the kill: ids of pairs that are whole, and of those that are not. */
export const pairsIn = async (file: string): Promise<{ whole: Set<string>; half: string[] }> => {
  const store = await openSqliteStore({ file });
  const ids = new Set((await allUsers(store)).map((user) => user.id));
  await store.close();
  const pairs = [...new Set([...ids].map((id) => id.replace(/^(left|right)-/, '')))];
  const isWhole = (pair: string): boolean => ids.has(`left-${pair}`) && ids.has(`right-${pair}`);
  return { whole: new Set(pairs.filter(isWhole)), half: pairs.filter((pair) => !isWhole(pair)) };
};

/** Kills a writing process `rounds` times over one file and counts after each what was promised and what is there. */
export const expectNothingLost = async (
  file: string,
  rounds: number,
): Promise<{ acknowledged: number; stored: number }> => {
  const acknowledged: string[] = [];
  let stored = 0;
  for (let round = 0; round < rounds; round += 1) {
    // Other moments each round: from the first commit to well behind a checkpoint of the log.
    const pairs = await acknowledgedUntilKilled(file, round, 1 + ((round * 397) % 1900));
    expect(pairs.length).toBeGreaterThan(0);
    acknowledged.push(...pairs);
    const { whole, half } = await pairsIn(file);
    expect(half).toEqual([]);
    expect(acknowledged.filter((pair) => !whole.has(pair))).toEqual([]);
    stored = whole.size;
  }
  return { acknowledged: acknowledged.length, stored };
};
