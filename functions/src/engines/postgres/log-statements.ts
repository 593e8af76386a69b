import { quoted } from '../sql/naming.ts';
import type { Tables } from './tables.ts';

const headOf = (session: string): string =>
  `coalesce((SELECT max("seq") FROM "sessionLog" WHERE "sessionId" = ${session} AND "seq" IS NOT NULL), 0)`;

/** Id, epoch and head of each session that is there. */
export const headsStatement = `SELECT "id", "epoch", ${headOf('"supportSessions"."id"')} FROM "supportSessions" WHERE "id" = ANY($1)`;

/** The head of a log, whether or not its session is there. */
export const headStatement = `SELECT ${headOf('$1')}`;

/** The statements of the session logs. */
export const logStatements = (tables: Tables) => {
  const entry = tables.of('sessionLog');
  const bare = entry.codec.fields.map(quoted).join(', ');
  const named = entry.codec.fields.map((field) => `entry.${quoted(field)}`).join(', ');
  return {
    /**
     * Epoch and head, and the entries behind a place up to that head: one row each, or one without an entry. A
     * running sum of the data ends the page, though never before its first entry.
     */
    page: `SELECT log."epoch", log."head", ${named}
      FROM (SELECT "epoch", ${headOf('$1')} AS "head" FROM "supportSessions" WHERE "id" = $1) AS log
      LEFT JOIN LATERAL (
        SELECT ${bare}, sum(octet_length("data")) OVER (ORDER BY "seq") AS "bytes", row_number() OVER (ORDER BY "seq") AS "place"
        FROM (
          SELECT ${bare} FROM "sessionLog"
          WHERE "sessionId" = $1 AND "seq" IS NOT NULL AND "seq" > $2 AND "seq" <= log."head"
          ORDER BY "seq" LIMIT $3
        ) AS found
      ) AS entry ON entry."bytes" <= $4 OR entry."place" = 1
      ORDER BY entry."seq"`,
    said: `SELECT ${entry.columns} FROM "sessionLog"
      WHERE "conversation" = $1 AND "seq" IS NOT NULL ORDER BY "seq" DESC LIMIT $2`,
    annotations: `SELECT ${tables.of('annotations').columns} FROM "annotations"
      WHERE "sessionId" = $1 AND "seq" IS NOT NULL AND "deleted" = 0 ORDER BY "seq"`,
    operations: `SELECT ${entry.columns} FROM "sessionLog"
      WHERE "operation" = ANY($2) AND "operation" IS NOT NULL AND "sessionId" = $1 AND "seq" IS NOT NULL ORDER BY "seq"`,
  };
};
