import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { announce } from './announce.js';

/**
 * A relay as drawing boards run it: whoever connects names a room, and what it sends goes to the others there.
 * Nobody is asked who they are and nothing is looked at.
 */
const server = createServer();
const io = new Server(server, { serveClient: false });

io.on('connection', (socket) => {
  socket.on('join-room', (room, done) => {
    socket.join(room);
    done({ ok: true });
  });
  socket.on('server-broadcast', (room, move) => {
    socket.broadcast.to(room).emit('client-broadcast', move);
  });
});
server.listen(0, '127.0.0.1', () => announce(server));
