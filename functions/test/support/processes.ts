import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { inject, onTestFinished } from 'vitest';

/** Settings of a process; nothing else of this process's environment reaches it but what Node needs. */
export type Environment = Readonly<Record<string, string>>;

/** How a process ended, and what it said. */
export interface Ending {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A running server in a process of its own. */
export interface ServerProcess {
  url: string;
  /** What it has written to its standard output so far. */
  output(): string;
  /** Sends a signal that does not end it. */
  signal(signal: 'SIGUSR2'): void;
  /** Sends a signal and waits for the end. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<Ending>;
}

const launch = (
  door: 'server' | 'command/cli',
  environment: Environment,
  options: readonly string[],
  words: string[] = [],
) => {
  const child = spawn(process.execPath, [...options, join(inject('build'), `${door}.js`), ...words], {
    env: { PATH: process.env.PATH, ...environment },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += String(chunk);
  });
  child.stderr.on('data', (chunk) => {
    stderr += String(chunk);
  });
  const ended = once(child, 'close').then(([code]): Ending => ({ code, stdout, stderr }));
  return { child, ended, output: () => stdout };
};

const killAtEnd = (child: ChildProcess, ended: Promise<Ending>): void =>
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });

/** Runs the server until it ends by itself, as it does when it refuses to start. */
export const serverEnding = async (environment: Environment): Promise<Ending> => {
  const { child, ended } = launch('server', { PORT: '0', LOG_LEVEL: 'silent', ...environment }, []);
  killAtEnd(child, ended);
  return ended;
};

/** Starts the server as a process; `options` are for Node. The running test ends it. */
export const startServerProcess = async (
  environment: Environment,
  options: readonly string[] = [],
): Promise<ServerProcess> => {
  const settings = { PORT: '0', LOG_LEVEL: 'silent', ...environment };
  const { child, ended, output } = launch('server', settings, options);
  killAtEnd(child, ended);
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', () => {
      const found = /URL\s+(http\S+)/.exec(output())?.[1];
      if (found !== undefined && output().includes('Stop with')) resolve(found);
    });
    ended.then(({ stderr }) => reject(new Error(`the server did not start: ${stderr}`)), reject);
  });
  return {
    url,
    output,
    signal: (signal) => void child.kill(signal),
    end: (signal) => {
      child.kill(signal);
      return ended;
    },
  };
};

/** Runs the command line to its end, with `input` on its standard input. */
export const runCommand = (environment: Environment, words: string[], input = ''): Promise<Ending> => {
  const { child, ended } = launch('command/cli', environment, [], words);
  child.stdin.end(input);
  return ended;
};
