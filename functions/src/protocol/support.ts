import { z } from 'zod';
import { idSchema, maximumTextLength, textSchema, timeSchema } from './common.ts';
import { userSections } from './documentation.ts';
import {
  aiEngineNameSchema,
  categories,
  categorySchema,
  channelSchema,
  emotionSchema,
  languageSchema,
  sentimentSchema,
  urgencySchema,
} from './enumerations.ts';

const probabilitySchema = z.number().min(0).max(1);
const complexitySchema = z.int().min(1).max(10).meta({ description: 'Work for whoever answers' });
const scoresSchema = z
  .record(z.enum(categories), probabilitySchema)
  .meta({ description: 'Probability of each category' });

/** Entries of a history beyond these say nothing more and would only cost time. */
const mostHistoryEntries = 100;

const customerHistorySchema = z.strictObject({
  previousIssues: z.array(z.string().max(maximumTextLength)).max(mostHistoryEntries).exactOptional(),
  preferredChannel: channelSchema.exactOptional(),
  successfulChannels: z
    .array(channelSchema)
    .max(mostHistoryEntries)
    .exactOptional()
    .meta({ description: 'One entry for each session that ended well' }),
});

export const routeIssueSchema = z.strictObject({
  issue: textSchema.meta({ description: 'What is wrong, in the customer’s words' }),
  urgency: urgencySchema.optional().meta({ description: 'As the customer sees it; predicted when absent' }),
  customerHistory: customerHistorySchema
    .optional()
    .meta({ description: 'Each part stands in place of what is known of the signed-in customer' }),
});

const scoredChannelSchema = z.strictObject({
  route: channelSchema,
  score: probabilitySchema.meta({ description: 'On the scale of `confidence`, never above it' }),
  reason: z.string(),
});

const factorSchema = z.strictObject({
  name: z.string(),
  value: z.string(),
  contribution: z.number().meta({
    description: 'Log-odds added to the recommended channel against the mean of the offered ones',
  }),
});

const availabilitySchema = z.strictObject({
  open: z.literal(false),
  opensAt: timeSchema.optional().meta({ description: 'Absent when no opening is planned' }),
  text: z.string(),
});

export const routeReplySchema = z.strictObject({
  recommendedRoute: channelSchema,
  confidence: probabilitySchema,
  reasoning: z.string(),
  alternativeRoutes: z.array(scoredChannelSchema),
  decisionId: idSchema,
  category: categorySchema,
  sentiment: sentimentSchema,
  urgency: urgencySchema,
  complexity: complexitySchema,
  engine: aiEngineNameSchema,
  factors: z.array(factorSchema),
  calibration: z
    .enum(['labelled-set', 'outcomes'])
    .meta({ description: 'What `confidence` was calibrated on' }),
  availability: availabilitySchema.optional().meta({ description: 'Only outside business hours' }),
});

/** Body of every operation that understands one text. */
export const analyzeTextSchema = z.strictObject({ text: textSchema });

const signedScoreSchema = z
  .number()
  .min(-1)
  .max(1)
  .meta({ description: '-1 very negative, 1 very positive' });

export const sentimentReplySchema = z.strictObject({
  sentiment: sentimentSchema,
  score: signedScoreSchema,
  confidence: probabilitySchema.meta({ description: 'Probability that `sentiment` is right' }),
  emotion: emotionSchema,
});

export const categorizeReplySchema = z.strictObject({
  category: categorySchema,
  confidence: probabilitySchema.meta({ description: 'Probability that `category` is right' }),
  scores: scoresSchema,
  urgency: urgencySchema,
});

export const analyzeReplySchema = z.strictObject({
  sentiment: sentimentSchema,
  score: signedScoreSchema,
  emotion: emotionSchema,
  category: categorySchema,
  confidence: probabilitySchema.meta({ description: 'Probability that `category` is right' }),
  scores: scoresSchema,
  urgency: urgencySchema,
  complexity: complexitySchema,
  visual: z.boolean().meta({ description: 'Whether both sides must look at the same thing' }),
  language: languageSchema,
  engine: aiEngineNameSchema,
});

export const suggestAnswersSchema = z.strictObject({
  issue: textSchema,
  sessionId: idSchema.optional().meta({ description: 'A session whose issue says more' }),
});

/** An article as it stood when it was quoted. */
const articleSourceSchema = z.strictObject({
  articleId: idSchema,
  title: z.string(),
  revision: z.int().min(1),
});

/** A document of the product, and the section of its part for users that was quoted. */
const documentSourceSchema = z.strictObject({
  documentId: idSchema,
  title: z.string(),
  version: z
    .string()
    .meta({ description: 'The tag that its range ends at, else the beginning of the commit' }),
  section: z.enum(userSections),
});

export const suggestionSourceSchema = z.union([articleSourceSchema, documentSourceSchema]);

export const suggestionsReplySchema = z.strictObject({
  suggestions: z.array(
    z.strictObject({
      text: z.string(),
      confidence: probabilitySchema.meta({ description: 'Probability that it helps with the issue' }),
      sources: z
        .array(suggestionSourceSchema)
        .meta({ description: 'What the text rests on; empty for a clarifying question' }),
    }),
  ),
});

export type RouteIssue = z.infer<typeof routeIssueSchema>;
export type RouteReply = z.infer<typeof routeReplySchema>;
export type SentimentReply = z.infer<typeof sentimentReplySchema>;
export type CategorizeReply = z.infer<typeof categorizeReplySchema>;
export type AnalyzeReply = z.infer<typeof analyzeReplySchema>;
export type SuggestionsReply = z.infer<typeof suggestionsReplySchema>;
export type SuggestionSource = z.infer<typeof suggestionSourceSchema>;
export type Suggestion = SuggestionsReply['suggestions'][number];
