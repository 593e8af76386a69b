import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createRepository, type TestRepository } from '../testing/git-repository.ts';
import { makeFolder } from '../testing/make-folder.ts';
import { type History, type HistoryCommit, HistoryError, type ObjectId } from './history.ts';

export type OpenHistory = (folder: string) => History;

/** Oldest first, as tests tell the story. */
const collectCommits = async (commits: AsyncIterable<HistoryCommit>) => (await collect(commits)).reverse();

const collect = async <Item>(items: AsyncIterable<Item>): Promise<Item[]> => {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
};

const titles = (commits: readonly HistoryCommit[]) => commits.map(({ message }) => message.split('\n', 1)[0]);

const contentOf = (repository: TestRepository, name: string): ObjectId =>
  repository.git(['rev-parse', '--verify', name]);

/** git itself mends what it commits; older tools did not. */
const commitRaw = (repository: TestRepository, message: Buffer): void => {
  const header = repository
    .git(['cat-file', 'commit', 'HEAD'])
    .split('\n\n', 1)[0]
    ?.replace(/^parent .*\n|\nencoding .*$/gm, '');
  const parent = `parent ${repository.git(['rev-parse', 'HEAD'])}\nauthor`;
  const input = Buffer.concat([Buffer.from(`${header?.replace('author', parent)}\n\n`), message]);
  const id = repository.git(['hash-object', '-w', '-t', 'commit', '--stdin'], { input });
  repository.git(['update-ref', 'HEAD', id]);
};

const describeRanges = (open: OpenHistory): void => {
  const fixture = async () => {
    const repository = createRepository(await makeFolder());
    return { repository, history: open(repository.folder) };
  };

  it('[DO5] resolves branches, tags of both kinds and commit ids, and lists tagged commits', async () => {
    const { repository, history } = await fixture();
    const first = repository.commit('one', { a: '1' });
    repository.git(['tag', 'light']);
    const second = repository.commit('two', { a: '2' });
    repository.git(['tag', '--annotate', '--message', 'release', 'v1.0.0']);
    repository.git(['tag', 'also']);
    const range = await history.resolve({ from: 'light', to: 'v1.0.0' });
    expect(range).toMatchObject({ from: first, to: second, shallow: false });
    expect(range.tags).toContainEqual({ commit: first, tags: ['light'] });
    expect(range.tags).toContainEqual({ commit: second, tags: ['also', 'v1.0.0'] });
    expect(await history.resolve({ from: first.slice(0, 12) })).toMatchObject({ from: first, to: second });
    expect(await history.resolve({ from: 'HEAD~1', to: 'main' })).toMatchObject({ from: first, to: second });
  });

  it.each([
    '--upload-pack=touch /tmp/owned',
    '-n1',
    '--all',
    '^main',
    'main..main',
    'HEAD:a',
    'main^{tree}',
    ':/one',
    '../../etc/passwd',
    'main\n--all',
    'no-such-branch',
    '@{upstream}',
    '',
    'x'.repeat(5_000),
    '\u0000',
    '0'.repeat(40),
  ])('[DO9] refuses %j as the name of a commit', async (name) => {
    const { repository, history } = await fixture();
    repository.commit('one', { a: '1' });
    await expect(history.resolve({ to: name })).rejects.toBeInstanceOf(HistoryError);
    await expect(history.resolve({ from: name })).rejects.toBeInstanceOf(HistoryError);
  });

  it('[DO9] refuses a tag that names a file', async () => {
    const { repository, history } = await fixture();
    repository.commit('one', { a: '1' });
    repository.git(['tag', 'file', contentOf(repository, 'HEAD:a')]);
    await expect(history.resolve({ to: 'file' })).rejects.toThrow('There is no commit "file" here');
  });

  it('[DO5] says what is wrong with a folder that is no repository, or has no commit', async () => {
    const folder = await makeFolder();
    await expect(open(folder).resolve({})).rejects.toThrow(HistoryError);
    await expect(open(join(folder, 'gone')).resolve({})).rejects.toThrow(HistoryError);
    const { history } = await fixture();
    await expect(history.resolve({})).rejects.toThrow('There is no commit "HEAD" here');
  });

  it('[DO5] an empty range has no commits and no changes', async () => {
    const { repository, history } = await fixture();
    const only = repository.commit('one', { a: '1' });
    expect(await collectCommits(history.commits({ from: only, to: only }))).toEqual([]);
    expect(await history.changes({ from: only, to: only })).toEqual([]);
  });

  it('[DO5] says that a clone is shallow', async () => {
    const { repository } = await fixture();
    repository.commit('one', { a: '1' });
    repository.commit('two', { a: '2' });
    const folder = await makeFolder();
    repository.git(['clone', '--quiet', '--depth=1', `file://${repository.folder}`, folder]);
    const history = open(folder);
    const range = await history.resolve({});
    expect(range.shallow).toBe(true);
    expect(titles(await collectCommits(history.commits(range)))).toEqual(['two']);
  });
};

