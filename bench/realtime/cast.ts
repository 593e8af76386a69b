import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import Database from 'libsql';
import type { ProofdeskProcess } from '../http/proofdesk-process.ts';
import type { Member } from './dialect.ts';

/** Somebody with an account. */
export type Person = Pick<Member, 'userId' | 'token'>;

const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

/** A token as the server itself gives it out. */
const tokenFor = (userId: string, signingKey: string): string => {
  const issuedAt = Math.floor(Date.now() / 1_000);
  const claims = {
    generation: 0,
    iss: 'proofdesk',
    sub: userId,
    jti: randomUUID(),
    iat: issuedAt,
    exp: issuedAt + 3_600,
  };
  const content = `${encoded({ alg: 'HS256' })}.${encoded(claims)}`;
  return `${content}.${createHmac('sha256', signingKey).update(content).digest('base64url')}`;
};

/**
 * Writes accounts into the server's records, because signing in half a thousand people takes scrypt minutes. They
 * are administrators, who may join any session: a session has only one customer and one agent.
 */
const plantAdministrators = (database: Database.Database, ids: readonly string[]): void => {
  const insert = database.prepare(
    'INSERT INTO "users" ("id", "email", "name", "role", "createdAt", "version") VALUES (?, ?, ?, ?, ?, ?)',
  );
  for (const [index, id] of ids.entries()) {
    const name = `Administrator ${index + 1}`;
    insert.run([id, `${id}@demo.local`, name, 'admin', new Date().toISOString(), index + 1]);
  }
};

/** The demo's session: it is active, so no queue waits for somebody to take it. */
const pattern = 'session-123';

/** Writes sessions like the demo's into the server's records, each with an empty log of its own. */
const plantSessions = (database: Database.Database, ids: readonly string[]): void => {
  const columns = (
    database.prepare('SELECT "name" FROM pragma_table_info(\'supportSessions\')').all() as { name: string }[]
  ).map(({ name }) => `"${name}"`);
  const copied = columns.map((name) => (name === '"id"' || name === '"epoch"' ? '?' : name));
  const insert = database.prepare(
    `INSERT INTO "supportSessions" (${columns.join()}) SELECT ${copied.join()} FROM "supportSessions" WHERE "id" = ?`,
  );
  for (const id of ids) insert.run([id, id, pattern]);
};

export interface Cast {
  people: readonly Person[];
  /** As many sessions that nobody has used before. */
  takeRooms(count: number): string[];
}

export const newSigningKey = (): string => randomBytes(32).toString('base64url');

const newIds = (count: number): string[] => Array.from({ length: count }, () => randomUUID());

const inOneCommit = (databaseFile: string, write: (database: Database.Database) => void): void => {
  const database = new Database(databaseFile);
  try {
    database.exec('PRAGMA busy_timeout = 5000; BEGIN IMMEDIATE');
    write(database);
    database.exec('COMMIT');
  } finally {
    database.close();
  }
};

/** People with accounts, and sessions for them, on a server whose signing key is known. */
export const createCast = (
  { databaseFile }: ProofdeskProcess,
  signingKey: string,
  counts: { people: number; rooms: number },
): Cast => {
  const ids = newIds(counts.people);
  const rooms = newIds(counts.rooms);
  inOneCommit(databaseFile, (database) => {
    plantAdministrators(database, ids);
    plantSessions(database, rooms);
  });
  return {
    people: ids.map((userId) => ({ userId, token: tokenFor(userId, signingKey) })),
    takeRooms: (count) => {
      const taken = rooms.splice(0, count);
      if (taken.length < count) throw new Error('There are not enough sessions: plant more of them.');
      return taken;
    },
  };
};

/** Gives everybody a room, so many to each. */
export const seat = (people: readonly Person[], rooms: readonly string[], size: number): Member[] =>
  rooms.flatMap((room, index) =>
    people.slice(index * size, (index + 1) * size).map((person) => ({ ...person, room })),
  );
