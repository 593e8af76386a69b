/**
 * Appends one operation after the other to one session's log and prints each after its acknowledgement. Runs
 * until it is killed; others append to the same session.
 */
import { writeSync } from 'node:fs';
import { operationKey } from '../../src/ports/log-entry.ts';
import { sessionId } from '../../src/ports/session-log-samples.contract.ts';
import { LogWriter } from '../../src/ports/session-log-writer.contract.ts';
import { openRecords } from '../support/records-place.ts';

const [place = '{}', author = ''] = process.argv.slice(2);

const store = await openRecords(JSON.parse(place));
const writer = new LogWriter(store, sessionId);
for (let number = 0; ; number += 1) {
  const operations = [0, 1, 2].map((part) => operationKey(author, `op-${number}-${part}`));
  await writer.apply(operations);
  writeSync(1, `${operations.join('\n')}\n`);
}
