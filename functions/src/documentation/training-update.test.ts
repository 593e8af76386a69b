import { describe, expect, it } from 'vitest';
import { publishDocumentSchema } from '../protocol/documentation-api.ts';
import { createModuleSchema } from '../protocol/training.ts';
import { documentOf } from '../testing/document-of.ts';
import { checkDocument } from './gate/check-document.ts';
import { trainingUpdateOf } from './training-update.ts';

const shop = (label: string, days: string) => ({
  'package.json': JSON.stringify({ name: 'shop', main: 'index.ts' }),
  'page.tsx': `export const Page = () => <form><button>${label}</button></form>;`,
  '.env.example': `# Days that a proof is kept. Default: ${days}\nPROOF_DAYS=${days}\n`,
  'index.ts': `export const pay = (sum: number${days === '30' ? '' : ', note: string'}): number => sum;`,
});

describe('what a document tells training', () => {
  it('[DO6] a fact is the same from whichever state its range begins, and another one in another state', async () => {
    const [before, after] = [shop('Send', '30'), shop('Order now', '90')];
    const step = { message: 'feat: order now', files: after };
    const first = trainingUpdateOf('shop', await documentOf({}, { message: 'feat: begin', files: before }));
    const last = trainingUpdateOf('shop', await documentOf(before, step));
    const whole = trainingUpdateOf(
      'shop',
      await documentOf({}, { message: 'feat: begin', files: before }, step),
    );
    const digestIn = ({ facts }: typeof whole) => new Map(facts.map(({ id, digest }) => [id, digest]));
    const [known, told] = [digestIn(first), digestIn(whole)];
    const changed = last.facts.filter(({ id }) => known.has(id) && told.has(id));
    expect(changed.length).toBeGreaterThan(1);
    for (const { id, digest } of changed)
      expect([id, told.get(id), known.get(id) === digest]).toEqual([id, digest, false]);
  });

  it('[TR4] customers hear of a feature without the routes and components that it brought', async () => {
    const files = {
      'package.json': JSON.stringify({ name: 'shop', dependencies: { express: '5.0.0', react: '19.0.0' } }),
      'page.tsx': `export const Page = ({ sum }: { sum: number }) => <form><button>Cancel order</button></form>;`,
      'app.ts': [
        "import express from 'express';",
        'export const app = express();',
        "app.delete('/orders/:id', (request, reply) => reply.json({}));",
      ].join('\n'),
    };
    const document = await documentOf({}, { message: 'feat: cancel an order', files });
    expect(document.userDocumentation.overview.map(({ text }) => text)).toContain('Cancel an order.');
    const { modules } = trainingUpdateOf('shop', document);
    const told = (category: string) =>
      JSON.stringify(modules.filter((module) => module.category === category).map(({ content }) => content));
    expect(told('customer')).toContain('"narration":"Cancel an order."');
    expect(told('customer')).toContain('Cancel order');
    expect(told('customer')).not.toMatch(/DELETE|component `/);
    expect(told('staff')).toContain('It brings the route DELETE /orders/:id.');
    expect(told('staff')).toContain('component `Page`');
  });

  it('[DO11] what is written at length in the code makes no document or module that is refused', async () => {
    const long = 'Words about the thing that go on '.repeat(90);
    const files = {
      'package.json': JSON.stringify({ name: 'shop', main: 'index.ts', bin: { shop: 'cli.js' } }),
      '.env.example': `# ${long}\nPAPER=\n# How many at once\nCOPIES=2\n`,
      'page.tsx': `export const Page = () => <form><button>${long}</button><button>Go</button></form>;`,
      'cli.js': [
        "const { program } = require('commander');",
        `program.requiredOption('--paper <name>', '${long}', '${'v'.repeat(700)}');`,
        "program.option('--size <name>', 'How large it is', 'A4');",
      ].join('\n'),
      'index.ts': [
        `/** ${long} */`,
        `export const pay = (${['a', 'b'].map((name) => `${name.repeat(600)}: string`).join(', ')}) => 1;`,
        'export const give = (card: string) => 1;',
      ].join('\n'),
    };
    const before = {
      ...files,
      'cli.js': "const { program } = require('commander');\nprogram.option('--size <name>');",
    };
    for (const start of [{}, before]) {
      const document = await documentOf(start, { message: `feat: ${'y'.repeat(2_500)}`, files });
      expect(checkDocument(document)).toEqual([]);
      const sent = { repository: 'shop', engineVersion: '1', document };
      expect(publishDocumentSchema.safeParse(sent).error?.issues).toBeUndefined();
      const { modules } = trainingUpdateOf('shop', document);
      expect(modules.map((module) => createModuleSchema.safeParse(module).error?.issues)).toEqual(
        modules.map(() => undefined),
      );
      expect(document.trainingMaterial.videoScript.scenes.length).toBeGreaterThan(1);
    }
  });
});
