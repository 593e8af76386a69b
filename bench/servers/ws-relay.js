import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { announce } from './announce.js';

/** The least that a relay can do: every message goes, as it came, to the others in the room. */

/** @type {Map<string, Set<import('ws').WebSocket>>} */
const rooms = new Map();

/** @param {string} name */
const roomOf = (name) => {
  const known = rooms.get(name) ?? new Set();
  rooms.set(name, known);
  return known;
};

const server = createServer();
new WebSocketServer({ server, perMessageDeflate: false }).on('connection', (socket, { url = '' }) => {
  const room = roomOf(url);
  room.add(socket);
  socket.on('close', () => room.delete(socket));
  socket.on('message', (data, binary) => {
    for (const member of room) if (member !== socket) member.send(data, { binary });
  });
});
server.listen(0, '127.0.0.1', () => announce(server));
