import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.ts';

/** A real Redis of the test's own, on loopback. */
export interface RedisServer {
  url: string;
  /** Stops it standing still, as an overloaded machine does; `resume` lets it go on. */
  pause(): void;
  resume(): void;
  /** Ends it; `start` begins anew on the same port, with nothing in it. */
  stop(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

interface LaunchOptions {
  port: number;
  folder: string;
  databases: number;
}

const launch = async ({ port, folder, databases }: LaunchOptions): Promise<ChildProcess> => {
  const place = ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', folder];
  const words = [...place, '--databases', `${databases}`, '--save', ''];
  const child = spawn('redis-server', words, { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`redis-server did not start: ${said}`)));
    child.stdout?.on('data', (chunk) => {
      said += String(chunk);
      if (said.includes('Ready to accept connections')) resolve();
    });
  });
  return child;
};

const end = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
};

export const startRedisServer = async ({ databases = 16 } = {}): Promise<RedisServer> => {
  const folder = await mkdtemp(join(tmpdir(), 'proofdesk-redis-'));
  const port = await freePort();
  let child = await launch({ port, folder, databases });
  return {
    url: `redis://127.0.0.1:${port}`,
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    stop: () => end(child),
    start: async () => {
      child = await launch({ port, folder, databases });
    },
    close: async () => {
      await end(child);
      await rm(folder, { recursive: true, force: true });
    },
  };
};
