/**
 * Writes functions/package-lock.json, with which the folder can be installed alone, from the lock of the whole
 * project: the same versions, without what only the rest needs.
 *
 *   npx tsx scripts/functions-lock.ts
 */
import { execFileSync } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

interface Lock {
  packages: Record<string, Record<string, unknown>>;
}

const functions = fileURLToPath(new URL('../functions/', import.meta.url));

const readLock = async (): Promise<Lock> =>
  JSON.parse(await readFile(new URL('../package-lock.json', import.meta.url), 'utf8')) as Lock;

/** What lies in the folder's own node_modules hides what lies above it. */
const seedOf = ({ packages }: Lock): Lock['packages'] => {
  const own = 'functions/';
  const shared = Object.entries(packages).filter(([path]) => path.startsWith('node_modules/'));
  const hidden = Object.entries(packages)
    .filter(([path]) => path.startsWith(`${own}node_modules/`))
    .map(([path, entry]) => [path.slice(own.length), entry] as const);
  const kept = shared.filter(([, { link }]) => link !== true);
  return { '': packages.functions ?? {}, ...Object.fromEntries([...kept, ...hidden]) };
};

const folder = await mkdtemp(join(tmpdir(), 'proofdesk-lock-'));
await copyFile(join(functions, 'package.json'), join(folder, 'package.json'));
const { name, version } = JSON.parse(await readFile(join(functions, 'package.json'), 'utf8'));
const seed = { name, version, lockfileVersion: 3, requires: true, packages: seedOf(await readLock()) };
await writeFile(join(folder, 'package-lock.json'), JSON.stringify(seed));
const words = ['install', '--package-lock-only', '--ignore-scripts', '--prefer-offline'];
execFileSync('npm', words, { cwd: folder, stdio: 'inherit' });
await copyFile(join(folder, 'package-lock.json'), join(functions, 'package-lock.json'));
await rm(folder, { recursive: true });
