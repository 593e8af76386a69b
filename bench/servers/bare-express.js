import express from 'express';
import { announce } from './announce.js';
import { smallReply } from './replies.js';

/** Express doing nothing else: one route, one small constant, no middleware. */
const app = express();
app.get('/health', (_request, response) => {
  response.json(smallReply);
});
const server = app.listen(0, '127.0.0.1', () => announce(server));
