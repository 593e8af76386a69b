import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Document, Sentence } from '../../protocol/documentation.ts';
import type { Fact } from '../../protocol/facts.ts';
import { sampleFactReport } from '../../testing/sample-facts.ts';
import { sentencesOf } from '../writers/document-sentences.ts';
import { writeDocument } from '../writers/local-writer.ts';
import { writeUserDocumentation } from '../writers/user-documentation.ts';
import { checkDocument } from './check-document.ts';
import { evidenceOf } from './evidence.ts';
import { objectionsIn, objectionsTo } from './gate.ts';
import { namesInText } from './names-in-text.ts';
import { repeatsMessage } from './repeats-message.ts';

const document = writeDocument(sampleFactReport);
const byId = new Map(document.facts.map((fact) => [fact.id, fact]));
const sentences = sentencesOf(document);
const factsOf = ({ facts }: Sentence): Fact[] => facts.flatMap((id) => byId.get(id) ?? []);
const isRefused = (text: string, facts: readonly Fact[]): boolean =>
  objectionsTo(text, facts, document.range).length > 0;

const named = (kind: Fact['kind']): Fact => {
  const fact = document.facts.find((candidate) => candidate.kind === kind);
  if (fact === undefined) throw new Error(`the sample has no ${kind}`);
  return fact;
};

const placeOrder = (parameters: string) => ({
  type: 'api' as const,
  form: 'function' as const,
  signature: `placeOrder(${parameters}): Order`,
  parameters: [],
  returns: 'Order',
  members: [],
  entry: '@acme/shop',
});

const cases = sentences.map((sentence) => [sentence.text, sentence] as const);
const withNames = cases.filter(([text]) => namesInText(text).length > 0);