const describeCommits = (open: OpenHistory): void => {
  const read = async (build: (repository: TestRepository) => void): Promise<HistoryCommit[]> => {
    const repository = createRepository(await makeFolder());
    build(repository);
    const history = open(repository.folder);
    return collectCommits(history.commits(await history.resolve({})));
  };

  it('[DO5] gives commits in order, with what each did to which path', async () => {
    const commits = await read((repository) => {
      repository.commit('one', { 'src/a.ts': '1', 'b c.txt': '2' });
      repository.commit('two', { 'src/a.ts': '3', 'b c.txt': undefined, 'ü\n.txt': '4' });
    });
    expect(titles(commits)).toEqual(['one', 'two']);
    expect(commits[1]?.parents).toEqual([commits[0]?.id]);
    const [first, second] = commits.map(({ changes }) => changes);
    expect(first?.map(({ path, before }) => [path, before])).toEqual([
      ['b c.txt', undefined],
      ['src/a.ts', undefined],
    ]);
    const changeOf = (path: string) => second?.find((change) => change.path === path);
    expect(changeOf('src/a.ts')?.before).toBe(first?.[1]?.after);
    expect(changeOf('b c.txt')?.after).toBeUndefined();
    expect(changeOf('ü\n.txt')?.after).toMatch(/^[0-9a-f]{40}$/);
  });

  it('[DO5] gives a merge with what it changed itself, and a move as removal and addition', async () => {
    const commits = await read((repository) => {
      repository.commit('base', { a: 'base\n', old: 'same' });
      repository.git(['checkout', '--quiet', '-b', 'side']);
      repository.commit('side', { a: 'side\n', old: undefined, new: 'same' });
      repository.git(['checkout', '--quiet', 'main']);
      repository.commit('here', { a: 'here\n' });
      repository.git(['merge', '--quiet', '--no-ff', '--no-commit', '--strategy=ours', 'side']);
      repository.commit('merge', { a: 'both\n', old: undefined, new: 'same' });
    });
    const merge = commits.at(-1);
    expect(merge?.parents).toHaveLength(2);
    expect(merge?.changes.map(({ path }) => path)).toEqual(['a']);
    const side = commits.find(({ message }) => message === 'side');
    expect(side?.changes.map(({ path, after }) => [path, after !== undefined])).toEqual([
      ['a', true],
      ['new', true],
      ['old', false],
    ]);
  });

  it('[DO5] tells the same story by paths only', async () => {
    const repository = createRepository(await makeFolder());
    repository.commit('base', { a: 'base\n', old: '1' });
    repository.git(['checkout', '--quiet', '-b', 'side']);
    repository.commit('side', { a: 'side\n', old: undefined, 'ü\n.txt': '2' });
    repository.git(['checkout', '--quiet', 'main']);
    repository.commit('here', { a: 'here\n' });
    repository.git(['merge', '--quiet', '--no-ff', '--no-commit', '--strategy=ours', 'side']);
    repository.commit('merge', { a: 'both\n', old: undefined });
    repository.git(['commit', '--quiet', '--allow-empty', '--message', 'nothing']);
    const history = open(repository.folder);
    const range = await history.resolve({});
    const told = (commits: readonly HistoryCommit[]) =>
      commits.map(({ id, parents, author, message, changes }) => ({
        ...{ id, parents, author, message },
        changes: changes.map(({ path, before, after }) => [path, before !== undefined, after !== undefined]),
      }));
    const whole = await collect(history.commits(range));
    const paths = await collect(history.commits(range, { contents: false }));
    expect(told(paths)).toEqual(told(whole));
    expect(paths.flatMap(({ changes }) => changes).filter(({ before, after }) => before || after)).toEqual(
      [],
    );
  });

  it('[DO5] reads messages in any encoding', async () => {
    const commits = await read((repository) => {
      repository.commit('one');
      repository.git(['config', 'i18n.commitEncoding', 'ISO-8859-1']);
      repository.commit(Buffer.from('Größe\n', 'latin1'));
      repository.git(['config', '--unset', 'i18n.commitEncoding']);
      commitRaw(repository, Buffer.from([0x43, 0x61, 0x66, 0xe9, 0x0a]));
      repository.commit('真 ✓ �');
      repository.commit('');
    });
    expect(commits.map(({ message }) => message.trim())).toEqual(['one', 'Größe', 'Café', '真 ✓ �', '']);
    expect(commits.map(({ guessedEncoding }) => guessedEncoding)).toEqual([false, false, true, false, false]);
  });

  it('[DO5] a message may look like the log itself', async () => {
    const message = `:100644 100644 ${'a'.repeat(40)} ${'b'.repeat(40)} M\n${'c'.repeat(40)}\n\u0001\u001b[31m`;
    const commits = await read((repository) => {
      repository.commit(message, { a: '1' });
      repository.commit('', { d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0: '2' });
    });
    expect(commits).toHaveLength(2);
    expect(commits[0]?.message.trim()).toBe(message);
    expect(commits[1]?.changes).toHaveLength(1);
  });

  it('[DO5] tells files, links and submodules apart', async () => {
    const commits = await read((repository) => {
      const id = repository.commit('one', { a: '1' });
      repository.git(['update-index', '--add', '--cacheinfo', `160000,${id},module`]);
      const target = repository.git(['hash-object', '-w', '--stdin'], { input: 'a' });
      repository.git(['update-index', '--add', '--cacheinfo', `120000,${target},link`]);
      repository.git(['commit', '--quiet', '--message', 'two']);
    });
    expect(commits[1]?.changes.map(({ path, kind }) => [path, kind])).toEqual([
      ['link', 'link'],
      ['module', 'submodule'],
    ]);
  });

  it('[DO10] stops with the reason of the signal', async () => {
    const repository = createRepository(await makeFolder());
    for (let index = 0; index < 20; index += 1) repository.commit(`commit ${index}`, { a: String(index) });
    const history = open(repository.folder);
    const range = await history.resolve({});
    const controller = new AbortController();
    const read = async () => {
      for await (const _ of history.commits(range, { signal: controller.signal })) {
        controller.abort(new Error('enough'));
      }
    };
    await expect(read()).rejects.toThrow('enough');
    await expect(collectCommits(history.commits(range, { signal: controller.signal }))).rejects.toThrow(
      'enough',
    );
    await expect(history.changes(range, { signal: controller.signal })).rejects.toThrow('enough');
  });

  it('[DO5] who stops reading early leaves nothing behind', async () => {
    const repository = createRepository(await makeFolder());
    repository.commit('one', { a: '1' });
    repository.commit('two', { a: '2' });
    const history = open(repository.folder);
    for await (const commit of history.commits(await history.resolve({}))) {
      expect(commit.message.trim()).toBe('two');
      break;
    }
  });
};

