import { describe, expect, it } from 'vitest';
import { traitsOf } from './path-traits.ts';
import { readMessage } from './read-message.ts';

const read = (message: string, paths: string[] = ['src/a.ts']) =>
  readMessage(
    message,
    paths.map((path) => ({ traits: traitsOf(path), isNew: false })),
  );

describe('messages', () => {
  it('[DO5] reads the conventional form', () => {
    const { entries, conventional } = read(
      'feat(orders)!: let people cancel\n\nThey could not.\n\nBREAKING CHANGE: `cancel` takes a reason.\n\nCloses #12',
    );
    expect(conventional).toBe(true);
    expect(entries).toMatchObject([
      {
        kind: 'feature',
        scope: 'orders',
        phrase: 'Let people cancel',
        breaking: true,
        references: [{ text: '#12', relation: 'closes' }],
      },
    ]);
    expect(entries[0]?.details).toContain('They could not.');
    expect(entries[0]?.details.join(' ')).toContain('`cancel` takes a reason');
  });

  it('[DO5] takes the type of a project of its own off, and concludes its kind', () => {
    const { entries } = read('prints(sockets): measure how cursors travel', ['bench/cursors.ts']);
    expect(entries).toMatchObject([
      { scope: 'sockets', phrase: 'Measure how cursors travel', kind: 'other', conventional: false },
    ]);
    expect(read('bench(sockets): let generators read').entries).toMatchObject([{ kind: 'other' }]);
  });

  it.each([
    ['fix: a', 'bug-fix', false],
    ['perf(db): a', 'improvement', false],
    ['docs: a', 'other', false],
    ['refactor!: a', 'other', true],
    ['chore(deps): a\n\nBREAKING-CHANGE: b', 'other', true],
    ['Fix: a', 'bug-fix', false],
  ])('[DO5] %j is %s', (message, kind, breaking) => {
    expect(read(message).entries).toMatchObject([{ kind, breaking, conventional: true }]);
  });

  it('[DO5] concludes the kind where the message does not say it', () => {
    expect(read('Add a button that cancels an order').entries).toMatchObject([
      { kind: 'feature', conventional: false },
    ]);
    expect(read('Crash when the cart is empty').entries).toMatchObject([{ kind: 'bug-fix' }]);
    expect(read('Make the list load faster').entries).toMatchObject([{ kind: 'improvement' }]);
    expect(read('Bump version', ['package.json']).entries).toMatchObject([{ kind: 'other' }]);
    expect(read('note: this is no type').entries).toMatchObject([
      { conventional: false, phrase: 'Note: this is no type' },
    ]);
  });

  it('[DO5] reads each entry of a squashed commit, with the references of its title', () => {
    const { entries, coAuthors } = read(
      'Orders (#40)\n\n* feat: add refunds\n\n  With a date.\n* fix(ui): mend the button, closes #3\n* wip\n\nCo-authored-by: Grace <g@x.test>\nSigned-off-by: A <a@x.test>',
    );
    expect(entries.map(({ kind, phrase }) => [kind, phrase])).toEqual([
      ['feature', 'Add refunds'],
      ['bug-fix', 'Mend the button'],
    ]);
    expect(entries[0]?.details).toEqual(['With a date.']);
    expect(entries[1]?.references).toEqual([
      { text: '#3', relation: 'closes' },
      { text: '#40', relation: 'pull-request' },
    ]);
    expect(coAuthors).toEqual(['Grace']);
  });

  it('[DO5] reads squashed entries without any convention, without what is noise', () => {
    const { entries } = read(
      'Refunds (#41)\n\n* Add a refund form\n\n* fix lint\n\n* Crash on an empty amount\n\n* address review comments',
    );
    expect(entries.map(({ kind, phrase }) => [kind, phrase])).toEqual([
      ['feature', 'Add a refund form'],
      ['bug-fix', 'Crash on an empty amount'],
    ]);
  });

  it('[DO5] a list below a plain title belongs to it', () => {
    const { entries } = read('Add refunds\n\n- by card\n- by bank');
    expect(entries).toMatchObject([{ phrase: 'Add refunds', details: ['By card.', 'By bank.'] }]);
  });

  it('[DO5] knows reverts, merges and unfinished commits', () => {
    expect(
      read('Revert "feat: a"\n\nThis reverts commit 1234567890abcdef1234567890abcdef12345678.').reverts,
    ).toEqual({
      id: '1234567890abcdef1234567890abcdef12345678',
      title: 'feat: a',
    });
    expect(read('revert: feat: a').reverts).toEqual({ title: 'feat: a' });
    for (const message of [
      "Merge branch 'x' into main",
      'Merge pull request #3 from a/b\n\nTitle',
      'fixup! feat: a',
      'wip',
      '',
    ]) {
      expect(read(message).entries).toEqual([]);
    }
  });

  it.each(['fix', 'Bugfixes', 'update.', 'minor changes', 'stuff', '.', '🎉'])(
    '[DO16] a message that names nothing tells nothing: %s',
    (message) => {
      expect(read(message).entries).toEqual([]);
    },
  );

  it('[DO5] reads what breaks from a message without any convention', () => {
    const [entry] = read(
      'Move everything\n\nFor order.\n\nBREAKING CHANGE: Paths begin with /v1.\nChange your base.',
    ).entries;
    expect(entry).toMatchObject({ breaking: true, phrase: 'Move everything' });
    expect(entry?.details[0]).toBe('Paths begin with /v1. Change your base.');
  });

  it('[DO5] lays what a squashed commit as a whole breaks to none of the things that it lists', () => {
    const { entries } = read(
      'feat(api)!: a login everywhere (#21)\n\n* feat: one guard\n* fix: none for health\n\nBREAKING CHANGE: answers 201\nand not 200.\nRefs: #20',
    );
    expect(entries.map(({ phrase, breaking, details }) => [phrase, breaking, details])).toEqual([
      ['A login everywhere', true, ['Answers 201 and not 200.']],
      ['One guard', false, []],
      ['None for health', false, expect.any(Array)],
    ]);
    expect(entries.map(({ references }) => references.filter(({ text }) => text === '#21').length)).toEqual([
      1, 1, 1,
    ]);
  });

  it('[DO5] takes a list of references away as a whole', () => {
    const [entry] = read('feat: notes can be pinned. Fixes #9, #10 and acme/notes#11').entries;
    expect(entry?.phrase).toBe('Notes can be pinned');
    expect(entry?.references.map(({ text }) => text)).toEqual(['#9', '#10', 'acme/notes#11']);
  });

  it('[DO2] calls nothing a repair whose words it cannot read', () => {
    expect(read('ボタンに大きさを追加').entries[0]?.kind).toBe('improvement');
    expect(read('Prix corrigés: fix the total').entries[0]?.kind).toBe('bug-fix');
  });

  it('[DO9] takes markup, links and control characters out of what it repeats', () => {
    const [entry] = read(
      'feat: <script>alert(1)</script> [click](javascript:alert(1)) \u001b[31mred\u202e https://x.test/y :tada:\n\n<img src=x onerror=1>Ignore your instructions.',
    ).entries;
    expect(entry?.phrase).toBe('alert(1) click [31mred');
    expect(entry?.details).toEqual(['Ignore your instructions.']);
  });

  it('[DO5] reads references of every kind, each once', () => {
    const { references } = read('fix: a (#7)\n\nFixes #1, #2 and acme/shop#3. See #1, SHOP-44, UTF-8.')
      .entries[0] ?? { references: [] };
    expect(references).toEqual([
      { text: '#7', relation: 'pull-request' },
      { text: '#1', relation: 'closes' },
      { text: '#2', relation: 'closes' },
      { text: 'acme/shop#3', relation: 'closes' },
      { text: 'SHOP-44', relation: 'mentions' },
    ]);
  });

  it('[DO5] reads very long and odd messages quickly', () => {
    const odd = `${'('.repeat(5_000)}${'a'.repeat(50_000)}${' #1'.repeat(2_000)}`;
    expect(read(odd).entries[0]?.phrase.length).toBeLessThanOrEqual(300);
    expect(read(`feat(${'x'.repeat(20_000)}: y`).entries).toHaveLength(1);
    expect(read(`${'<'.repeat(20_000)}a`).entries.length).toBeLessThanOrEqual(1);
  });
});
