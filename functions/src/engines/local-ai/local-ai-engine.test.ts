import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Analysis } from '../../ports/ai-engine.ts';
import { categories, emotions, languages, sentiments, urgencies } from '../../protocol/enumerations.ts';
import { createLocalAiEngine } from './local-ai-engine.ts';
import { READ_LIMIT } from './text-folding.ts';

const engine = await createLocalAiEngine();
const SEED = 20261;

function expectSumsToOne(scores: Record<string, number>, names: readonly string[]): void {
  expect(Object.keys(scores)).toEqual([...names]);
  expect(Object.values(scores).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 6);
  for (const share of Object.values(scores)) expect(share).toBeGreaterThanOrEqual(0);
}

function expectValid(analysis: Analysis): void {
  expectSumsToOne(analysis.scores, categories);
  expectSumsToOne(analysis.urgencyScores, urgencies);
  expect(analysis.confidence).toBe(analysis.scores[analysis.category]);
  expect(sentiments).toContain(analysis.sentiment);
  expect(Math.abs(analysis.score)).toBeLessThanOrEqual(1);
  expect(analysis.sentimentConfidence).toBeGreaterThanOrEqual(1 / 3 - 1e-9);
  expect(analysis.sentimentConfidence).toBeLessThanOrEqual(1);
  expect(emotions).toContain(analysis.emotion);
  expect(urgencies).toContain(analysis.urgency);
  expect(Number.isInteger(analysis.complexity) && analysis.complexity >= 1 && analysis.complexity <= 10).toBe(
    true,
  );
  expect(analysis.visualProbability).toBeGreaterThanOrEqual(0);
  expect(analysis.visualProbability).toBeLessThanOrEqual(1);
  expect(languages).toContain(analysis.language);
  expect(analysis.engine).toBe('local');
}

describe('local AI engine', () => {
  it.each([
    ['Stop the press now, page 4 names the wrong drug and the run started ten minutes ago!', 'urgent'],
    ['The proof is fine, you have our approval, please go ahead and print.', 'approval'],
    ['Please change the background from red to navy and make the logo bigger.', 'revision'],
    ['The upload fails with error 500 every time I send the PDF.', 'technical'],
    ['How much would 500 business cards on recycled paper cost?', 'question'],
    ['Thank you all, the boxes arrived and they are wonderful.', 'general'],
    ['Pare la impresión ya, el precio está mal y salen en veinte minutos', 'urgent'],
    ['Bon à tirer accepté, vous pouvez imprimer.', 'approval'],
    ['Bitte den Titel in Blau statt Rot und das Logo größer.', 'revision'],
  ])('[RO1] understands what is wanted first: %s', async (text, category) => {
    expect((await engine.analyze(text)).category).toBe(category);
  });

  it('[RO3] takes the word urgent alone for no urgency and running harm for it', async () => {
    const idle = await engine.analyze(
      'Urgent question, no rush though: do you print on cork, maybe next spring?',
    );
    const harm = await engine.analyze(
      'The sign is coming off the wall over the entrance, send someone right now',
    );
    expect(idle.category).not.toBe('urgent');
    expect(['low', 'medium']).toContain(idle.urgency);
    expect(harm.category).toBe('urgent');
    expect(harm.urgency).toBe('critical');
  });

  it.each([
    '😡😡😡 Nothing works!!!',
    'I am not happy with the print',
    'worst print ever',
    'Great, another late parcel 🙄',
    'Nichts geht mehr!!',
    'my order is ruined',
  ])('[RO1] hears in a few words that somebody is not content: %s', async (text) => {
    expect((await engine.analyze(text)).sentiment).toBe('negative');
  });

  it.each([
    ['URGENT!!', 'high'],
    ['asap pls', 'high'],
    ['It is not urgent', 'low'],
    ['Please stop the printing NOW', 'critical'],
    ['hi there', 'low'],
  ])('[RO1] hears in a few words how soon it is needed: %s', async (text, urgency) => {
    expect((await engine.analyze(text)).urgency).toBe(urgency);
  });

  it('[RO1] tells the language of a text', async () => {
    const language = async (text: string): Promise<string> => (await engine.analyze(text)).language;
    expect(await language('Where is my order?')).toBe('en');
    expect(await language('¿Dónde está mi pedido?')).toBe('es');
    expect(await language('Où en est ma commande ?')).toBe('fr');
    expect(await language('Wo bleibt meine Bestellung?')).toBe('de');
    expect(await language('Где мой заказ? Когда он придёт?')).toBe('other');
  });

  it('[RO1] answers any string with a valid analysis', { timeout: 60_000 }, async () => {
    const anyText = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc.string({ unit: 'grapheme', maxLength: 400 }),
      fc
        .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 200 })
        .map((codes) => String.fromCharCode(...codes)),
      fc
        .array(fc.constantFrom("'", '-', '12:30', 'no', '\ud83d', '\ude0a', ' ', "l'", '!', 'stop', '\0'), {
          maxLength: 80,
        })
        .map((parts) => parts.join('')),
    );
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => expectValid(await engine.analyze(text))),
      { seed: SEED, numRuns: 250 },
    );
  });

  it('[RO1] reads a long text up to its limit only, in bounded time', { timeout: 60_000 }, async () => {
    const head = 'Where is my order? '.repeat(300).slice(0, READ_LIMIT);
    const short = await engine.analyze(head);
    const started = performance.now();
    const long = await engine.analyze(head + '🔥 stop the press now! '.repeat(50_000));
    expect(long).toEqual(short);
    expect(performance.now() - started).toBeLessThan(1000);
    for (const unit of ['x', ' ', '!', '7', "'", '-', '😀', 'no ', 'stop ']) {
      expectValid(await engine.analyze(unit.repeat(100_000)));
    }
  });

  it('[RO1] gives the same answer whatever it read before', async () => {
    const text = 'The upload bar is stuck at 99 and our fair opens on Friday';
    const first = await engine.analyze(text);
    await engine.analyze('¡Paren la máquina! '.repeat(100));
    expect(await engine.analyze(text)).toEqual(first);
  });

  it('[RO4] has a version that follows the model file', async () => {
    expect(engine.version).toMatch(/^local-\d+-[0-9a-f]{12}$/);
    expect((await createLocalAiEngine()).version).toBe(engine.version);
  });

  it('[EN4] refuses a missing or damaged model file in one sentence', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'proofdesk-model-'));
    const missing = pathToFileURL(join(folder, 'none.bin'));
    const damaged = pathToFileURL(join(folder, 'damaged.bin'));
    const bytes = readFileSync(new URL('../../../model/issue-model.bin', import.meta.url));
    bytes.writeUInt8(bytes.readUInt8(100_000) ^ 1, 100_000);
    writeFileSync(damaged, bytes);
    await expect(createLocalAiEngine({ modelFile: missing })).rejects.toThrow(
      /cannot be read; run "npm run train"/,
    );
    await expect(createLocalAiEngine({ modelFile: damaged })).rejects.toThrow(/damaged/);
  });
});
