import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../realtime-references', import.meta.url));

export const hocuspocusEntry = new URL('../realtime-references/hocuspocus.js', import.meta.url);

/** Installs Hocuspocus, which nothing else in the project needs, when it is not there. */
export const installReferences = (): void => {
  if (existsSync(`${folder}/node_modules/.package-lock.json`)) return;
  process.stdout.write('Installing Hocuspocus into bench/realtime-references (once) ...\n');
  execFileSync('npm', ['ci', '--workspaces=false', '--no-audit', '--no-fund', '--silent'], {
    cwd: folder,
    stdio: 'inherit',
  });
};
