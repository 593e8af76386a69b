import { z } from 'zod';
import type { Analysis } from '../../ports/ai-engine.ts';
import {
  categories,
  type Emotion,
  emotions,
  languages,
  type Sentiment,
  sentiments,
  urgencies,
} from '../../protocol/enumerations.ts';
import { discounted, distribution, highest } from './self-reported-probabilities.ts';

/** Reads what is usable and drops the rest: servers that speak this API keep to a schema more or less. */
const label = <Value extends string>(values: readonly Value[]) =>
  z
    .string()
    .transform((text) => values.find((value) => value === text.trim().toLowerCase()))
    .optional()
    .catch(undefined);

const numeric = z
  .union([z.number(), z.string().max(20).regex(/\d/).transform(Number)])
  .refine(Number.isFinite)
  .optional()
  .catch(undefined);

const isObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const scores = <Value extends string>(values: readonly Value[]) => {
  const shape = Object.fromEntries(values.map((value) => [value, numeric])) as Record<Value, typeof numeric>;
  return z.preprocess((value) => (isObject(value) ? value : {}), z.object(shape));
};

const statedAnswer = z.object({
  language: label(languages),
  category_scores: scores(categories),
  category: label(categories),
  sentiment: label(sentiments),
  sentiment_score: numeric,
  sentiment_confidence: numeric,
  emotion: label(emotions),
  urgency_scores: scores(urgencies),
  urgency: label(urgencies),
  complexity: numeric,
  visual_probability: numeric,
});

type StatedAnswer = z.output<typeof statedAnswer>;

/** What is assumed where a server left an optional field out. */
const assumed = {
  sentimentConfidence: 0.75,
  complexity: 3,
  visualProbability: 0.2,
  score: { negative: -0.6, neutral: 0, positive: 0.6 } satisfies Record<Sentiment, number>,
  emotion: { negative: 'frustrated', neutral: 'neutral', positive: 'satisfied' } satisfies Record<
    Sentiment,
    Emotion
  >,
};

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/** A probability, also when it was written as a percentage. */
const probability = (stated: number | undefined, otherwise: number): number =>
  clamp(stated === undefined ? otherwise : stated > 1 ? stated / 100 : stated, 0, 1);

/** The stated score where its sign fits the label. */
const sentimentScore = (sentiment: Sentiment, stated: number | undefined): number => {
  const typical = assumed.score[sentiment];
  if (stated === undefined || stated * typical < 0) return typical;
  return clamp(stated, -1, 1);
};

/** The JSON object in a text that may have a code fence or a sentence around it. */
const jsonObject = (content: string): unknown => {
  const from = content.indexOf('{');
  const to = content.lastIndexOf('}');
  if (from < 0 || to < from) return undefined;
  try {
    return JSON.parse(content.slice(from, to + 1));
  } catch {
    return undefined;
  }
};

const analysisOf = (stated: StatedAnswer): Analysis | undefined => {
  const category = stated.category ?? highest(categories, stated.category_scores);
  const urgency = stated.urgency ?? highest(urgencies, stated.urgency_scores);
  const { sentiment } = stated;
  if (category === undefined || urgency === undefined || sentiment === undefined) return undefined;
  const categoryScores = distribution(categories, stated.category_scores, category);
  const visualProbability = discounted(probability(stated.visual_probability, assumed.visualProbability), 2);
  const certainty = probability(stated.sentiment_confidence, assumed.sentimentConfidence);
  return {
    category,
    confidence: categoryScores[category],
    scores: categoryScores,
    sentiment,
    score: sentimentScore(sentiment, stated.sentiment_score),
    sentimentConfidence: discounted(certainty, sentiments.length),
    emotion: stated.emotion ?? assumed.emotion[sentiment],
    urgency,
    urgencyScores: distribution(urgencies, stated.urgency_scores, urgency),
    complexity: Math.round(clamp(stated.complexity ?? assumed.complexity, 1, 10)),
    visual: visualProbability >= 0.5,
    visualProbability,
    language: stated.language ?? 'other',
    engine: 'openai',
  };
};

/**
 * The model's text as an analysis, or nothing when category, sentiment or urgency cannot be read. Only known
 * fields with known values get through, so whatever a customer talked the model into saying stays here.
 */
export const readAnswer = (content: string): Analysis | undefined => {
  const stated = statedAnswer.safeParse(jsonObject(content));
  return stated.success ? analysisOf(stated.data) : undefined;
};
