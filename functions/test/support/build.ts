import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Folder of the built product, for tests that run it as a process. */
    build: string;
  }
}

const functions = fileURLToPath(new URL('../../', import.meta.url));

/** Builds the product once for all test files, into a folder of this run beside the sources. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const build = await mkdtemp(join(functions, '.test-build-'));
  const compiler = join(
    dirname(createRequire(import.meta.url).resolve('typescript/package.json')),
    'bin/tsc',
  );
  const options = ['-p', join(functions, 'tsconfig.build.json'), '--noCheck', '--outDir', build];
  execFileSync(process.execPath, [compiler, ...options], { stdio: 'inherit' });
  execFileSync(process.execPath, [join(functions, 'bundle-command.js'), build], { stdio: 'inherit' });
  project.provide('build', build);
  return () => rm(build, { recursive: true, force: true });
};
