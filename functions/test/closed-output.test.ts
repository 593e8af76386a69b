import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { makeFolder } from '../src/testing/make-folder.ts';
import { apiOf } from './support/server.ts';

/** A process of the product; nobody reads its standard output once `closeOutput` was called. */
const launch = (words: string[], environment: Record<string, string> = {}) => {
  const child = spawn(process.execPath, words, { env: { PATH: process.env.PATH, ...environment } });
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += String(chunk);
  });
  const ended = once(child, 'close').then(([code]) => ({ code, stderr }));
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return { child, ended, closeOutput: () => child.stdout.destroy() };
};

/** A process that has a logger and does as told. */
const launchLogging = (work: string) => {
  const file = join(inject('build'), 'telemetry/logger.js');
  const code = `
    import { createLogger } from ${JSON.stringify(file)};
    const logger = createLogger({ level: 'info' });
    // As a server does, before it logs.
    process.stdout.on('error', () => undefined);
    ${work}`;
  return launch(['--input-type=module', '--eval', code]);
};

/** Logs and goes on as told, once its standard output was closed and its standard input ended. */
const afterClosing = async (work: string) => {
  const { child, ended, closeOutput } = launchLogging(`
    process.stdin.resume().once('end', () => {
      logger.info({}, 'nobody reads this');
      ${work}
    });`);
  closeOutput();
  child.stdin.end();
  return ended;
};

describe('a process whose output nobody reads any more', () => {
  it('[FA] ends when it is to end', async () => {
    expect(await afterClosing('process.exit(3);')).toEqual({ code: 3, stderr: '' });
  });

  it('[HT7] ends when it is to end, though its reader is there and takes nothing', async () => {
    const { child, closeOutput } = launchLogging(`
      for (let line = 0; line < 3000; line += 1) logger.info({ line }, 'x'.repeat(1000));
      logger.flush(() => process.exit(3));`);
    expect(await once(child, 'exit')).toEqual([3, null]);
    closeOutput();
  });

  it('[FA] goes on after a fatal line', async () => {
    const ended = await afterClosing(`logger.fatal({}, 'nor this'); console.error('goes on');`);
    expect(ended).toEqual({ code: 0, stderr: 'goes on\n' });
  });

  it('[FA] ends by an error that nobody catches', async () => {
    const { code, stderr } = await afterClosing(`throw new Error('a fault');`);
    expect([code, stderr]).toEqual([1, expect.stringContaining('a fault')]);
  });

  it('[FA] serves on as a server, and stops when told to', async () => {
    const settings = { DATA_DIR: await makeFolder(), PORT: '0', RATE_LIMIT_MAX: '1000' };
    const { child, ended, closeOutput } = launch([join(inject('build'), 'server.js')], settings);
    let said = '';
    for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
      said += String(chunk);
      if (said.includes('Stop with')) break;
    }
    closeOutput();
    const api = apiOf(/http:\S+/.exec(said)?.[0] ?? '');
    // More lines than are gathered for one write: some go out meanwhile, the last at the end.
    for (let request = 0; request < 200; request += 1) {
      expect((await api('GET', '/api/v1/nothing')).status).toBe(404);
    }
    child.kill('SIGTERM');
    expect(await ended).toEqual({ code: 0, stderr: '' });
  });

  it('[FA] ends quietly as the command line', async () => {
    const settings = { DATA_DIR: await makeFolder() };
    const { ended, closeOutput } = launch([join(inject('build'), 'command/cli.js'), 'doctor'], settings);
    closeOutput();
    expect((await ended).stderr).toBe('');
  });
});
