import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeHistory } from '../../ports/history.contract.ts';
import { createRepository, gitEnvironment } from '../../testing/git-repository.ts';
import { makeFolder } from '../../testing/make-folder.ts';
import { openGitHistory } from './git-history.ts';

describeHistory('git', (folder) => openGitHistory({ folder, environment: gitEnvironment }));

describe('git history', () => {
  it('[DO9] a repository cannot make us run its programs', async () => {
    const repository = createRepository(await makeFolder());
    repository.commit('one', { 'a.ts': '1', '.gitattributes': '*.ts diff=evil\n' });
    const id = repository.commit('two', { 'a.ts': '2' });
    const proof = join(repository.folder, '.git', 'owned');
    const evil = join(repository.folder, '.git', 'evil.sh');
    writeFileSync(evil, `#!/bin/sh\ntouch ${proof}\n`, { mode: 0o755 });
    const settings = [
      'core.fsmonitor',
      'diff.external',
      'diff.evil.command',
      'diff.evil.textconv',
      'core.pager',
    ];
    for (const name of [...settings, 'gpg.program']) repository.git(['config', name, evil]);
    repository.git(['config', 'log.showSignature', 'true']);
    const history = openGitHistory({ folder: repository.folder, environment: gitEnvironment });
    const range = await history.resolve({});
    let count = 0;
    for await (const commit of history.commits(range)) count += commit.changes.length;
    await history.changes(range);
    await history.files(id);
    expect(count).toBe(3);
    expect(existsSync(proof)).toBe(false);
  });

  it('[DO5] says what is missing when git is not installed', async () => {
    const history = openGitHistory({ folder: await makeFolder(), environment: { PATH: '/nowhere' } });
    await expect(history.resolve({})).rejects.toThrow(/git cannot/);
  });
});
