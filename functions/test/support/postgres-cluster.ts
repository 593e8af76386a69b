import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from './free-port.ts';
import { freshSchema } from './fresh-schema.ts';

const run = promisify(execFile);

/** Where Debian keeps the programs of PostgreSQL 15. */
export const postgresPrograms = '/usr/lib/postgresql/15/bin';

/** A PostgreSQL of the test's own, with real processes that can be stopped, paused and killed. */
export interface PostgresCluster {
  url: string;
  /** A new, empty schema of its own in the one database, as a DATABASE_URL. */
  freshUrl(): Promise<string>;
  start(): Promise<void>;
  /** `fast` ends every connection; `immediate` is as if the machine had lost power. */
  stop(how?: 'fast' | 'immediate'): Promise<void>;
  /** Stands still: the server and everything it has started. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Stops it and removes its folder. */
  dispose(): Promise<void>;
}

interface Identity {
  uid?: number;
  gid?: number;
}

/** PostgreSQL refuses to run as root, so root hands it to the user that Debian's package makes. */
const identityForPostgres = async (): Promise<Identity> => {
  if (process.getuid?.() !== 0) return {};
  const [uid, gid] = await Promise.all(['-u', '-g'].map((option) => run('id', [option, 'postgres'])));
  return { uid: Number(uid?.stdout), gid: Number(gid?.stdout) };
};

const untilReady = (server: ChildProcess): Promise<void> =>
  new Promise((resolve, reject) => {
    let said = '';
    server.stderr?.on('data', (chunk) => {
      said += String(chunk);
      if (said.includes('database system is ready to accept connections')) resolve();
    });
    server.once('exit', () => reject(new Error(`PostgreSQL did not start:\n${said}`)));
  });

const childrenOf = async (pid: number): Promise<number[]> => {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return text.split(' ').filter(Boolean).map(Number);
};

const signalOf = { fast: 'SIGINT', immediate: 'SIGQUIT' } as const;

/** Makes a cluster and starts it; `settings` are those of postgresql.conf. */
export const openPostgresCluster = async (
  settings: Readonly<Record<string, string>> = {},
): Promise<PostgresCluster> => {
  const identity = await identityForPostgres();
  const folder = await mkdtemp(join(tmpdir(), 'proofdesk-postgres-'));
  if (identity.uid !== undefined && identity.gid !== undefined) {
    await chown(folder, identity.uid, identity.gid);
  }
  const data = join(folder, 'data');
  const initialise = ['-D', data, '--username=proofdesk', '--auth=trust', '--encoding=UTF8', '--no-sync'];
  await run(join(postgresPrograms, 'initdb'), [...initialise, '--locale=C.UTF-8'], {
    ...identity,
    cwd: folder,
  });
  const port = await freePort();
  const url = `postgres://proofdesk@127.0.0.1:${port}/postgres`;
  const options = { listen_addresses: '127.0.0.1', unix_socket_directories: folder, ...settings };
  const words = Object.entries(options).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  let server: ChildProcess | undefined;

  const signalAll = async (name: NodeJS.Signals): Promise<void> => {
    const pid = server?.pid;
    if (pid === undefined) throw new Error('PostgreSQL is not running');
    for (const each of [pid, ...(await childrenOf(pid))]) process.kill(each, name);
  };
  const start = async (): Promise<void> => {
    server = spawn(join(postgresPrograms, 'postgres'), ['-D', data, '-p', String(port), ...words], {
      ...identity,
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    await untilReady(server);
  };
  const stop = async (how: 'fast' | 'immediate' = 'fast'): Promise<void> => {
    if (server === undefined || server.exitCode !== null) return;
    const ended = once(server, 'exit');
    server.kill(signalOf[how]);
    await ended;
    server = undefined;
  };
  await start();
  return {
    url,
    start,
    stop,
    pause: () => signalAll('SIGSTOP'),
    resume: () => signalAll('SIGCONT'),
    freshUrl: () => freshSchema(url),
    dispose: async () => {
      await stop('immediate');
      await rm(folder, { recursive: true, force: true });
    },
  };
};
