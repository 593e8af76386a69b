import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** What a process has used. */
export interface Usage {
  /** Of all its threads since it started. */
  processorMs: number;
  residentBytes: number;
  /** JavaScript's objects and what they hold outside of its heap. */
  heapBytes: number;
}

/** A server in a process of its own, so that its processor time can be told apart. */
export interface ServerProcess {
  url: string;
  usage(): Promise<Usage>;
  /** The same after garbage was collected; for servers that were started with `--expose-gc`. */
  usageWithoutGarbage(): Promise<Usage>;
  /** Asks it to stop and waits until it has. */
  stop(): Promise<void>;
}

export interface ServerProcessOptions {
  /** Name of its log file in `folder`. */
  name: string;
  /** JavaScript file to run. */
  entry: URL;
  /** What it writes goes to files here, as a service's log does. */
  folder: string;
  environment?: Record<string, string>;
  nodeOptions?: readonly string[];
}

const meter = new URL('../servers/processor-meter.js', import.meta.url);
const startTimeoutMs = 60_000;
const lookAgainMs = 50;

const environmentFor = (own: Record<string, string> = {}): NodeJS.ProcessEnv => {
  const { PATH, HOME, TMPDIR } = process.env;
  return { PATH, HOME, TMPDIR, ...own };
};

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean =>
  exitCode !== null || signalCode !== null;

const waitForUrl = async (child: ChildProcess, name: string, logFile: string): Promise<string> => {
  const deadline = performance.now() + startTimeoutMs;
  while (performance.now() < deadline && !hasEnded(child)) {
    const url = /^\s*URL\s+(http:\S+)/m.exec(readFileSync(logFile, 'utf8'))?.[1];
    if (url !== undefined) return url;
    await pause(lookAgainMs);
  }
  child.kill('SIGKILL');
  throw new Error(`${name} did not start:\n${readFileSync(logFile, 'utf8')}`);
};

const askUsage = async (child: ChildProcess, question: 'usage?' | 'memory?'): Promise<Usage> => {
  const answer = once(child, 'message');
  child.send(question);
  const [told] = (await answer) as [NodeJS.CpuUsage & { rss: number; heap: number }];
  return { processorMs: (told.user + told.system) / 1_000, residentBytes: told.rss, heapBytes: told.heap };
};

/** Starts a server that says its URL on standard output, and waits for that. */
export const startServerProcess = async (options: ServerProcessOptions): Promise<ServerProcess> => {
  const { name, entry, folder, environment, nodeOptions = [] } = options;
  const logFile = join(folder, `${name}.log`);
  const log = openSync(logFile, 'a');
  const child = spawn(process.execPath, [...nodeOptions, '--import', meter.href, fileURLToPath(entry)], {
    stdio: ['ignore', log, log, 'ipc'],
    env: environmentFor(environment),
  });
  const url = await waitForUrl(child, name, logFile);
  return {
    url,
    usage: () => askUsage(child, 'usage?'),
    usageWithoutGarbage: () => askUsage(child, 'memory?'),
    stop: async () => {
      if (hasEnded(child)) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
};
