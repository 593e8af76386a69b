import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { announce } from './announce.js';
import { openGroupCommit } from './group-commit-store.js';

/**
 * Socket.IO that makes what it is sent durable, acknowledges it after the commit, and does nothing else: nobody is
 * asked who they are, nothing is looked at and nobody else is told.
 */
const store = openGroupCommit(process.env.DATABASE_FILE ?? ':memory:');
const server = createServer();
const io = new Server(server, { serveClient: false });

io.on('connection', (socket) => {
  socket.on('join-room', (_room, done) => done({ ok: true }));
  socket.on('annotation:add', (payload, done) => {
    store.add(JSON.stringify(payload), () => done({ ok: true }));
  });
});
server.listen(0, '127.0.0.1', () => announce(server));
