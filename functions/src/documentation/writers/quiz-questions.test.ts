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
    expect(question?.question).toBe('What is the option `--all` of `shop` called now?');
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
      'Which version of `node` does `shop` need now?',
      'Which version of `npm` does `shop` need now?',
    ]);
  });

  it('[DO6] ask how a text reads now rather than whether another one is new', async () => {
    const page = (...texts: string[]) => ({
      'page.tsx': `export const Page = () => <form>${texts.map((text) => `<button>${text}</button>`).join('')}</form>;`,
    });
    const questions = await quizOf(
      page('Send order'),
      page('Place order', 'Apply', 'Back', 'Drop the order', 'Delete', 'Edit'),
    );
    const about = questions.map(({ question }) => question).filter((text) => !text.includes('component'));
    expect(about).toHaveLength(4);
    expect(about).toContain('What does the button in `Page` that read "Send order" read now?');
  });

  const page = (...texts: string[]): Files => ({
    'page.tsx': `export const Page = () => <form>${texts.map((text) => `<button>${text}</button>`).join('')}</form>;`,
  });

  it('[DO6] judge what is so, in words that hold until it changes', async () => {
    const routes = (...paths: string[]): Files => ({
      'package.json': JSON.stringify({ name: 'shop', dependencies: { express: '5.0.0' } }),
      'app.js': [
        "const express = require('express');",
        'const app = express();',
        ...paths.map((path) => `app.get('${path}', (request, reply) => reply.json([]));`),
        'module.exports = app;',
      ].join('\n'),
    });
    const questions = await quizOf(
      { ...routes('/gone', '/c'), ...page('Pay now', 'Edit') },
      { ...routes('/c'), ...page('Pay by card', 'Edit', 'Send', 'Delete') },
    );
    const judged = questions.filter(({ kind }) => kind === 'true-false');
    expect(judged.length).toBeGreaterThan(3);
    for (const { question } of judged)
      expect(question).toMatch(
        /^True or false\? (There is an? .+|The .+ does not exist any more|.+ (instead of|replaces) .+)\.$/,
      );
    expect(new Set(judged.map(({ correct }) => correct.join(''))).size).toBe(2);
  });

  it('[DO6] give no answer away by the words of the question', async () => {
    const questions = await quizOf(
      cli(),
      cli(
        "program.option('--paper <name>', 'Which paper', 'matt');",
        "program.option('--copies <number>', 'How many of them', '1');",
      ),
    );
    const asked = questions.map(({ question }) => question);
    expect(asked).not.toContainEqual(expect.stringContaining('Which paper'));
    expect(asked).toContain('Which option does this describe? How many of them.');
    const texts = await quizOf(page('Pay now', 'Save'), page('Pay by card', 'Save', 'Delete'));
    expect(texts.filter(({ kind, question }) => kind === 'choice' && question.includes('Pay'))).toEqual([]);
  });

  it('[DO6] offer what was so before, and nothing that looks unlike the right answer', async () => {
    const questions = await quizOf(
      cli("program.option('--format <name>', 'Kind of file', 'pdf').option('--size <name>', 'Paper', 'A4');"),
      cli(
        "program.option('--format <name>', 'Kind of file', 'png').option('--size <name>', 'Paper', 'A4');",
        "program.option('--folder <path>', 'Where it goes', './out').option('--copies <number>', 'How many', '2');",
      ),
    );
    const about = questions.find(({ question }) => question.includes('default of the option `--format`'));
    expect(about?.options.map(({ text }) => text).sort()).toEqual(['`pdf`', '`png`']);
    const shop = (parameters: string): Files => ({
      'package.json': JSON.stringify({ name: 'shop', main: 'index.ts' }),
      'index.ts': `export const pay = (${parameters}): number => 1;`,
    });
    const needed = async (after: string) =>
      (await quizOf(shop('sum: number, note: string'), shop(after)))[0]?.options
        .map(({ text }) => text)
        .sort();
    expect(await needed('sum: number, urgent: boolean')).toEqual(['`note`', '`sum`', '`urgent`']);
    expect(await needed('payment: { sum: number; note: string }')).toBeUndefined();
  });
});
