import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A server in a process of its own, as it is started in earnest. */
export interface ChildServer {
  url: string;
  /** Everything it has written so far. */
  output(): string;
  signal(name: NodeJS.Signals): void;
  /** Waits for its end. */
  ended(): Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

const functionsFolder = fileURLToPath(new URL('../../', import.meta.url));
const address = /URL +(http:\/\/\S+)/;

const readyUrl = (child: ChildProcess, output: () => string): Promise<string> =>
  new Promise((resolve, reject) => {
    child.stdout?.on('data', () => {
      const url = address.exec(output())?.[1];
      if (url !== undefined) resolve(url);
    });
    child.once('exit', () => reject(new Error(`the server did not start:\n${output()}`)));
  });

/** Starts a server with nothing in its environment but `settings` and what Node needs; kill it in the end. */
export const startChildServer = async (settings: Record<string, string>): Promise<ChildServer> => {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/server.ts'], {
    cwd: functionsFolder,
    env: { PATH, HOME, PORT: '0', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const chunks: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => chunks.push(String(chunk)));
  const output = () => chunks.join('');
  const exit = once(child, 'exit');
  return {
    url: await readyUrl(child, output),
    output,
    signal: (name) => void child.kill(name),
    ended: async () => {
      const [code, signal] = await exit;
      return { code, signal };
    },
  };
};
