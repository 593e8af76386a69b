import { execFile } from 'node:child_process';
import { chmod, cp, mkdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { makeFolder } from '../src/testing/make-folder.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Stands in for npx: runs tsx as it is, and in place of the Firebase command line, which needs an account, notes
 * what it was asked and what it would read.
 */
const npx = `#!/usr/bin/env bash
if [ "$1" = tsx ]; then shift; exec "${root}node_modules/.bin/tsx" "$@"; fi
printf '%s\\n' "$@" > asked
cp deploy/settings/.env sent
ls -l deploy/settings/.env | cut -c 1-10 > mode
echo secret > firebase-debug.log
exit "\${FIREBASE_EXIT:-0}"
`;

const demanded = {
  FIREBASE_PROJECT_ID: 'my-print-shop',
  FIREBASE_STORAGE_BUCKET: 'my-print-shop-artwork',
  REDIS_URL: 'rediss://:top-secret@redis.example:6379',
};

/** What a deployment needs of the project, in a folder of its own. */
const checkout = async () => {
  const folder = await makeFolder();
  await cp(join(root, 'scripts'), join(folder, 'scripts'), { recursive: true });
  await mkdir(join(folder, 'bin'));
  await writeFile(join(folder, 'bin/npx'), npx);
  await chmod(join(folder, 'bin/npx'), 0o755);
  await symlink(join(root, 'functions'), join(folder, 'functions'));
  const deploy = async (settings: Record<string, string>, ...options: string[]) => {
    const env = { PATH: `${join(folder, 'bin')}:${process.env.PATH}`, ...settings };
    const file = join(folder, 'scripts/deploy.sh');
    const ended = await run('bash', [file, ...options], { env }).catch((error: unknown) => error);
    const { code = 0, stdout, stderr } = ended as { code?: number; stdout: string; stderr: string };
    return { code, output: stdout + stderr };
  };
  const read = (name: string): Promise<string | undefined> =>
    readFile(join(folder, name), 'utf8').catch(() => undefined);
  return { folder, deploy, read };
};

describe('npm run deploy', () => {
  it('[EN9] hands the function its settings in a file that is gone afterwards, and shows names alone', async () => {
    const { deploy, read } = await checkout();
    const { code, output } = await deploy(
      { ...demanded, PORT: '80', OPENAI_API_KEY: ' ' },
      '--non-interactive',
    );
    expect({ code, output }).toEqual({
      code: 0,
      output: 'The function gets NODE_ENV, PROOFDESK_STORAGE_BUCKET, REDIS_URL.\n',
    });
    expect((await read('sent'))?.split('\n').sort()).toEqual([
      '',
      'NODE_ENV="production"',
      'PROOFDESK_STORAGE_BUCKET="my-print-shop-artwork"',
      'REDIS_URL="rediss://:top-secret@redis.example:6379"',
    ]);
    expect(await read('mode')).toBe('-rw-------\n');
    expect(await read('deploy/settings/.env')).toBeUndefined();
    expect((await read('asked'))?.split('\n')).toEqual([
      '--yes',
      expect.stringMatching(/^firebase-tools@/),
      'deploy',
      '--only',
      'functions,firestore,hosting',
      '--public',
      'deploy/pages',
      '--non-interactive',
      '--project',
      'my-print-shop',
      '',
    ]);
  });

  it('[EN9] shows the pages of the web client where they are built', async () => {
    const { folder, deploy, read } = await checkout();
    await mkdir(join(folder, 'web/dist'), { recursive: true });
    await writeFile(join(folder, 'web/dist/index.html'), 'pages');
    expect((await deploy(demanded)).code).toBe(0);
    expect(await read('asked')).not.toContain('--public');
  });

  it.each(Object.keys(demanded))('[EN9] without %s nothing is deployed, and it says so', async (name) => {
    const { deploy, read } = await checkout();
    const { code, output } = await deploy({ ...demanded, [name]: '' });
    expect(code).toBe(1);
    expect(output).toContain('Nothing was deployed.');
    expect(output).toContain(name);
    expect(output).not.toContain('top-secret');
    expect(await read('asked')).toBeUndefined();
  });

  it('[EN9] a value that the function would refuse ends it, too', async () => {
    const { deploy, read } = await checkout();
    const { code, output } = await deploy({ ...demanded, REDIS_URL: 'top-secret' });
    expect([code, output]).toEqual([1, expect.stringContaining('REDIS_URL is not usable')]);
    expect(output).not.toContain('top-secret');
    expect(await read('asked')).toBeUndefined();
  });

  it('[EN9] leaves no settings behind when it fails, and prints none', async () => {
    const { folder, deploy, read } = await checkout();
    const { code, output } = await deploy({ ...demanded, FIREBASE_EXIT: '3' });
    expect(code).toBe(3);
    expect(output).not.toContain('top-secret');
    expect(await read('deploy/settings/.env')).toBeUndefined();
    expect((await stat(join(folder, 'firebase-debug.log'))).mode & 0o777).toBe(0o600);
    const debugging = await deploy(demanded, '--debug');
    expect([debugging.code, debugging.output]).toEqual([1, expect.stringContaining('leave it out')]);
  });
});
