import { describe, expect, it } from 'vitest';
import { documentOf } from '../../testing/document-of.ts';
import { checkDocument } from '../gate/check-document.ts';

type Files = Record<string, string>;

const quizOf = async (before: Files, after: Files) => {
  const document = await documentOf(before, { message: 'feat: more', files: after });
  expect(checkDocument(document)).toEqual([]);
  return document.trainingMaterial.quizQuestions;
};

const cli = (...calls: string[]): Files => ({
  'package.json': JSON.stringify({ name: 'shop', bin: { shop: 'cli.js' } }),
  'cli.js': ["const { program } = require('commander');", ...calls].join('\n'),
});

describe('quiz questions', () => {
  it('[DO6] ask for the new name of an option among options, not commands', async () => {
    const commands = ['one', 'two'].map((name) => `program.command('${name}');`);
    const [question] = await quizOf(
      cli("program.option('--all', 'show all');"),
      cli("program.option('--every', 'show all').option('--fast').option('--slow');", ...commands),
    );
    expect(question?.question).toBe('What is the option `--all` called now?');
    expect(question?.options.map(({ text }) => text).sort()).toEqual(['`--every`', '`--fast`', '`--slow`']);
  });

  it('[DO6] offer defaults that look like the right one', async () => {
    const option = (name: string, value: string) => `program.option('--${name} <x>', undefined, '${value}');`;
    const values = ['out.pdf', '10', 'in.pdf', '2', 'table', 'my.pdf', '7'];
    const questions = await quizOf(
      cli(),
      cli(...values.map((value, index) => option(`o${String.fromCharCode(97 + index)}`, value))),
    );
    const [named, numbered] = questions.map(({ options }) => options.map(({ text }) => text));
    expect(named).not.toContainEqual(expect.stringMatching(/^`\d+`$/));
    expect(numbered?.filter((text) => /^`\d+`$/.test(text))).toHaveLength(3);
  });

  it('[DO6] explain why the right answer is right', async () => {
    const shop = (text: string) => ({
      'package.json': JSON.stringify({ name: 'shop', main: 'index.ts' }),
      'index.ts': text,
    });
    const questions = await quizOf(
      shop('export const pay = (sum: number, note: string): void => {};'),
      shop(
        'export const pay = (sum: number, note: string): boolean => true;\nexport const give = (card: string) => 1;',
      ),
    );
    const about = questions.find(({ question }) => question.includes('`pay`'));
    expect(about?.explanation).toContain('`pay` needs `sum` and `note`.');
  });

  it('[DO6] ask which version of an engine is wanted, not whether it is new', async () => {
    const needs = (engines: object) => ({ 'package.json': JSON.stringify({ name: 'shop', engines }) });
    const questions = await quizOf(needs({}), needs({ node: '>=20', npm: '>=10' }));
    expect(questions.map(({ question }) => question).sort()).toEqual([
      'Which range of `node` is wanted now?',
      'Which range of `npm` is wanted now?',
    ]);
  });

  it('[DO6] ask how a text reads now rather than whether another one is new', async () => {
    const page = (...texts: string[]) => ({
      'page.tsx': `export const Page = () => <form>${texts.map((text) => `<button>${text}</button>`).join('')}</form>;`,
    });
    const questions = await quizOf(
      page('Send order'),
      page('Place order', 'Apply', 'Back', 'Cancel', 'Delete', 'Edit'),
    );
    const about = questions.map(({ question }) => question).filter((text) => !text.includes('component'));
    expect(about).toHaveLength(4);
    expect(about).toContain('What does the button in `Page` that read "Send order" read now?');
  });
});
