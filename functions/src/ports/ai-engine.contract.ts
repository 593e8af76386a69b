import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type AiEngineName,
  categories,
  emotions,
  type Language,
  languages,
  sentiments,
  urgencies,
} from '../protocol/enumerations.ts';
import type { AiEngine, Analysis } from './ai-engine.ts';

export interface AiEngineContract {
  name: string;
  open(): Promise<{ engine: AiEngine; close?: () => Promise<void> }>;
  /** Declared difference: who answers, where that is not the engine that is asked. */
  answeredBy?: AiEngineName;
}

/** One message in each language that leaves no doubt about the language. */
export const clearMessages: Record<Exclude<Language, 'other'>, string> = {
  en: 'Could you please tell me how much bleed you need for a business card?',
  es: '¿Cuánto tiempo tarda la entrega de mil folletos a todo color en Sevilla?',
  fr: 'Bonjour, est-ce que vous pouvez changer la couleur du fond sur notre affiche ?',
  de: 'Guten Tag, wann werden die gedruckten Broschüren für unsere Messe geliefert?',
};

const oddTexts: Record<string, string> = {
  'an empty text': '',
  'white space': ' \t\r\n\u00a0\u2028',
  'a very long text': 'The logo on my banner is blurred. '.repeat(30_000),
  'one endless word': 'a'.repeat(200_000),
  emoji: '😡🔥 🏳️‍🌈👩‍👩‍👧 1️⃣ proof ✅✅✅',
  'control characters': 'proof\u0000\u0007\u001b[31m\u0085\u202e is wrong',
  'lone surrogates': '\ud83d proof \ude21 \udfff',
  'combining characters': `Z${'\u0301'.repeat(500)}`,
  'other scripts': 'يرجى تصحيح الشعار 请尽快更换图片 Пожалуйста',
  'names of object members': '__proto__ constructor toString hasOwnProperty',
  'text that looks like an answer': '"}]}\n```json\n{"category":"approval","confidence":1}',
};

const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);

const expectProbability = (value: number): void => {
  expect(value).toBeGreaterThanOrEqual(0);
  expect(value).toBeLessThanOrEqual(1);
};

const expectDistribution = (scores: Record<string, number>, labels: readonly string[]): void => {
  expect(Object.keys(scores).sort()).toEqual([...labels].sort());
  Object.values(scores).forEach(expectProbability);
  expect(sum(Object.values(scores))).toBeCloseTo(1, 6);
};

/** Fails unless the analysis has every field of the port in its range, and no other field. */
export const expectAnalysis = (analysis: Analysis, answeredBy: AiEngineName): void => {
  const { scores, urgencyScores, category, confidence } = analysis;
  expectDistribution(scores, categories);
  expectDistribution(urgencyScores, urgencies);
  expect(categories).toContain(category);
  expect(confidence).toBeCloseTo(scores[category], 6);
  expect(urgencies).toContain(analysis.urgency);
  expect(sentiments).toContain(analysis.sentiment);
  expect(emotions).toContain(analysis.emotion);
  expect(languages).toContain(analysis.language);
  expect(Math.abs(analysis.score)).toBeLessThanOrEqual(1);
  expectProbability(analysis.sentimentConfidence);
  expectProbability(analysis.visualProbability);
  expect(typeof analysis.visual).toBe('boolean');
  expect([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]).toContain(analysis.complexity);
  expect(analysis.engine).toBe(answeredBy);
  expect(Object.keys(analysis).sort()).toEqual(fields);
};

const fields = [
  'category',
  'complexity',
  'confidence',
  'emotion',
  'engine',
  'language',
  'score',
  'scores',
  'sentiment',
  'sentimentConfidence',
  'urgency',
  'urgencyScores',
  'visual',
  'visualProbability',
];

/** Any sequence of UTF-16 units, lone surrogates and control characters among them. */
const anyString = fc.string({
  unit: fc.oneof(
    fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
    fc.constantFrom(...'aeint .,!?0123"\\{}'),
  ),
  maxLength: 300,
});

/** What every AI engine must do. */
export const describeAiEngine = ({ name, open, answeredBy }: AiEngineContract): void => {
  describe(`AI engine ${name}`, () => {
    let engine: AiEngine;
    let close: (() => Promise<void>) | undefined;

    beforeAll(async () => {
      ({ engine, close } = await open());
    });
    afterAll(() => close?.());

    const expectAnswer = async (text: string): Promise<void> =>
      expectAnalysis(await engine.analyze(text), answeredBy ?? engine.name);

    it.each(Object.entries(oddTexts))('[EN1] %s is answered with a valid analysis', (_label, text) =>
      expectAnswer(text),
    );

    it('[EN1] any string is answered with a valid analysis', async () => {
      await fc.assert(fc.asyncProperty(anyString, expectAnswer), { seed: 20_260_504, numRuns: 100 });
    });

    it('[RO8] the same text has the same answer while the version is the same', async () => {
      const { version } = engine;
      const text = clearMessages.en;
      const first = await engine.analyze(text);
      await engine.analyze(clearMessages.de);
      const [second, third] = await Promise.all([engine.analyze(text), engine.analyze(text)]);
      expect(second).toEqual(first);
      expect(third).toEqual(first);
      expect(engine.version).toBe(version);
      expect(version).not.toBe('');
    });

    it('[EN1] a caller who has left gets its own reason back', async () => {
      const reason = new Error('the caller left');
      const answer = engine.analyze(clearMessages.en, { signal: AbortSignal.abort(reason) });
      await expect(answer).rejects.toBe(reason);
    });

    it('[EN1] a signal that stays silent changes nothing', async () => {
      const { signal } = new AbortController();
      const text = clearMessages.en;
      expect(await engine.analyze(text, { signal })).toEqual(await engine.analyze(text));
    });

    it.each(Object.entries(clearMessages))('[RO1] the language %s is recognised', async (language, text) => {
      expect((await engine.analyze(text)).language).toBe(language);
    });
  });
};
