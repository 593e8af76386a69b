import { describe, expect, it } from 'vitest';
import type { FlagSide } from '../../protocol/fact-sides.ts';
import type { Fact } from '../../protocol/facts.ts';
import { sampleFactReport } from '../../testing/sample-facts.ts';
import { factId } from '../facts/fact.ts';
import { checkDocument } from '../gate/check-document.ts';
import { writeDocument } from './local-writer.ts';

const ofKind = (kind: Fact['kind']): Fact => {
  const fact = sampleFactReport.facts.find((candidate) => candidate.kind === kind);
  if (fact === undefined) throw new Error(`the sample has no ${kind}`);
  return fact;
};

const commitOf = (name: string): string => name.padEnd(40, '0');

const message = (kind: Fact['kind'], statement: string, commit = commitOf('a')): Fact => {
  const name = statement.replace(/\.$/, '');
  return {
    ...ofKind('bug-fix'),
    id: factId({ kind, subject: name }),
    kind,
    subject: name,
    name,
    statement,
    commit,
  };
};

const flag = (
  subject: string,
  side: Pick<FlagSide, 'form' | 'usage' | 'description' | 'default'>,
  line: number,
): Fact => ({
  ...ofKind('flag'),
  id: factId({ kind: 'flag', subject }),
  change: 'added',
  breaking: false,
  subject,
  name: subject.split(' ').at(-1) ?? '',
  before: undefined,
  after: { type: 'flag', required: side.form === 'argument', ...side },
  line,
});

const write = (facts: Fact[]) => {
  const document = writeDocument({ ...sampleFactReport, facts });
  expect(checkDocument(document)).toEqual([]);
  return document;
};
const textsOf = (sentences: readonly { text: string }[]) => sentences.map(({ text }) => text);

describe('the local writer', () => {
  it('[DO1] a repair that removes or adds something is told as what the program does now', () => {
    const { releaseNotes } = write([
      message('bug-fix', 'Remove files of uploads that were cut.'),
      message('bug-fix', 'Fix the total of an order.'),
      message('feature', 'Add gift cards.'),
      message('feature', 'Support paying by card.'),
    ]);
    expect(textsOf(releaseNotes.bugFixes)).toEqual([
      'Remove files of uploads that were cut.',
      'Fixed: the total of an order.',
    ]);
    expect(textsOf(releaseNotes.highlights)).toEqual(['New: gift cards.', 'Support for paying by card.']);
  });

  it('[DO1] tells with another name what else became different, and not twice what the name says', () => {
    const route = ofKind('route');
    if (route.after?.type !== 'route') throw new Error('the sample has no route');
    const renamed: Fact = {
      ...route,
      differences: ['path is `/a` instead of `/b`', 'it passes through `requireAuth` now'],
      after: { ...route.after, guards: ['requireAuth'] },
    };
    const [sentence] = textsOf(write([renamed]).technicalDocumentation.apiChanges);
    expect(sentence).toMatch(/ and has changed: it passes through `requireAuth` now\.$/);
    expect(sentence).not.toContain('path is');
  });

  it('[DO1] names what a commit brought, and not what it only touched', () => {
    const setting = { ...ofKind('configuration'), commit: commitOf('b') };
    const brought = message('feature', 'Give money back.', commitOf('b'));
    const touched = message('bug-fix', 'Hand the function its settings.', commitOf('c'));
    const related = [brought.id, touched.id];
    const { releaseNotes } = write([
      { ...brought, related: [setting.id] },
      { ...touched, related: [setting.id] },
      { ...setting, furtherCommits: [commitOf('c')], related },
    ]);
    expect(textsOf(releaseNotes.highlights)).toEqual([
      'Give money back. It brings the setting `REFUND_DAYS`.',
    ]);
    expect(textsOf(releaseNotes.bugFixes)).toEqual(['Hand the function its settings.']);
  });

  it('[DO1] shows commands that can be run, with what they cannot do without, and none that only holds others', () => {
    const lists = { description: 'json, text or table', default: 'json' };
    const { userDocumentation, technicalDocumentation } = write([
      flag('shop data', { form: 'command', usage: 'data' }, 1),
      flag('shop data copy', { form: 'command', usage: 'copy' }, 2),
      flag('shop data copy --as', { form: 'option', usage: '--as <format>', ...lists }, 5),
      flag('shop data copy <from>', { form: 'argument', usage: '<from>' }, 3),
      flag('shop data copy <file>', { form: 'argument', usage: '<file>' }, 4),
    ]);
    expect(technicalDocumentation.examples.map(({ code }) => code.text)).toEqual([
      'shop data copy <from> <file>',
    ]);
    expect(textsOf(userDocumentation.steps)).toEqual([
      'Run `shop data copy`. It takes `--as <format>`, `<from>` and `<file>`.',
    ]);
    expect(textsOf(technicalDocumentation.apiChanges).join('\n')).toContain(
      ' json, text or table. Its default is `json`.',
    );
  });

  it('[DO1] tells a new command with what it takes, and each new option of a known one by itself', () => {
    const { userDocumentation } = write([
      flag(
        'shop list --format',
        { form: 'option', usage: '--format <format>', description: 'json or text' },
        6,
      ),
      flag('shop print --fast', { form: 'option', usage: '--fast' }, 3),
      flag('shop print', { form: 'command', usage: 'print <file>' }, 2),
      {
        ...flag('shop list', { form: 'command', usage: 'list [pattern]' }, 5),
        change: 'changed',
        before: { type: 'flag', required: false, form: 'command', usage: 'list' },
      },
    ]);
    expect(textsOf(userDocumentation.steps)).toEqual([
      'Use `--format <format>` with `shop list`. Json or text.',
      'Run `shop print <file>`. It takes `--fast`.',
    ]);
  });
});