const describeContents = (open: OpenHistory): void => {
  it('[DO5] gives contents in the order asked for; large, missing and empty ones are told', async () => {
    const repository = createRepository(await makeFolder());
    const binary = Buffer.from([0, 1, 2, 10, 255, 10]);
    repository.commit('one', { binary, empty: '', large: 'x'.repeat(300_000), text: 'text\n' });
    const history = open(repository.folder);
    const [large, text, empty, bytes] = ['large', 'text', 'empty', 'binary'].map((path) =>
      contentOf(repository, `HEAD:${path}`),
    );
    const ids = [large, text, 'f'.repeat(40), empty, bytes, text].map(String);
    const blobs = await collect(history.blobs(ids, { maximumBytes: 100_000 }));
    expect(blobs.map(({ id }) => id)).toEqual(ids);
    expect(blobs.map((blob) => blob.bytes?.toString('latin1'))).toEqual([
      undefined,
      'text\n',
      undefined,
      '',
      binary.toString('latin1'),
      'text\n',
    ]);
    expect(blobs[0]?.size).toBe(300_000);
    expect(await collect(history.blobs([], { maximumBytes: 1 }))).toEqual([]);
  });

  it('[DO5] lists the files of a commit and how two commits differ', async () => {
    const repository = createRepository(await makeFolder());
    const first = repository.commit('one', { 'src/a.ts': '1', b: '2' });
    repository.commit('two', { b: undefined, c: '3' });
    const last = repository.commit('three', { c: '4' });
    const history = open(repository.folder);
    expect((await history.files(last)).map(({ path }) => path)).toEqual(['c', 'src/a.ts']);
    const changes = await history.changes({ from: first, to: last });
    expect(changes).toEqual([
      { path: 'b', kind: 'file', before: contentOf(repository, `${first}:b`) },
      { path: 'c', kind: 'file', after: contentOf(repository, `${last}:c`) },
    ]);
    expect((await history.changes({ to: last })).map(({ path }) => path)).toEqual(['c', 'src/a.ts']);
  });
};

/** What every engine of the history must do. */
export const describeHistory = (engine: string, open: OpenHistory): void => {
  describe(`history: ${engine}`, () => {
    describe('ranges', () => describeRanges(open));
    describe('commits', () => describeCommits(open));
    describe('contents', () => describeContents(open));
  });
};
