import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { documentSchema } from '../src/protocol/documentation.ts';
import { documentPageSchema } from '../src/protocol/documentation-api.ts';
import { makeFolder } from '../src/testing/make-folder.ts';
import { runCommand } from './support/processes.ts';
import { bodyOf, signIn, startTestServer, tokenOf } from './support/server.ts';
import { makeShopRepository, type ShopRepository } from './support/shop-repository.ts';

let repository: ShopRepository;
beforeAll(async () => {
  repository = await makeShopRepository();
});
afterAll(() => repository.remove());

const docs = (words: string[], input = '', environment: Record<string, string> = {}) =>
  runCommand(environment, ['docs', ...words], input);

const generate = (...words: string[]) => docs(['generate', '--repo', repository.folder, ...words]);

describe('proofdesk docs', () => {
  it('[DO9] generate documents a range without server and database, the same bytes each time', async () => {
    const first = await generate('--from', 'v1.0.0');
    expect(first.code).toBe(0);
    const document = documentSchema.parse(JSON.parse(first.stdout));
    expect(document.range.from?.tags).toEqual(['v1.0.0']);
    expect(document.technicalDocumentation.migration.map(({ title }) => title.text).join(' ')).toContain(
      'refunds',
    );
    expect(first.stderr).toContain('1 commit from v1.0.0');
    expect((await generate('--from', 'v1.0.0')).stdout).toBe(first.stdout);
  });

  it('[DO2] writing from messages and paths loads no library of schemas, which takes as long as the rest', async () => {
    const folder = await makeFolder();
    const words = ['generate', '--no-content', '--format', 'markdown', '--repo', repository.folder];
    expect((await docs(words, '', { NODE_V8_COVERAGE: folder })).code).toBe(0);
    const [file = ''] = await readdir(folder);
    const loaded = await readFile(join(folder, file), 'utf8');
    expect(loaded).toContain('document-writer');
    expect(loaded).not.toContain('node_modules/zod/');
  });

  it('[DO3] check finds nothing in what generate wrote, and what was put in by hand', async () => {
    const { stdout } = await generate();
    expect(await docs(['check'], stdout)).toMatchObject({ code: 0, stdout: '' });
    const checked = await docs(
      ['check'],
      stdout.replaceAll('REFUND_DAYS is', 'REFUND_WEEKS is').replaceAll('`REFUND_DAYS`', '`REFUND_WEEKS`'),
    );
    expect(checked.code).toBe(1);
    expect(checked.stdout).toContain('unsupported-name: REFUND_WEEKS');
  });

  it('[DO7] writes files in each form, and puts a section into a changelog once', async () => {
    const folder = await makeFolder();
    const file = join(folder, 'CHANGELOG.md');
    await writeFile(file, '# Changelog\n\nOurs.\n\n## [0.9.0]\n\n- Old.\n');
    for (let time = 0; time < 2; time += 1) await generate('--format', 'changelog', '--output', file);
    const changelog = await readFile(file, 'utf8');
    expect(changelog.match(/^## /gm)).toHaveLength(2);
    expect(changelog).toContain('Ours.');
    expect((await generate('--format', 'captions')).stdout).toMatch(/^WEBVTT\n/);
    expect((await generate('--format', 'storyboard')).stdout).toContain('| Scene |');
    expect((await generate('--format', 'markdown')).stdout).toContain('## For developers and operators');
  });

  it.each([
    [['--to', '--upload-pack=touch x'], 'There is no commit'],
    [['--to', 'v9.9.9'], 'There is no commit "v9.9.9"'],
    [['--format', 'pdf'], 'Choose one of json, markdown'],
  ])('[DO9] what cannot be done is said: %j', async (words, named) => {
    const { code, stdout, stderr } = await generate(...words);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(named);
  });

  it.each([
    ['generate --repo /no/such/folder', '', 'The folder of the repository is not there'],
    ['generate --repo /dev/null', '', 'ENOTDIR'],
    ['generate --from nowhere', '', 'There is no commit "nowhere"'],
    ['check', 'no JSON', 'This is no document of proofdesk: it is no JSON.'],
    ['check', '{}', 'This is no document of proofdesk: userDocumentation'],
    ['check --document /no/such/file', '', 'ENOENT'],
    ['check --document /dev', '', '/dev cannot be read: EISDIR'],
    ['watch --once --repo /', '', 'not a git repository'],
    ['publish --repository shop --url nonsense', '{}', 'Write the address of the server'],
    ['publish --repository shop --url http://127.0.0.1:1', 'DOCUMENT', 'http://127.0.0.1:1 does not answer'],
  ])('[EN4] what cannot be done is said in one sentence: docs %s', async (words, input, said) => {
    const text = input === 'DOCUMENT' ? (await generate()).stdout : input;
    const { code, stderr } = await docs(words.split(' '), text, { PROOFDESK_TOKEN: 'token' });
    expect([code, stderr.trim().split('\n').length]).toEqual([1, 1]);
    expect(stderr).toContain(said);
  });

  it('[DO9] a folder that is in no repository is said to be none', async () => {
    const { code, stderr } = await docs(['generate', '--repo', await makeFolder()]);
    expect(code).toBe(1);
    expect(stderr).toContain('git');
  });

  it('[DO8] watch --once documents what came since it looked last, each range once', async () => {
    const watch = () => docs(['watch', '--once', '--repo', repository.folder, '--format', 'markdown']);
    expect((await watch()).stdout).toBe('');
    repository.commit('feat: wrap orders as gifts');
    expect((await watch()).stdout).toContain('Wrap orders as gifts');
    expect((await watch()).stdout).toBe('');
  });

  it('[DO8] watch begins anew where the commit that it remembers is not there any more', async () => {
    const own = await makeShopRepository();
    const watch = () => docs(['watch', '--once', '--repo', own.folder, '--format', 'markdown']);
    const state = join(own.folder, '.git', 'proofdesk-docs.json');
    await writeFile(state, JSON.stringify({ documented: 'a'.repeat(40) }));
    expect(await watch()).toMatchObject({
      code: 0,
      stdout: '',
      stderr: expect.stringContaining('Watching from'),
    });
    own.commit('feat: wrap orders as gifts');
    expect((await watch()).stdout).toContain('Wrap orders as gifts');
    await own.remove();
  });

  it('[DO8] the hook documents a commit, and leaves a hook of others alone', async () => {
    const own = await makeShopRepository();
    const output = join(own.folder, 'notes.md');
    const install = () =>
      docs(['install-hook', '--repo', own.folder, '--format', 'markdown', '--output', output]);
    expect((await install()).code).toBe(0);
    own.git(['commit', '--quiet', '--allow-empty', '--message=fix: round prices up']);
    expect(await readFile(output, 'utf8')).toContain('Round prices up.');
    await writeFile(join(own.folder, '.git', 'hooks', 'post-commit'), '#!/bin/sh\nexit 0\n');
    const refused = await install();
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('a hook of yours');
    await own.remove();
  });

  it('[DO8] hooks go where git looks for them, and say what to add to those of others', async () => {
    const own = await makeShopRepository();
    const output = join(own.folder, 'made', 'notes.md');
    const install = (folder = own.folder) =>
      docs(['install-hook', '--repo', folder, '--format', 'markdown', '--output', output]);
    own.git(['config', 'core.hooksPath', '.hooks/_']);
    const mine = '#!/bin/sh\nexit 0\n';
    own.write({ '.hooks/post-commit': mine });
    const refused = await install(join(own.folder, 'src'));
    expect([refused.code, refused.stderr]).toEqual([
      1,
      expect.stringContaining('post-commit is a hook of yours'),
    ]);
    expect(await readFile(join(own.folder, '.hooks', 'post-merge'), 'utf8')).toContain("'watch' '--once'");
    const line = refused.stderr.trim().split('\n').at(-1) ?? '';
    own.write({ '.hooks/post-commit': `#!/bin/sh\n${line}\n` });
    expect((await install(join(own.folder, 'src'))).code).toBe(0);
    expect(await readFile(join(own.folder, '.hooks', 'post-commit'), 'utf8')).toBe(`#!/bin/sh\n${line}\n`);
    await own.remove();
  });

  it('[DO8] a bare repository has hooks too, and those of all repositories are left alone', async () => {
    const home = await makeFolder();
    const own = await makeShopRepository();
    const bare = join(home, 'bare');
    own.git(['clone', '--quiet', '--bare', own.folder, bare]);
    const install = () => docs(['install-hook', '--repo', bare, '--output', 'x'], '', { HOME: home });
    expect((await install()).stderr).toContain(join('bare', 'hooks', 'post-commit'));
    await writeFile(join(home, '.gitconfig'), '[core]\n\thooksPath = /of/all\n');
    const refused = await install();
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('core.hooksPath')]);
    await own.remove();
  });

  it('[EN4] an empty range says that its ends may be swapped', async () => {
    const { code, stderr } = await generate('--from', 'HEAD', '--to', 'v1.0.0');
    expect([code, stderr]).toEqual([0, expect.stringContaining('is --from the older one?')]);
  });

  it('[DO11] publish sends a document to a server that does not hold the repository', async () => {
    const server = await startTestServer();
    const { stdout } = await generate('--from', 'v1.0.0');
    const words = ['publish', '--url', server.url, '--repository', 'shop'];
    expect((await docs(words, stdout)).stderr).toContain('PROOFDESK_TOKEN');
    const token = await tokenOf(server.url, 'admin@demo.local');
    const published = await docs(words, stdout, { PROOFDESK_TOKEN: token });
    expect([published.code, published.stderr]).toEqual([0, expect.stringContaining('Published')]);
    expect(published.stderr).not.toContain(token);
    const admin = await signIn(server.url, 'admin@demo.local');
    const list = bodyOf(await admin('GET', '/api/v1/documentation'), documentPageSchema);
    expect(list.items).toMatchObject([{ repository: 'shop', origin: 'published' }]);
    const elsewhere = ['publish', '--url', 'http://desk.example.com', '--repository', 'shop'];
    expect((await docs(elsewhere, stdout, { PROOFDESK_TOKEN: token })).stderr).toContain('https');
    await server.close();
  });
});
