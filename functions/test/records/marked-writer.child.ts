/**
 * Writes one record after the other and marks the beginning and the acknowledgement of each by write(2) on
 * standard output. With `unsynced` it cheats: the same store, but the connection never syncs.
 */
import { writeSync } from 'node:fs';
import { openLibsql } from '../../src/engines/sqlite/libsql-driver.ts';
import { openSqliteStore } from '../../src/engines/sqlite/sqlite-store.ts';
import { sampleUser } from '../../src/ports/record-store-samples.contract.ts';

const [file = '', mode = 'synced'] = process.argv.slice(2);

const openUnsynced: typeof openLibsql = (path) => {
  const connection = openLibsql(path);
  const exec = (sql: string): void => connection.exec(sql.replace('synchronous = FULL', 'synchronous = OFF'));
  return { exec, prepare: (sql) => connection.prepare(sql), close: () => connection.close() };
};

const store = await openSqliteStore({ file, open: mode === 'unsynced' ? openUnsynced : openLibsql });
for (let number = 0; number < 10; number += 1) {
  writeSync(1, `begin ${number}\n`);
  await store.write((writer) => writer.create('users', sampleUser({ id: `user-${number}` })));
  writeSync(1, `acknowledged ${number}\n`);
}
await store.close();
