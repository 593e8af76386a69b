import { createServer } from 'node:http';
import Database from 'libsql';
import { Server } from 'socket.io';
import { announce } from './announce.js';

/**
 * Socket.IO that writes the rows of an annotation as Proofdesk does, with the indexes of its records, one commit for
 * all that come in a tick, and then tells everybody in the room and the sender. Nobody is asked who they are, nothing
 * is looked at, and no head is compared: what an add costs before any rule is kept.
 */
const { DATABASE_FILE = ':memory:', RECORDS_FILE = '' } = process.env;
const database = new Database(DATABASE_FILE);
database.exec('PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');

const records = new Database(RECORDS_FILE, { readonly: true });

/**
 * Makes a table as the records have it, and gives what inserts a row.
 *
 * @param {string} name
 */
const copyTable = (name) => {
  const made = records.prepare(
    `SELECT "sql" FROM "sqlite_master" WHERE "tbl_name" = ? AND "sql" IS NOT NULL ORDER BY "type" DESC`,
  );
  for (const { sql } of /** @type {{ sql: string }[]} */ (made.all([name]))) database.exec(sql);
  const columns = records.prepare('SELECT "name" FROM pragma_table_info(?)').all([name]);
  const names = /** @type {{ name: string }[]} */ (columns).map((column) => column.name);
  const insert = database.prepare(
    `INSERT INTO "${name}" (${names.map((column) => `"${column}"`).join()}) VALUES (${names.map(() => '?').join()})`,
  );
  /** @param {Record<string, string | number>} row */
  return (row) => insert.run(names.map((column) => row[column] ?? null));
};

const addEntry = copyTable('sessionLog');
const addAnnotation = copyTable('annotations');
records.close();

const contentHash = 'a'.repeat(22);
/** @type {Map<string, number>} */
const heads = new Map();
let version = 0;

/**
 * Writes what one client draws; gives the annotation as the others are told of it.
 *
 * @param {{ sessionId: string, opId: string, type: string, data: object }} payload
 * @param {string} userId
 */
const write = ({ sessionId, opId, type, data }, userId) => {
  const seq = (heads.get(sessionId) ?? 0) + 1;
  heads.set(sessionId, seq);
  version += 1;
  const at = new Date().toISOString();
  // As long as the ids of Proofdesk, and in the order of time like those.
  const id = `${at}-${String(version).padStart(11, '0')}`;
  const text = JSON.stringify(data);
  const shown = { sessionId, type, layer: 'default', page: 1, seq };
  addEntry({
    ...shown,
    id: `${sessionId}-${String(seq).padStart(10, '0')}`,
    kind: 'annotation:added',
    at,
    authorId: userId,
    visibility: 'public',
    subjectId: id,
    operation: `${opId}/${userId}`,
    contentHash,
    data: `{"type":"${type}","layer":"default","page":1,"data":${text}}`,
    version,
  });
  addAnnotation({
    ...shown,
    id,
    userId,
    data: text,
    timestamp: at,
    rev: seq,
    status: 'open',
    deleted: 0,
    version,
  });
  return { ...shown, id, userId, by: userId, opId, data, at, timestamp: at, rev: seq, status: 'open' };
};

const server = createServer();
const io = new Server(server, { serveClient: false });
/** @type {{ payload: Parameters<typeof write>[0], userId: string, done: (answer: object) => void }[]} */
let waiting = [];

const commit = () => {
  const all = waiting;
  waiting = [];
  database.exec('BEGIN IMMEDIATE');
  const written = all.map(({ payload, userId, done }) => ({ annotation: write(payload, userId), done }));
  database.exec('COMMIT');
  for (const { annotation, done } of written) {
    const { sessionId, opId, id, seq, at } = annotation;
    io.to(sessionId).emit('annotation:added', annotation);
    done({ ok: true, opId, id, seq, rev: seq, at });
  }
};

io.on('connection', (socket) => {
  socket.on('join-room', (room, done) => {
    socket.join(room);
    done({ ok: true });
  });
  socket.on('annotation:add', (payload, done) => {
    waiting.push({ payload, userId: socket.id, done });
    if (waiting.length === 1) setImmediate(commit);
  });
});
server.listen(0, '127.0.0.1', () => announce(server));
