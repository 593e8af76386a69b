import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../ai-references', import.meta.url));

/** Installs the classifiers to compare with, which nothing else in the project needs, when they are not there. */
export const installReferences = (): void => {
  if (existsSync(`${folder}/node_modules/.package-lock.json`)) return;
  process.stdout.write('Installing NLP.js and natural into bench/ai-references (80 MB, once) ...\n');
  execFileSync('npm', ['ci', '--workspaces=false', '--no-audit', '--no-fund', '--silent'], {
    cwd: folder,
    stdio: 'inherit',
  });
};
