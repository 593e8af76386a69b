import { describe, expect, it } from 'vitest';
import { openGitHistory } from '../../engines/git/git-history.ts';
import { HistoryError } from '../../ports/history.ts';
import { type Fact, factReportSchema } from '../../protocol/facts.ts';
import { createRepository, gitEnvironment } from '../../testing/git-repository.ts';
import { makeFolder } from '../../testing/make-folder.ts';
import { replacedFactId } from './fact.ts';
import { createReadFacts } from './read-facts.ts';

const fixture = async () => {
  const repository = createRepository(await makeFolder());
  const history = openGitHistory({ folder: repository.folder, environment: gitEnvironment });
  return { ...repository, read: createReadFacts({ history }) };
};

const manifest = JSON.stringify({ name: 'shop', main: 'src/index.ts' });
const index = (...lines: string[]) => ({ 'package.json': manifest, 'src/index.ts': lines.join('\n') });

const shown = (facts: readonly Fact[]) =>
  facts
    .filter(({ evidence }) => evidence !== 'message')
    .map(({ kind, change, subject }) => `${kind} ${change} ${subject}`)
    .sort();
const said = (facts: readonly Fact[]) =>
  facts.filter(({ evidence }) => evidence === 'message').map(({ kind, name }) => `${kind}: ${name}`);

