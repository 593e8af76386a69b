import { z } from 'zod';
import { categories, emotions, languages, sentiments, urgencies } from '../../protocol/enumerations.ts';

const probability = z.number().describe('0 to 1');

const probabilities = (labels: readonly string[]) =>
  z.strictObject(Object.fromEntries(labels.map((label) => [label, probability])));

/**
 * The answer that is asked for. Every field is required and closed, as strict structured output demands, and
 * none is free text: there is nowhere to put anything but a classification. Ranges stand in descriptions,
 * since not every server with this API knows `minimum` and `maximum`.
 */
const requestedAnswer = z.strictObject({
  language: z.enum(languages),
  category_scores: probabilities(categories),
  category: z.enum(categories).describe('the category with the highest score'),
  sentiment: z.enum(sentiments),
  sentiment_score: z.number().describe('-1 to 1'),
  sentiment_confidence: probability,
  emotion: z.enum(emotions),
  urgency_scores: probabilities(urgencies),
  urgency: z.enum(urgencies).describe('the urgency with the highest score'),
  complexity: z.number().describe('whole number from 1 to 10'),
  visual_probability: probability,
});

const { $schema: _dialect, ...schema } = z.toJSONSchema(requestedAnswer);

/** `response_format` of the request. */
export const responseFormat = {
  type: 'json_schema' as const,
  json_schema: { name: 'message_classification', strict: true, schema },
};