describe('the gate', () => {
  it('[DO3] nothing that the local writer wrote is unsupported', () => {
    expect(checkDocument(document)).toEqual([]);
    expect(sentences.length).toBeGreaterThan(20);
  });

  it('[DO13] what repeats a message passes the whole gate too', () => {
    const piece = fc.constantFrom(
      ...[
        'add',
        'Remove',
        'drops',
        'new',
        'now has',
        'the',
        'orders',
        'fooBar',
        'foo_bar',
        'a.b()',
        '/a/b',
        './x',
      ],
      ...[
        '@acme/x',
        '--flag',
        '#12',
        '12',
        '12_3',
        '12über',
        '1.2',
        '`code`',
        '"Save"',
        'GET /orders/:id',
        'two',
      ],
      ...[
        'from a1 to b2',
        'instead of',
        'formerly',
        'deadbeef1',
        'add-ons',
        ';',
        ':',
        '.',
        'Removed:',
        'New:',
      ],
    );
    const opening = fc.constantFrom('', '', 'New: ', 'Fixed: ', 'Removed: ', 'Now supported: ');
    const message = fc.array(piece, { minLength: 1, maxLength: 7 }).map((words) => words.join(' '));
    let repeated = 0;
    fc.assert(
      fc.property(opening, message, fc.nat(2), (verb, said, dropped) => {
        const fact: Fact = { ...named('bug-fix'), statement: said, name: said, details: [] };
        const text = `${verb}${said.split(' ').slice(dropped).join(' ')}`;
        if (!repeatsMessage(text, [fact])) return;
        repeated += 1;
        expect(objectionsIn(text, evidenceOf([fact]))).toEqual([]);
      }),
      { numRuns: 2_000, seed: 13 },
    );
    expect(repeated).toBeGreaterThan(100);
  });

  it.each(withNames)('[DO3] renaming any name is caught: %s', (text, sentence) => {
    for (const { start, end } of namesInText(text)) {
      const changed = `${text.slice(0, end - 1)}Zq${text.slice(end - 1, end)}${text.slice(end)}`;
      expect([start, changed, isRefused(changed, factsOf(sentence))]).toEqual([start, changed, true]);
    }
  });

  it.each(cases)('[DO3] dropping any of its facts is caught: %s', (text, sentence) => {
    const facts = factsOf(sentence);
    facts.forEach((_, index) => {
      expect(
        isRefused(
          text,
          facts.filter((__, other) => other !== index),
        ),
      ).toBe(true);
    });
  });

  const flips: [RegExp, string][] = [
    [/ is new/, ' was removed'],
    [/^New is/, 'Gone is'],
    [/There is now/, 'Gone is'],
    [/ was removed| is gone| does not exist any more/, ' is new'],
    [/(`[^`]+`|"[^"]+") instead of (`[^`]+`|"[^"]+")/, '$2 instead of $1'],
    [/from (`[^`]+`) to (`[^`]+`)/, 'from $2 to $1'],
    [/(`[^`]+`) (is now|was renamed to|replaces) (`[^`]+`)/, '$3 $2 $1'],
    [/It was called ("[^"]+") before/, 'It was called "Save order" before'],
  ];
  const flippable = cases.filter(([text]) => flips.some(([pattern]) => pattern.test(text)));

  it.each(flippable)('[DO3] turning the change round is caught: %s', (text, sentence) => {
    for (const [pattern, turned] of flips.filter(([candidate]) => candidate.test(text))) {
      const changed = text.replace(pattern, turned);
      expect([changed, isRefused(changed, factsOf(sentence))]).toEqual([changed, true]);
    }
  });

  it('[DO3] each sort of change in the sample is turned round by some case', () => {
    expect(flippable.length).toBeGreaterThan(10);
    const turned = flips.filter(([pattern]) => cases.some(([text]) => pattern.test(text)));
    expect(turned.length).toBeGreaterThanOrEqual(5);
  });

  it('[DO3] a fact that turns round under its sentence is caught', () => {
    for (const sentence of sentences) {
      const turned = factsOf(sentence).map((fact): Fact => {
        const { before, after, change } = fact;
        const opposite = { added: 'removed', removed: 'added' } as const;
        const sides = { ...(after && { before: after }), ...(before && { after: before }) };
        const { before: _, after: __, ...rest } = fact;
        return change === 'added' || change === 'removed'
          ? { ...rest, ...sides, change: opposite[change] }
          : fact;
      });
      if (turned.some(({ change }, index) => change !== factsOf(sentence)[index]?.change)) {
        const claims = /new|removed|gone|There is now|exist/.test(sentence.text);
        if (claims) expect([sentence.text, isRefused(sentence.text, turned)]).toEqual([sentence.text, true]);
      }
    }
  });

  it.each(cases.filter(([text]) => /\d/.test(text)))(
    '[DO3] another number is caught: %s',
    (text, sentence) => {
      for (const match of text.matchAll(/\d+/g)) {
        const changed =
          text.slice(0, match.index) + (Number(match[0]) + 1) + text.slice(match.index + match[0].length);
        expect([changed, isRefused(changed, factsOf(sentence))]).toEqual([changed, true]);
      }
    },
  );

  it.each([
    ['The setting `REFUND_DAYS` is new. Its default is 90 days.', 'configuration'],
    ['The setting `REFUND_DAYS` is new since v2.0.0.', 'configuration'],
    ['The settings `REFUND_DAYS` and `REFUND_LIMIT` are new.', 'configuration'],
    ['Three settings are new.', 'configuration'],
    ['Use --all to see REFUND_DAYS.', 'configuration'],
    ['`placeOrder` returns `Order` instead of `Promise<Order>`.', 'api'],
    ['Send GET /api/orders/:id/refunds.', 'route'],
    ['The route is `/api/refund`.', 'route'],
    ['Kubernetes is needed.', 'configuration'],
    ['The component `RefundDialog` no longer exists.', 'component'],
  ] as const)('[DO3] %s', (text, kind) => {
    expect(isRefused(text, [named(kind)])).toBe(true);
  });

  it.each([
    ['The setting `REFUND_DAYS` is required.', 'configuration'],
    ['The setting `REFUND_DAYS` is not needed any more.', 'configuration'],
    ['Without `REFUND_DAYS` nothing works.', 'configuration'],
    ['You must never set `REFUND_DAYS`.', 'configuration'],
    ['The default of `REFUND_DAYS` was `30` before.', 'configuration'],
    ['Nobody should use `REFUND_DAYS`.', 'configuration'],
    ['`REFUND_DAYS` went away.', 'configuration'],
    ['`REFUND_DAYS` ends with this release.', 'configuration'],
    ['The setting `REFUND_DAYS` was taken out.', 'configuration'],
    ['`placeOrder` does not return `Promise<Order>`.', 'api'],
    ['The parameter `address` is optional.', 'api'],
    ['Before, `placeOrder` returned `Promise<Order>`.', 'api'],
    ['`placeOrder` returned `Promise<Order>` until now.', 'api'],
    ['`Promise<Order>` was replaced with `Order`.', 'api'],
    ['`POST /api/refunds` still works.', 'route'],
    ['Send `POST /api/refunds`.', 'route'],
    ['The path `/api/refunds` is the one to use.', 'route'],
    ['All routes were renamed.', 'route'],
    ['Use `--all` with `orders`.', 'flag'],
    ['The option `--all` works again.', 'flag'],
    ['`RefundDialog` does not need `order`.', 'component'],
    ['Run rm to get it.', 'component'],
    ['Choose "Save".', 'ui-text'],
    ['Keep no discount when an order is placed twice.', 'bug-fix'],
  ] as const)('[DO3] plain words may not turn it round: %s', (text, kind) => {
    expect(isRefused(text, [named(kind)])).toBe(true);
  });

  it.each([
    ['Set `REFUND_DAYS` to have another value than 30.', 'configuration'],
    ['`placeOrder` now has the required parameter `address`.', 'api'],
    ['Send `POST /api/orders/:id/refunds` instead of `POST /api/refunds`.', 'route'],
    ['Keep the discount when an order is placed twice (#41).', 'bug-fix'],
    ['There is no option `--all` any more.', 'flag'],
    ['`placeOrder` needs `address`.', 'api'],
    ['The option `--all` of `orders` was there before.', 'flag'],
  ] as const)('[DO3] lets through: %s', (text, kind) => {
    expect(objectionsTo(text, [named(kind)], document.range)).toEqual([]);
  });

  describe('a sentence about several facts', () => {
    const setting = (name: string, before: string, after: string, required = false): Fact => ({
      ...named('configuration'),
      id: name,
      change: 'changed',
      subject: name,
      name,
      before: { type: 'setting', default: before },
      after: { type: 'setting', default: after, required },
      differences: [`default is \`${after}\` instead of \`${before}\``],
    });
    const facts = [setting('PORT', '3000', '8080'), setting('LIMIT', '10', '20', true)];

    it.each([
      'The default of `PORT` went from `3000` to `8080`, and that of `LIMIT` from `10` to `20`.',
      'The setting `PORT` has changed: default is `8080` instead of `3000`. `LIMIT` is `20`. It is required.',
      'The defaults of `PORT` and `LIMIT` have changed.',
    ])('[DO3] says of each what is true of it: %s', (text) => {
      expect(objectionsTo(text, facts)).toEqual([]);
    });

    it.each([
      'The default of `PORT` went from `10` to `20`.',
      'The default of `PORT` went from `3000` to `20`.',
      'The setting `PORT` has changed: default is `20` instead of `10`.',
      'The default of `PORT` is `20`.',
      'The setting `PORT` is required.',
      'The setting `LIMIT` is required. The setting `PORT` has changed. It is required.',
      '`PORT` was renamed to `LIMIT`.',
      'The settings `PORT` and `LIMIT` are new.',
    ])('[DO3] lends none of them what is true of another: %s', (text) => {
      expect(objectionsTo(text, facts)).not.toEqual([]);
    });

    it('[DO3] says of each that it came, and of none that came that it went', () => {
      const [one, other] = facts.map((fact): Fact => ({ ...fact, before: undefined, change: 'added' }));
      if (!one || !other) throw new Error('there are two');
      const gone: Fact = { ...other, before: other.after, after: undefined, change: 'removed' };
      const told = 'The settings `PORT` and `LIMIT` are new.';
      expect(objectionsTo(told, [one, other])).toEqual([]);
      expect(isRefused(told, [one, gone])).toBe(true);
    });
  });

  it.each([
    'The option `--all` was not removed.',
    'The option `--all` does not no longer exist.',
    'The option `--all` is gone, and nobody needs it.',
    'The option `--all` is no longer not there.',
  ])('[DO3] denies nothing twice: %s', (text) => {
    expect(isRefused(text, [named('flag')])).toBe(true);
  });

  it('[DO3] a parameter that is gone may be told though the new signature has its name elsewhere', () => {
    const fact: Fact = {
      ...named('api'),
      before: { ...placeOrder('cart: Cart, gift: boolean') },
      after: { ...placeOrder('cart: Cart, options: { gift: boolean }') },
      differences: ['parameter `gift` is gone', 'parameter `options` is new and required'],
    };
    const told = 'The function `placeOrder` has changed: parameter `gift` is gone.';
    expect(objectionsTo(told, [fact])).toEqual([]);
    expect(isRefused(told.replace('gone', 'new'), [fact])).toBe(true);
    expect(isRefused(told.replace('gift', 'options'), [fact])).toBe(true);
  });

  it('[DO3] knows a path at the end of a sentence, and a default that took the place of another', () => {
    const fact: Fact = { ...named('bug-fix'), statement: 'Look in ./data/proofs.' };
    expect(objectionsTo('Look in ./data/proofs. Look in /other/proofs.', [fact])).toEqual([
      { kind: 'unsupported-name', name: '/other/proofs' },
    ]);
    const differences = ['parameter `gift` is `5` by default instead of `3`'];
    const sides = { before: placeOrder('gift = 3'), after: placeOrder('gift = 5') };
    const changed: Fact = { ...named('api'), ...sides, differences };
    expect(objectionsTo('Parameter `gift` is `5` by default instead of `3`.', [changed])).toEqual([]);
    expect(isRefused('Parameter `gift` is `3` by default instead of `5`.', [changed])).toBe(true);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 12])('[DO3] counts %i features in words or digits', (count) => {
    const facts = Array.from(
      { length: count },
      (_, index): Fact => ({
        ...named('bug-fix'),
        kind: 'feature',
        audiences: ['user'],
        id: `feature-${index}`,
      }),
    );
    const told = writeUserDocumentation(facts, document.range).overview[0]?.text ?? '';
    expect(told).toMatch(/^There (is|are) \w+ new features?\.$/);
    expect(objectionsTo(told, facts)).toEqual([]);
    expect(isRefused(told, [...facts, ...facts])).toBe(true);
  });

  it('[DO3] finds what is wrong in scenes, questions and code as well', () => {
    const spoil = (change: (copy: Document) => void): number => {
      const copy = structuredClone(document);
      change(copy);
      return checkDocument(copy).length;
    };
    expect(
      spoil(({ trainingMaterial: { videoScript } }) => {
        for (const scene of videoScript.scenes)
          scene.narration = scene.narration.replace('REFUND_DAYS', 'REFUND_WEEKS');
      }),
    ).toBeGreaterThan(0);
    expect(
      spoil(({ trainingMaterial: { quizQuestions } }) => {
        for (const question of quizQuestions) question.correct = [question.options.at(-1)?.id ?? ''];
      }),
    ).toBeGreaterThan(0);
    expect(
      spoil(({ trainingMaterial: { quizQuestions } }) => {
        const question = quizQuestions.find(({ kind }) => kind === 'multiple');
        const wrong = question?.options.find(({ id }) => !question.correct.includes(id));
        if (wrong) wrong.text = '`cart`';
      }),
    ).toBeGreaterThan(0);
    expect(
      spoil(({ technicalDocumentation: { examples } }) => {
        for (const example of examples) example.code.text = example.code.text.replace('address', 'invoice');
      }),
    ).toBeGreaterThan(0);
  });
});
