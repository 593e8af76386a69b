import { createServer } from 'node:http';
import { announce } from './announce.js';
import { smallReply } from './replies.js';

/** Node's own server and nothing else: how much of a request is not ours to save. */
const server = createServer((_request, response) => {
  const body = JSON.stringify(smallReply);
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) });
  response.end(body);
});
server.listen(0, '127.0.0.1', () => announce(server));
