import { readFile, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

// Joins the compiled modules of the `proofdesk` command into a few files, because finding and reading a hundred costs
// it more time than most of its work: docs/decisions/2026-11-27-command-in-few-files.md.

/** Where `tsc` wrote to; tests have a folder of their own. */
const folder = process.argv[2] ?? fileURLToPath(new URL('dist', import.meta.url));
const compiled = (path) => resolve(folder, path);

/** Packages that every run of a command loads, small and without files of their own. */
const inside = new Set(['commander']);

/** The server's side of the command line, which finds its files by where it lies itself, and what both sides compare. */
const outside = [
  'compose/command-line.js',
  'compose/data-commands.js',
  'compose/doctor.js',
  'config.js',
  'errors/app-error.js',
  'start-refusal.js',
];

const { dependencies } = JSON.parse(await readFile(new URL('package.json', import.meta.url), 'utf8'));
// Names of shared pieces follow from their content, so that those of earlier builds would stay.
await rm(compiled('command'), { recursive: true, force: true });
const { metafile } = await build({
  entryPoints: [compiled('cli.js')],
  outdir: compiled('command'),
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  sourcemap: true,
  metafile: true,
  external: [...Object.keys(dependencies).filter((name) => !inside.has(name)), ...outside.map(compiled)],
  banner: {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  },
  logLevel: 'warning',
});

for (const file of Object.keys(metafile.inputs)) {
  if (!(await readFile(file, 'utf8')).includes('import.meta.url')) continue;
  throw new Error(
    `${file} looks for files beside itself and would not find them from command/: name it outside.`,
  );
}
