#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';

const built = new URL('../dist/command/cli.js', import.meta.url);
if (!existsSync(built)) {
  process.stderr.write('The command line is not built yet: run npm run build first.\n');
  process.exit(1);
}
// A command runs for a moment. By default V8 spends a third of it on optimising code that is hardly run any more.
setFlagsFromString('--interrupt-budget=2000000');
await import(built.href);
