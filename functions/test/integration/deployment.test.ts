import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { makeFolder } from '../../src/testing/make-folder.ts';

const run = promisify(execFile);
const functions = fileURLToPath(new URL('../../', import.meta.url));
const nginxFile = new URL('../../../deploy/nginx.conf', import.meta.url);

const left = /node_modules|\.test-build-|\/dist$|\/(src|test|train|data)$/;

describe('functions/ copied away from the project', () => {
  it('[EN7] installs from its own lock file and serves', async () => {
    const folder = join(await makeFolder(), 'functions');
    await cp(functions, folder, {
      recursive: true,
      filter: (path) => !left.test(path.slice(functions.length - 1)),
    });
    await cp(inject('build'), join(folder, 'dist'), { recursive: true });
    await run('npm', ['ci', '--omit=dev', '--prefer-offline', '--ignore-scripts'], { cwd: folder });
    const { PATH = '', HOME = '' } = process.env;
    const child = spawn(process.execPath, ['dist/server.js'], {
      cwd: folder,
      env: { PATH, HOME, PORT: '0', DATA_DIR: await makeFolder() },
    });
    onTestFinished(async () => {
      child.kill('SIGKILL');
    });
    let output = '';
    for await (const chunk of child.stdout) {
      output += String(chunk);
      if (output.includes('URL')) break;
    }
    const url = /http:\S+/.exec(output)?.[0] ?? '';
    expect((await fetch(`${url}/ready`)).status).toBe(200);
    child.kill('SIGTERM');
    await once(child, 'exit');
  });
});

describe('deploy/nginx.conf', () => {
  it('[RT12] is accepted by nginx', async () => {
    const folder = await makeFolder();
    const file = join(folder, basename(nginxFile.pathname));
    const text = await readFile(nginxFile, 'utf8');
    await writeFile(file, text.replace('/tmp/nginx.pid', join(folder, 'pid')));
    // The names of the nodes are known inside the network of the containers only.
    await mkdir(join(folder, 'nodes'));
    const nodes = await readFile(new URL('nodes/nodes.conf', nginxFile), 'utf8');
    await writeFile(join(folder, 'nodes', 'nodes.conf'), nodes.replace(/node-[12]:/g, '127.0.0.1:'));
    const { stderr } = await run('nginx', ['-t', '-c', file, '-p', folder]);
    expect(stderr).toContain('test is successful');
  });
});
