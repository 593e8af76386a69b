import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { modelAnswer } from '../../../test/support/openai-answers.ts';
import { expectAnalysis } from '../../ports/ai-engine.contract.ts';
import { readAnswer } from './read-answer.ts';

const read = (answer: object) =>
  readAnswer(JSON.stringify(answer)) ?? expect.fail('the answer should be readable');

describe('reading the answer of a model', () => {
  it('[RO8] scores of any scale add up to 1 and keep their order', () => {
    const { scores } = read({
      ...modelAnswer,
      category_scores: { technical: 60, question: '30', revision: -5, general: 10 },
    });
    expect(scores.technical).toBeCloseTo(0.8 * 0.6 + 0.2 / 6, 9);
    expect(scores.question).toBeCloseTo(0.8 * 0.3 + 0.2 / 6, 9);
    expect(scores.revision).toBe(scores.urgent);
    expect(Object.values(scores).reduce((total, score) => total + score, 0)).toBeCloseTo(1, 9);
  });

  it('[RO8] full certainty of the model is not ours', () => {
    const { confidence, visualProbability, sentimentConfidence } = read({
      ...modelAnswer,
      category_scores: { technical: 1 },
      visual_probability: 1,
      sentiment_confidence: 1,
    });
    expect(confidence).toBeCloseTo(0.8333, 3);
    expect(visualProbability).toBeCloseTo(0.9, 9);
    expect(sentimentConfidence).toBeCloseTo(0.8667, 3);
  });

  it('[RO8] the chosen label is never scored below another', () => {
    const { category, confidence, scores } = read({
      ...modelAnswer,
      category: 'general',
      category_scores: { technical: 0.9, general: 0.1 },
    });
    expect(category).toBe('general');
    expect(confidence).toBe(Math.max(...Object.values(scores)));
  });

  it('[RO8] numbers that are missing are derived from the labels', () => {
    const analysis = read({ category: 'urgent', sentiment: 'negative', urgency: 'critical' });
    expectAnalysis(analysis, 'openai');
    expect(analysis).toMatchObject({ score: -0.6, emotion: 'frustrated', complexity: 3, language: 'other' });
    expect(analysis.confidence).toBeGreaterThan(0.5);
  });

  it('[RO8] labels that are missing are derived from the scores', () => {
    const { category: _category, urgency: _urgency, ...scoresOnly } = modelAnswer;
    expect(read(scoresOnly)).toMatchObject({ category: 'technical', urgency: 'high' });
  });

  it('[RO8] a score against its label gives way to the label', () => {
    expect(read({ ...modelAnswer, sentiment: 'positive', sentiment_score: -0.9 }).score).toBe(0.6);
  });

  it('[RO8] a fence, capitals and percentages are read', () => {
    const fenced = `Here it is:\n\`\`\`json\n${JSON.stringify({ ...modelAnswer, category: ' Technical', visual_probability: 80 })}\n\`\`\``;
    expect(readAnswer(fenced)).toEqual(read(modelAnswer));
  });

  it.each(['category', 'sentiment', 'urgency'] as const)('[RO8] without a %s nothing is read', (field) => {
    const { [field]: _left, [`${field}_scores` as 'urgency_scores']: _out, ...rest } = modelAnswer;
    expect(readAnswer(JSON.stringify(rest))).toBeUndefined();
  });

  it('[RO8] any JSON in any field is a valid analysis or none', () => {
    const anyAnswer = fc.record(
      Object.fromEntries(
        Object.entries(modelAnswer).map(([name, value]) => [
          name,
          fc.oneof(fc.constant<unknown>(value), fc.jsonValue()),
        ]),
      ),
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(anyAnswer, (answer) => {
        const analysis = readAnswer(JSON.stringify(answer));
        if (analysis !== undefined) expectAnalysis(analysis, 'openai');
      }),
      { seed: 20_260_504, numRuns: 2_000 },
    );
  });
});
