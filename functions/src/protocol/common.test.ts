import { describe, expect, it } from 'vitest';
import { credentialsSchema, registrationSchema } from './accounts.ts';
import { nameSchema, shownName, textSchema } from './common.ts';

const odd = [
  '',
  ' ',
  'a\nb',
  'a\tb',
  'a\0b',
  'Nora\u202Egnp.exe',
  'a\u2028b',
  '\uD800',
  'x'.repeat(21),
  `${'x'.repeat(20)}🎨`,
];

describe('names', () => {
  it.each(odd)('[RE6] %j is none', (name) => {
    expect(nameSchema(20).safeParse(name).success).toBe(false);
  });

  it('[RE6] are refused with one reason each', () => {
    for (const name of odd) expect(nameSchema(20).safeParse(name).error?.issues).toHaveLength(1);
  });

  it.each(['Nora', 'Ñandú Müller', 'محمد', '山田', 'O’Brien & Söhne', '👩🏽‍🎨 Ada'])(
    '[RE6] %j is one',
    (name) => {
      expect(nameSchema(20).parse(` ${name} `)).toBe(name);
      expect(shownName(name, 20)).toBe(name);
    },
  );

  it.each(odd.slice(2))('[RE6] %j of somewhere else is shown without what deceives', (name) => {
    const shown = shownName(name, 20);
    expect(shown === '' || nameSchema(20).safeParse(shown).success).toBe(true);
  });

  it('[RE6] of people are names', () => {
    const person = { email: 'nora@example.com', password: 'correct horse battery' };
    expect(registrationSchema.safeParse({ ...person, name: 'Nora' }).success).toBe(true);
    expect(registrationSchema.safeParse({ ...person, name: 'Nora\u202Enimda' }).success).toBe(false);
  });
});

describe('texts', () => {
  it.each(['', ' \n', '\u200b\u200b', '\u2060\ufeff', '\u0000'])('[HT1] %j is empty', (text) => {
    expect(textSchema.safeParse(text).error?.issues).toMatchObject([
      { message: 'write a few words: the text is empty' },
    ]);
  });

  it.each(['?', '👍🏽', '\u200bhi', '注文'])('[HT1] %j is not', (text) => {
    expect(textSchema.parse(text)).toBe(text);
  });
});

describe('e-mail addresses', () => {
  it('[HT1] may have spaces around them', () => {
    const signIn = { email: ' nora@example.com ', password: 'correct horse battery' };
    expect(credentialsSchema.parse(signIn)).toMatchObject({ email: 'nora@example.com' });
    expect(credentialsSchema.safeParse({ ...signIn, email: 'nora @example.com' }).success).toBe(false);
  });
});
