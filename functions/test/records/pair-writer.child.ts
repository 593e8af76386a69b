/**
 * Writes pairs of records, several transactions at once, until it is killed. Each acknowledged pair is told on
 * standard output by write(2) at once, with nothing between the acknowledgement and the pipe.
 */
import { writeSync } from 'node:fs';
import { openSqliteStore } from '../../src/engines/sqlite/sqlite-store.ts';
import { sampleUser } from '../../src/ports/record-store-samples.contract.ts';

const [file = '', round = '0', writers = '8'] = process.argv.slice(2);
const store = await openSqliteStore({ file });
let next = 0;

const writePairs = async (): Promise<never> => {
  for (;;) {
    const pair = `${round}-${next}`;
    next += 1;
    await store.transaction(async (transaction) => {
      await transaction.get('users', `left-${pair}`);
      transaction.create('users', sampleUser({ id: `left-${pair}`, name: pair }));
      transaction.create('users', sampleUser({ id: `right-${pair}`, name: pair }));
    });
    writeSync(1, `${pair}\n`);
  }
};

await Promise.all(Array.from({ length: Number(writers) }, writePairs));
