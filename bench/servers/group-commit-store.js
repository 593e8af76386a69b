import Database from 'libsql';

/**
 * Keeps texts in SQLite (WAL, synchronous FULL); all that come in one tick share one transaction.
 *
 * @param {string} file
 */
export const openGroupCommit = (file) => {
  const database = new Database(file);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  database.exec('CREATE TABLE "payloads" ("id" INTEGER PRIMARY KEY, "payload" TEXT NOT NULL)');
  const insert = database.prepare('INSERT INTO "payloads" ("payload") VALUES (?)');

  /** @type {{ text: string, done: () => void }[]} */
  let waiting = [];

  const commit = () => {
    const all = waiting;
    waiting = [];
    database.exec('BEGIN IMMEDIATE');
    for (const { text } of all) insert.run([text]);
    database.exec('COMMIT');
    for (const { done } of all) done();
  };

  return {
    /**
     * Calls `done` after the commit.
     *
     * @param {string} text
     * @param {() => void} done
     */
    add: (text, done) => {
      waiting.push({ text, done });
      if (waiting.length === 1) setImmediate(commit);
    },
  };
};
