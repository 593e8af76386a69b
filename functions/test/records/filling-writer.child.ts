/**
 * Writes until it is refused, tells so, waits for a line on standard input (there is room again) and goes on.
 * What it could read and write is told as one line of JSON.
 */
import { once } from 'node:events';
import { writeSync } from 'node:fs';
import { openSqliteStore } from '../../src/engines/sqlite/sqlite-store.ts';
import { AppError } from '../../src/errors/app-error.ts';
import { sampleUser } from '../../src/ports/record-store-samples.contract.ts';

const [file = ''] = process.argv.slice(2);
const store = await openSqliteStore({ file });
const acknowledged: string[] = [];

const add = async (id: string): Promise<void> => {
  await store.write((writer) => writer.create('users', sampleUser({ id, name: 'x'.repeat(20_000) })));
  acknowledged.push(id);
};

const fillUntilRefused = async (): Promise<unknown> => {
  for (let number = 0; ; number += 1) {
    try {
      await add(`user-${number}`);
    } catch (error) {
      return error;
    }
  }
};

const refusal = await fillUntilRefused();
const again = await add('while-full').catch((error: unknown) => error);
const read = await store.get('users', String(acknowledged.at(-1)));
writeSync(1, 'refused\n');
await once(process.stdin, 'data');
await add('with-room');
await store.close();
const codes = [refusal, again].map((error) => (error instanceof AppError ? error.code : String(error)));
writeSync(1, `${JSON.stringify({ codes, readWhileFull: read?.id, acknowledged })}\n`);
process.exit(0);
