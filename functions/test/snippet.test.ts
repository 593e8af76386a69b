import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { makeFolder } from '../src/testing/make-folder.ts';
import { startServerProcess } from './support/processes.ts';
import { tokenOf } from './support/server.ts';

/** The lines of section 5 of the specification, as somebody would paste them. */
const snippet = `
import { io } from 'socket.io-client';
const socket = io(process.env.URL, { auth: { token: process.env.TOKEN } });
socket.emit('session:join', { sessionId: 'session-123', role: 'participant' });
socket.on('annotation:added', (annotation) => {
  console.log(JSON.stringify(annotation));
  socket.disconnect();
});
socket.emit('annotation:add', {
  sessionId: 'session-123',
  type: 'pen',
  data: { path: [[0.1, 0.1], [0.2, 0.3]] },
});
`;

it('[RT2] [EN2] the lines of the specification, pasted into a file of their own, work with a demo server', async () => {
  const { url, end } = await startServerProcess({ DATA_DIR: await makeFolder() });
  const token = await tokenOf(url, 'customer@demo.local');
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', snippet], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: { PATH: process.env.PATH, URL: url, TOKEN: token },
    timeout: 20_000,
  });
  const path = [
    [0.1, 0.1],
    [0.2, 0.3],
  ];
  expect(JSON.parse(stdout)).toMatchObject({
    sessionId: 'session-123',
    userId: 'customer',
    type: 'pen',
    data: { path },
  });
  await end('SIGTERM');
});
