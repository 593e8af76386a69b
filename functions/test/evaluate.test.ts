import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const project = fileURLToPath(new URL('../..', import.meta.url));
const holdout = 'data/print-support-holdout.jsonl';

it.each([
  ['', `functions/${holdout}`],
  ['functions', holdout],
])('[RO10] the figures of a file are printed from where npm is called: %j', async (folder, file) => {
  const words = ['run', '--silent', 'evaluate', '--', file];
  const { stdout } = await promisify(execFile)('npm', words, { cwd: `${project}${folder}` });
  expect(stdout).toContain(`360 messages of ${file}`);
  expect(stdout).toContain('| category macro-F1 |');
});