describe('facts of a range', () => {
  it('[DO1] carries commit, file, line, before and after, and joins message and content', async () => {
    const { commit, read } = await fixture();
    const from = commit('chore: begin', index('export const pay = (sum: number) => sum;'));
    const id = commit(
      'feat(payments)!: let people pay by card (#5)',
      index('', 'export const pay = (sum: number, card: Card) => sum;', 'export const refund = () => 1;'),
    );
    const report = await read({ from });
    expect(factReportSchema.parse(report)).toEqual(report);
    const pay = report.facts.find(({ subject }) => subject === 'shop: pay');
    expect(pay).toMatchObject({
      kind: 'api',
      change: 'changed',
      breaking: true,
      commit: id,
      file: 'src/index.ts',
      line: 2,
      evidence: 'parsed',
      before: { signature: 'pay(sum: number)' },
      after: { signature: 'pay(sum: number, card: Card)' },
      references: [{ text: '#5', relation: 'pull-request' }],
    });
    const message = report.facts.find(({ kind }) => kind === 'feature');
    expect(message?.related).toContain(pay?.id);
    expect(pay?.related).toEqual([message?.id]);
    expect(report.conflicts).toEqual([]);
  });

  it('[FA] [DO2] reads on past files that are nested more deeply than the parser and its readers can follow', async () => {
    const { commit, read } = await fixture();
    const from = commit('begin', index());
    const nested = (before: string, after: string, levels: number) =>
      `export const a =\n${before.repeat(levels)}1${after.repeat(levels)};`;
    commit('feat: nest', {
      ...index('export const pay = 1;'),
      'src/lists.ts': nested('[', ']', 100_000),
      'src/arrows.ts': nested('a =>\n', '', 50_000),
      'src/sum.ts': nested('', '+\n1', 20_000),
      'src/flat.ts': `export const flat = [${'[1], '.repeat(20_000)}];`.replaceAll('], ', '],\n'),
    });
    const { facts, unresolved } = await read({ from });
    expect(shown(facts)).toEqual(['api added shop: pay']);
    const reason = 'It is nested too deeply.';
    expect(unresolved).toEqual(
      ['src/arrows.ts', 'src/lists.ts', 'src/sum.ts'].map((file) =>
        expect.objectContaining({ what: 'file', subject: file, file, reason }),
      ),
    );
  });

  it('[DO2] what rests on a file that one end cannot read is neither gone nor new', async () => {
    const { commit, read } = await fixture();
    const app = (...lines: string[]) => ({
      'app.js': [
        "const express = require('express'); const app = express();",
        "app.use('/shop', require('./orders'));",
        ...lines,
        'module.exports = app;',
      ].join('\n'),
    });
    const orders = (...lines: string[]) => ({
      'orders.js': [
        "const { Router } = require('express'); const orders = Router();",
        "orders.get('/orders', list);",
        ...lines,
        'module.exports = orders;',
      ].join('\n'),
    });
    const broken = 'function (';
    const first = commit('begin', { ...index('export const pay = 1;'), ...app(), ...orders() });
    const second = commit('break', { ...app(broken), ...index('export const pay = 1;', broken) });
    const report = await read({ from: first, to: second });
    expect(shown(report.facts)).toEqual([]);
    expect(report.unresolved.map(({ file, reason }) => [file, reason])).toEqual([
      ['app.js', 'It cannot be parsed.'],
      ['src/index.ts', 'It cannot be parsed.'],
    ]);
    const third = commit('mend', { ...app(), ...index('export const pay = 1;') });
    expect(shown((await read({ from: second, to: third })).facts)).toEqual([]);
    const fourth = commit('more', orders("orders.post('/orders', place);"));
    expect(shown((await read({ from: first, to: fourth })).facts)).toEqual(['route added POST /shop/orders']);
  });

  it('[DO16] names the commit that changed a symbol, not the one that builds or re-exports it otherwise', async () => {
    const { commit, read } = await fixture();
    const entries = (more: object) =>
      JSON.stringify({ name: 'money', exports: { '.': { import: './dist/index.js', ...more } } });
    const from = commit('begin', {
      'package.json': entries({ require: './dist/index.cjs' }),
      'src/index.ts': "export { pay } from './pay'; export { back as refund } from './pay';",
      'src/pay.ts': 'export const pay = (sum: number) => 1; export const back = () => 2;',
    });
    const changing = commit('pay with a card', {
      'src/pay.ts': 'export const pay = (sum: number, card: string) => 1; export const back = () => 2;',
    });
    const renaming = commit('other names', {
      'src/index.ts': "export { pay } from './pay'; export { back as giveBack } from './pay';",
    });
    commit('drop CommonJS', { 'package.json': entries({}) });
    const { facts } = await read({ from });
    const behind = (name: string) => facts.find((fact) => fact.name === name)?.commit;
    expect([behind('pay'), behind('giveBack')]).toEqual([changing, renaming]);
  });

  it('[DO17] a conflict names what is gone as it was called, and each name once', async () => {
    const { commit, read } = await fixture();
    const body = '(a: string) => { return a.trim().length > 3; }';
    const from = commit('begin', index(`export const isLong = ${body};`));
    commit('fix: wrong name', index(`export const hasWords = ${body};`));
    const [conflict] = (await read({ from })).conflicts;
    expect(conflict).toMatchObject({ kind: 'fix-removes-public', content: '`isLong` is gone.' });
  });

  it('[DO16] other words of a comment and another name behind a default export change nothing', async () => {
    const { commit, read } = await fixture();
    const from = commit(
      'begin',
      index('/** Pays. */ export const pay = 1; export default function one() {}'),
    );
    commit('reword', index('/** Pays now. */ export const pay = 1; export default function other() {}'));
    expect(shown((await read({ from })).facts)).toEqual([]);
  });

  it('[DO1] tells the net effect: added then removed is nothing, changed twice is one change', async () => {
    const { commit, read } = await fixture();
    const from = commit('chore: begin', index('export const a = (x: string) => x;'));
    const one = commit(
      'feat: b',
      index('export const a = (x: string, y: string) => x;', 'export const b = 1;'),
    );
    const two = commit('feat: c', index('export const a = (x: string, y: string, z: string) => x;'));
    const { facts } = await read({ from });
    expect(shown(facts)).toEqual(['api changed shop: a']);
    expect(facts.find(({ kind }) => kind === 'api')).toMatchObject({ commit: two, furtherCommits: [one] });
  });

  it('[DO16] code that moves to another file keeps the commit that brought it', async () => {
    const { commit, read } = await fixture();
    const order = "program.command('order').description('order again');";
    const cancel = "program.command('cancel').description('take it back');";
    const line = (...commands: string[]) =>
      ["import { Command } from 'commander';", 'const program = new Command();', ...commands].join('\n');
    commit('chore: begin', {
      'package.json': '{"name":"shop","bin":{"shop":"src/cli.ts"}}',
      'src/cli.ts': line(),
    });
    const brought = commit('feat: commands', { 'src/cli.ts': line(order, cancel) });
    commit('refactor: split', { 'src/cli.ts': line(order), 'src/cli/cancel.ts': line(cancel) });
    const { facts } = await read({});
    const known = facts.filter(({ kind }) => kind === 'flag').map(({ name, commit: at }) => [name, at]);
    expect(known).toContainEqual(['cancel', brought]);
    expect(known).toContainEqual(['order', brought]);
  });

  it.each([
    ['reads differently', '<button>Save</button>', '<button>Save order</button>'],
    ['leads elsewhere', '<a href="/old" />', '<a href="/$&" />'],
  ])('[DO6] a text that %s takes the place of what it was', async (_, before, after) => {
    const { commit, read } = await fixture();
    const page = (text: string) => ({ 'src/Page.tsx': `export const Page = () => (<p>${text}</p>);` });
    const first = commit('chore: begin', page(before));
    commit('chore: next', page(after));
    const textIn = ({ facts }: { facts: readonly Fact[] }) => facts.find(({ kind }) => kind === 'ui-text');
    const [was, is] = [textIn(await read({ to: first })), textIn(await read({ from: first }))];
    if (was === undefined || is === undefined) throw new Error('no text was found');
    expect(is.id).not.toBe(was.id);
    expect(replacedFactId(is)).toBe(was.id);
    expect(replacedFactId(was)).toBeUndefined();
  });

  it('[DO5] a revert inside the range cancels out, a reverted revert counts, one of before stays', async () => {
    const { commit, git, read } = await fixture();
    commit('feat: early', { ...index('export const a = 1;'), 'src/early.ts': '1' });
    const from = commit('feat: early too', { 'src/early.ts': '2' });
    const gone = commit('feat: short-lived', index('export const a = 1;', 'export const brief = 2;'));
    git(['revert', '--no-edit', gone]);
    const kept = commit('feat: back again', index('export const a = 1;', 'export const kept = 3;'));
    git(['revert', '--no-edit', kept]);
    git(['revert', '--no-edit', 'HEAD']);
    git(['revert', '--no-edit', from]);
    const { facts, stats } = await read({ from });
    expect(stats.reverted).toBe(4);
    expect(said(facts)).toContain('feature: Back again');
    expect(said(facts).join()).not.toContain('Short-lived');
    expect(said(facts).at(-1)).toContain('early');
  });

  it('[DO1] finds the commit although the symbol became public elsewhere, moved, or changed in a merge', async () => {
    const { commit, git, read } = await fixture();
    const from = commit('begin', {
      'package.json': manifest,
      'src/index.ts': "export * from './a.ts';",
      'src/a.ts': 'export const a = 1;',
      'src/b.ts': 'export const b = (x: string) => x;',
    });
    commit('prepare', { 'src/b.ts': 'export const b = (x: string, y: string) => x;' });
    const opened = commit('give b to everybody', {
      'src/index.ts': "export * from './a.ts';\nexport * from './b.ts';",
    });
    commit('move it', {
      'src/b.ts': undefined,
      'src/deep/b.ts': 'export const b = (x: string, y: string) => x;',
      'src/index.ts': "export * from './a.ts';\nexport * from './deep/b.ts';",
    });
    git(['checkout', '--quiet', '-b', 'side']);
    commit('side', { 'src/c.ts': 'x' });
    git(['checkout', '--quiet', 'main']);
    commit('here', { 'src/d.ts': 'x' });
    git(['merge', '--quiet', '--no-ff', '--no-commit', 'side']);
    const merge = commit("Merge branch 'side'", { 'src/a.ts': 'export const a = 2;' });
    const { facts, stats } = await read({ from });
    expect(stats.merges).toBe(1);
    expect(facts.find(({ subject }) => subject === 'shop: b')).toMatchObject({
      commit: opened,
      file: 'src/deep/b.ts',
    });
    expect(facts.find(({ subject }) => subject === 'shop: a')?.commit).toBe(merge);
  });

  it('[DO1] content beats the message, and what they disagree on is told', async () => {
    const { commit, read } = await fixture();
    const from = commit(
      'begin',
      index('export const a = 1;', 'export const b = (x: string) => x;', 'export const keep = 1;'),
    );
    const fix = commit('fix: tidy up', index('export const b = (x: string) => x;', 'export const keep = 1;'));
    const silent = commit(
      'refactor: other words',
      index('export const b = (x: number) => x;', 'export const keep = 1;'),
    );
    const loud = commit('feat!: everything is new', { 'README.md': 'x' });
    const wrong = commit(
      'feat: add keep\n\nBREAKING CHANGE: not at all',
      index('export const b = (x: number) => x;'),
    );
    const quiet = commit('feat: nothing to see', { 'src/hidden.ts': 'const hidden = 1;' });
    const { conflicts, facts } = await read({ from });
    expect(conflicts.map(({ kind, commit: id }) => [kind, id]).sort()).toEqual(
      [
        ['announced-but-not-found', loud],
        ['fix-removes-public', fix],
        ['message-contradicts-change', wrong],
        ['unannounced-breaking', silent],
      ].sort(),
    );
    expect(conflicts.some(({ commit: id }) => id === quiet)).toBe(false);
    const removed = conflicts.find(({ kind }) => kind === 'fix-removes-public');
    expect(removed).toMatchObject({ message: 'Tidy up.', content: '`a` is gone.' });
    expect(removed?.facts).toEqual([facts.find(({ subject }) => subject === 'shop: a')?.id]);
  });

  it('[DO4] the same range gives the same report, byte for byte', async () => {
    const { commit, read, folder } = await fixture();
    commit('begin', index('export const a = 1;'));
    commit('feat: b', {
      ...index('export const b = 1;'),
      '.env.example': 'PORT=1\n',
      'web/x.tsx': 'export const X = () => <p>Hi</p>;',
    });
    const once = JSON.stringify(await read({}));
    const history = openGitHistory({
      folder,
      environment: { ...gitEnvironment, LC_ALL: 'de_DE.UTF-8', TZ: 'Asia/Tokyo' },
    });
    expect(JSON.stringify(await createReadFacts({ history })({}))).toBe(once);
  });

  it('[DO5] works on first commits, empty ranges, submodules, binary and broken files', async () => {
    const { commit, git, read } = await fixture();
    const first = commit('first', {
      ...index('export const a = 1;'),
      'src/odd.ts': Buffer.from([0, 1, 2]),
      'src/bad.ts': 'export const = {',
      'logo.png': Buffer.from([137, 80, 0, 255]),
    });
    git(['update-index', '--add', '--cacheinfo', `160000,${first},module`]);
    git(['commit', '--quiet', '--message', 'feat: a module']);
    const { facts, unresolved, range } = await read({});
    expect(range.from).toBeUndefined();
    expect(shown(facts)).toEqual(['api added shop: a']);
    expect(unresolved.map(({ what, file }) => [what, file])).toEqual([
      ['submodule', 'module'],
      ['file', 'src/bad.ts'],
      ['file', 'src/odd.ts'],
    ]);
    const empty = await read({ from: 'HEAD' });
    expect(empty).toMatchObject({ facts: [], conflicts: [], unresolved: [], stats: { commits: 0 } });
  });

  it('[DO5] from messages and paths alone, when asked', async () => {
    const { commit, read } = await fixture();
    const from = commit('begin', index('export const a = 1;'));
    commit('Add b', index('export const a = 1;', 'export const b = 1;'));
    const { facts, stats } = await read({ from, content: false });
    expect(said(facts)).toEqual(['feature: Add b']);
    expect(facts).toHaveLength(1);
    expect(stats.content).toBe(false);
  });

  it('[DO9] refuses what is no reference', async () => {
    const { commit, read } = await fixture();
    commit('begin', {});
    await expect(read({ from: '--upload-pack=touch x' })).rejects.toBeInstanceOf(HistoryError);
    await expect(read({ to: '--output=/tmp/x' })).rejects.toBeInstanceOf(HistoryError);
  });

  it('[DO10] tells how far it is and stops when asked', async () => {
    const { commit, read } = await fixture();
    for (let count = 0; count < 5; count += 1) commit(`feat: ${count}`, index(`export const a${count} = 1;`));
    const phases = new Set<string>();
    await read({ onProgress: ({ phase }) => phases.add(phase) });
    expect([...phases]).toEqual(['content', 'history', 'fusion']);
    const controller = new AbortController();
    const stopped = read({
      signal: controller.signal,
      onProgress: () => controller.abort(new Error('enough')),
    });
    await expect(stopped).rejects.toThrow('enough');
  });

  it('[DO2] says of languages that are not read that they changed', async () => {
    const { commit, read } = await fixture();
    const from = commit('chore: begin', { 'a.py': 'a = 1', 'old.rs': '' });
    commit('feat: more', { 'a.py': 'a = 2', 'b.py': '', 'main.go': 'package main', 'tests/c.rb': '' });
    const { unresolved } = await read({ from });
    expect(unresolved.map(({ subject, reason }) => [subject, reason])).toEqual([
      ['*.go', 'Go is not read: of the file that changed only messages tell.'],
      ['*.py', 'Python is not read: of the 2 files that changed only messages tell.'],
    ]);
  });

  it('[DO5] a range that ends before it begins holds no commit and no fact', async () => {
    const { commit, read } = await fixture();
    const older = commit('feat: a', index('export const a = 1;'));
    const newer = commit('feat: b', { ...index('export const b = 1;'), 'x.py': '' });
    const { facts, unresolved, stats } = await read({ from: newer, to: older });
    expect([facts, unresolved, stats.commits]).toEqual([[], [], 0]);
  });

  it('[DO5] calls nothing new of which a shallow clone does not know when it came', async () => {
    const { commit, git, folder } = await fixture();
    commit('feat: a', index('export const a = 1;'));
    commit('feat: b', index('export const a = 1;', 'export const b = 1;'));
    commit('feat: c', index('export const a = 1;', 'export const b = 1;', 'export const c = 1;'));
    const clone = await makeFolder();
    git(['clone', '--quiet', '--depth=2', `file://${folder}`, clone]);
    const history = openGitHistory({ folder: clone, environment: gitEnvironment });
    const { facts, unresolved } = await createReadFacts({ history })({});
    expect(shown(facts)).toEqual(['api added shop: c']);
    expect(unresolved).toMatchObject([{ what: 'history', subject: 'shallow clone' }]);
  });

  it('[DO1] a message without a kind, of a commit that brings something to use, tells of a feature', async () => {
    const { commit, read } = await fixture();
    const from = commit('chore: begin', index('export const a = 1;'));
    const b = ['export const a = 1;', 'export const b = () => 1;'];
    commit('cancel orders before they are printed', index(...b));
    commit('no more crash on empty orders', index(...b, 'export const c = () => 1;'));
    commit('fix: d', index(...b, 'export const c = () => 1;', 'export const d = () => 1;'));
    const { facts } = await read({ from });
    expect(said(facts)).toEqual([
      'feature: Cancel orders before they are printed',
      'bug-fix: D',
      'bug-fix: No more crash on empty orders',
    ]);
  });

  it('[DO17] a conflict lists what it is about as a sentence does', async () => {
    const { commit, read } = await fixture();
    const all = ['a', 'b', 'c', 'd'].map((name) => `export const ${name} = () => '${name}';`);
    const begin = commit('chore: begin', index(...all));
    const two = commit('chore: less', index(...all.slice(2)));
    const contents = async (from: string, to?: string) =>
      (await read({ from, to })).conflicts.map(({ content }) => content);
    expect(await contents(begin, two)).toEqual(['The changes of `a` and `b` can break those who use them.']);
    commit('chore: nothing', index(...all));
    commit('chore: none', index());
    expect(await contents(two)).toEqual(['The changes of `c` and `d` can break those who use them.']);
  });
});
