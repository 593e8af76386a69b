import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { freePort } from './free-port.ts';

const version = '15.34.2';
const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
const modules = join(cache, 'proofdesk', `firebase-tools-${version}`, 'node_modules');
const command = join(modules, '.bin/firebase');

/** Where the Firebase command line is, once `npm run test:setup` has installed it. */
export const firebaseTools = join(modules, 'firebase-tools');

const writeSettings = async (folder: string, port: number): Promise<void> => {
  const [hub, logging] = [await freePort(), await freePort()];
  const host = '127.0.0.1';
  const emulators = {
    auth: { host, port },
    hub: { host, port: hub },
    logging: { host, port: logging },
    ui: { enabled: false },
    singleProjectMode: false,
  };
  await writeFile(join(folder, 'firebase.json'), JSON.stringify({ emulators }));
};

/** Starts the emulator once for a whole run of the integration tests, since that takes ten seconds. */
export default async (project: TestProject): Promise<(() => Promise<void>) | undefined> => {
  if (!existsSync(command)) {
    project.provide('authEmulator', '');
    return undefined;
  }
  const folder = await mkdtemp(join(tmpdir(), 'proofdesk-emulator-'));
  const port = await freePort();
  await writeSettings(folder, port);
  const words = ['emulators:start', '--only', 'auth', '--project', 'demo-proofdesk'];
  const child = spawn(command, words, {
    cwd: folder,
    env: { ...process.env, METADATA_SERVER_DETECTION: 'none', CI: 'true' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: string[] = [];
  const ready = new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        output.push(String(chunk));
        if (output.join('').includes('All emulators ready')) resolve();
      });
    }
    child.once('exit', () => reject(new Error(`the Auth emulator did not start:\n${output.join('')}`)));
  });
  await ready;
  project.provide('authEmulator', `127.0.0.1:${port}`);
  return async () => {
    const ended = once(child, 'exit');
    child.kill('SIGINT');
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
};
