import { Client } from 'pg';
import { logEntryId } from '../../functions/src/ports/log-entry.ts';
import { jsonOf } from '../../functions/src/protocol/json-text.ts';
import { at, operation } from './operations.ts';

/** The tables of the product, filled by nothing but the driver. */
export interface BareDriver {
  /** Commits batches one behind the other for so long; gives the operations that were made durable. */
  run(windowMs: number): Promise<number>;
  close(): Promise<void>;
}

export interface BareDriverOptions {
  url: string;
  /** Operations of one batch, each in a session of its own. */
  batch: number;
  /** Whether the annotations are written as well, or the entries alone. */
  withRecords: boolean;
}

const entriesStatement = `INSERT INTO "sessionLog" ("id", "sessionId", "seq", "kind", "at", "authorId", "visibility", "subjectId", "operation", "contentHash", "data", "version")
  SELECT id, session, seq, 'annotation:added', $7, 'customer-1', 'public', subject, subject || '/customer-1', $6, data, 1
  FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::text[]) AS row(id, session, seq, subject, data)`;

const recordsStatement = `INSERT INTO "annotations" ("id", "sessionId", "userId", "type", "data", "timestamp", "layer", "page", "seq", "rev", "status", "deleted", "version")
  SELECT id, session, 'customer-1', 'pen', data, $5, 'default', 1, seq, seq, 'open', 0, 1
  FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[]) AS row(id, session, seq, data)`;

/** Multi-row inserts with prepared statements, one transaction a batch: the cheapest that the driver can do. */
export const openBareDriver = async (options: BareDriverOptions): Promise<BareDriver> => {
  const { url, batch, withRecords } = options;
  const client = new Client({ connectionString: url, pipeline: true });
  await client.connect();
  const sessions = Array.from({ length: batch }, (_, index) => `bare-${withRecords}-${index}`);
  let seq = 0;

  const commitBatch = async (): Promise<void> => {
    seq += 1;
    const made = sessions.map((session) => operation(session, seq));
    const ids = made.map(({ annotation }) => annotation.id);
    const seqs = sessions.map(() => seq);
    const entryValues = [
      sessions.map((session) => logEntryId(session, seq)),
      sessions,
      seqs,
      ids,
      made.map(({ entry }) => jsonOf(entry.data)),
      'a'.repeat(22),
      at,
    ];
    const recordValues = [ids, sessions, seqs, made.map(({ annotation }) => annotation.data.text), at];
    await Promise.all([
      client.query('BEGIN'),
      client.query({ name: 'entries', text: entriesStatement, values: entryValues }),
      ...(withRecords
        ? [client.query({ name: 'records', text: recordsStatement, values: recordValues })]
        : []),
      client.query('COMMIT'),
    ]);
  };

  return {
    run: async (windowMs) => {
      const until = performance.now() + windowMs;
      let operations = 0;
      while (performance.now() < until) {
        await commitBatch();
        operations += batch;
      }
      return operations;
    },
    close: () => client.end(),
  };
};
