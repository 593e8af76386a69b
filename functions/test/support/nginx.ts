import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from './free-port.ts';

/** A real nginx with the configuration that is deployed, in front of nodes of this machine. */
export interface Nginx {
  url: string;
  /** Takes a node out, as deploy/rolling-restart.sh does, or has all of them in again. */
  without(node: number | undefined): Promise<void>;
  close(): Promise<void>;
}

const configuration = fileURLToPath(new URL('../../../deploy/nginx.conf', import.meta.url));
const nodeList = fileURLToPath(new URL('../../../deploy/nodes/nodes.conf', import.meta.url));

/** Puts something else in the place of what must be there, so that the test runs what is deployed. */
const replaced = (text: string, what: string, by: string): string => {
  if (!text.includes(what)) throw new Error(`deploy/ has no "${what}" any more`);
  return text.replaceAll(what, by);
};

const workersOf = async ({ pid }: ChildProcess): Promise<string[]> => {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return children.split(' ').filter(Boolean);
};

/** Whether these workers are gone, or take nothing new. */
const allShutDown = async (workers: readonly string[]): Promise<boolean> => {
  const titles = workers.map((worker) => readFile(`/proc/${worker}/cmdline`, 'utf8').catch(() => undefined));
  return (await Promise.all(titles)).every((title) => title === undefined || title.includes('shutting down'));
};

const untilAnswered = async (url: string, nginx: ChildProcess): Promise<void> => {
  for (;;) {
    if (nginx.exitCode !== null) throw new Error('nginx did not start');
    if (
      await fetch(url).then(
        () => true,
        () => false,
      )
    )
      return;
    await pause(20);
  }
};

/** Starts it in front of the ports; they stand for node-1, node-2 … of the deployment, in their order. */
export const startNginx = async (ports: readonly number[]): Promise<Nginx> => {
  const folder = await mkdtemp(join(tmpdir(), 'proofdesk-nginx-'));
  await mkdir(join(folder, 'nodes'));
  const port = await freePort();
  const list = ports.reduce(
    (text, nodePort, index) => replaced(text, `node-${index + 1}:3000`, `127.0.0.1:${nodePort}`),
    await readFile(nodeList, 'utf8'),
  );
  const writeList = (node: number | undefined): Promise<void> => {
    const text = node === undefined ? list : replaced(list, `:${ports[node]} `, `:${ports[node]} down `);
    return writeFile(join(folder, 'nodes/nodes.conf'), text);
  };
  const deployed = await readFile(configuration, 'utf8');
  const listening = replaced(deployed, 'listen 8080', `listen 127.0.0.1:${port}`);
  await writeFile(
    join(folder, 'nginx.conf'),
    replaced(listening, '/tmp/nginx.pid', join(folder, 'nginx.pid')),
  );
  await writeList(undefined);
  const words = ['-c', join(folder, 'nginx.conf'), '-e', join(folder, 'error.log'), '-g', 'daemon off;'];
  const nginx = spawn('nginx', words, { stdio: ['ignore', 'inherit', 'inherit'] });
  const url = `http://127.0.0.1:${port}`;
  await untilAnswered(url, nginx);
  return {
    url,
    without: async (node) => {
      await writeList(node);
      const before = await workersOf(nginx);
      nginx.kill('SIGHUP');
      while (!(await allShutDown(before))) await pause(10);
      // A request that one of them had taken before is passed on within this time, as in the script.
      await pause(1_000);
    },
    close: async () => {
      nginx.kill('SIGTERM');
      if (nginx.exitCode === null) await once(nginx, 'exit');
      await rm(folder, { recursive: true, force: true });
    },
  };
};
