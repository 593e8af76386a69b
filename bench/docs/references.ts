import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../docs-references', import.meta.url));

/** Where a tool to compare with is; all of them are installed when they are not there. */
export const referenceTool = (name: string): string => {
  if (!existsSync(`${folder}/node_modules/.package-lock.json`)) {
    process.stdout.write(
      'Installing conventional-changelog and git-cliff into bench/docs-references (once) ...\n',
    );
    execFileSync('npm', ['ci', '--workspaces=false', '--no-audit', '--no-fund', '--silent'], {
      cwd: folder,
      stdio: 'inherit',
    });
  }
  return `${folder}/node_modules/.bin/${name}`;
};
