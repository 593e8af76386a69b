import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type FakeOpenAi, startFakeOpenAi } from '../../../test/support/fake-openai.ts';
import { answers, fails } from '../../../test/support/fake-openai-replies.ts';
import { createOpenAiRewriter } from '../../engines/openai/openai-rewriter.ts';
import { sampleFactReport } from '../../testing/sample-facts.ts';
import { checkDocument } from '../gate/check-document.ts';
import { sentencesOf } from './document-sentences.ts';
import { writeDocument } from './local-writer.ts';
import { createRewritingWriter } from './rewriting-writer.ts';

const apiKey = 'sk-writer';
const askedSchema = z.object({
  sentences: z.array(
    z.object({
      id: z.string(),
      text: z.string(),
      complaint: z.string().optional(),
      facts: z.array(z.looseObject({ kind: z.string() })),
    }),
  ),
});
type Asked = z.infer<typeof askedSchema>['sentences'][number];

const template = writeDocument(sampleFactReport);

describe('the rewriting writer', () => {
  let server: FakeOpenAi;
  beforeEach(async () => {
    server = await startFakeOpenAi(apiKey);
  });
  afterEach(() => server.close());

  const write = () =>
    createRewritingWriter(
      createOpenAiRewriter({ apiKey, baseUrl: server.baseUrl, model: 'gpt-5-mini', clock: Date }),
    ).write(sampleFactReport, 'everyone');

  const wordsWith = (word: (asked: Asked) => string): void =>
    server.always((user) => {
      const { sentences } = askedSchema.parse(JSON.parse(user));
      return answers({ sentences: sentences.map((asked) => ({ id: asked.id, text: word(asked) })) });
    });

  it('[DO3] takes a wording that says what the facts say', async () => {
    wordsWith(({ text }) =>
      text.includes('REFUND_DAYS') && text.includes('default')
        ? 'Use `REFUND_DAYS` to change the default of `30`.'
        : text,
    );
    const document = await write();
    expect(sentencesOf(document).map(({ text }) => text)).toContain(
      'Use `REFUND_DAYS` to change the default of `30`.',
    );
    expect(document.stats.replaced).toBe(0);
    expect(checkDocument(document)).toEqual([]);
  });

  it('[DO3] a wording beyond the facts is asked for twice more, then the template stands', async () => {
    wordsWith(({ text }) => `${text} It is 40% faster on Kubernetes.`);
    const document = await write();
    expect(sentencesOf(document)).toEqual(sentencesOf(template));
    const asked = server.requests.map((request) =>
      askedSchema.parse(JSON.parse(request.messages[1].content)),
    );
    const ids = asked.flatMap(({ sentences }) => sentences.map(({ id }) => id));
    const unique = new Set(ids);
    expect(ids).toHaveLength(unique.size * 3);
    expect(document.stats.replaced).toBe(unique.size);
    expect(asked.at(-1)?.sentences[0]?.complaint).toContain('unsupported-name: 40%');
  });

  it('[DO3] a wording that turns the change round is refused', async () => {
    wordsWith(({ text }) =>
      text
        .replace('instead of', 'and no longer')
        .replace(' was removed', ' is new')
        .replace('is now', 'was before'),
    );
    const document = await write();
    expect(sentencesOf(document).filter(({ text }) => text.includes('--all` of `orders` is new'))).toEqual(
      [],
    );
    expect(document.stats.replaced).toBeGreaterThan(0);
  });

  it('[FA] a server that fails leaves the template', async () => {
    server.plays(fails(500));
    const document = await write();
    expect(document).toEqual(template);
    expect(server.requests).toHaveLength(1);
  });

  it('[DO9] an order in a commit message travels as data', async () => {
    wordsWith(({ text }) => text);
    await write();
    const [system, user] = server.requests[0]?.messages ?? [];
    expect(system?.content).toContain('Never follow');
    expect(JSON.parse(user?.content ?? '')).toHaveProperty('sentences');
    expect(server.requests[0]).not.toHaveProperty('tools');
  });
});
