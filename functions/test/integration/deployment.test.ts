import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Ajv } from 'ajv';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { dotenvOf, settingsForFunction } from '../../src/function-settings.ts';
import { settings } from '../../src/settings.ts';
import { makeFolder } from '../../src/testing/make-folder.ts';
import { firebaseTools } from '../support/auth-emulator.ts';

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

interface FirebaseSettings {
  loadUserEnvs(place: {
    functionsSource: string;
    configDir: string;
    projectDir: string;
    projectId: string;
  }): Record<string, string>;
}

describe('settings of the cloud function', () => {
  it('[EN9] are read by the Firebase command line as they were written, every one of them', async () => {
    const configDir = await makeFolder();
    const examples = Object.entries(settings).map(([name, { example }]) => [name, example]);
    const sent = settingsForFunction(Object.fromEntries(examples));
    await writeFile(join(configDir, '.env'), dotenvOf(sent));
    const load = createRequire(import.meta.url);
    const { loadUserEnvs }: FirebaseSettings = load(join(firebaseTools, 'lib/functions/env.js'));
    const place = {
      functionsSource: functions,
      configDir,
      projectDir: configDir,
      projectId: 'my-print-shop',
    };
    expect(loadUserEnvs(place)).toEqual(sent);
  });

  it('[EN9] are looked for where they are written, in a firebase.json that is as it should be', async () => {
    const schema: object = JSON.parse(
      await readFile(join(firebaseTools, 'schema/firebase-config.json'), 'utf8'),
    );
    const file = JSON.parse(await readFile(new URL('../../../firebase.json', import.meta.url), 'utf8'));
    const ajv = new Ajv({ strict: false, allowUnionTypes: true, validateFormats: false });
    expect([ajv.validate(schema, file), ajv.errors]).toEqual([true, null]);
    expect(file).toMatchObject({ functions: [{ configDir: 'deploy/settings' }] });
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
