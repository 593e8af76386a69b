import { z } from 'zod';
import { idSchema, pageQuerySchema, pageSchema, textSchema, timeSchema } from './common.ts';
import {
  categorySchema,
  channelSchema,
  emotionSchema,
  languageSchema,
  resolutionSchema,
  sentimentSchema,
  sessionEntryKindSchema,
  sessionStatusSchema,
  urgencySchema,
} from './enumerations.ts';

const orderReferenceSchema = z.string().trim().min(1).max(64);
const tagSchema = z.string().trim().min(1).max(40);
const noteSchema = z.string().trim().min(1).max(2_000);

export const sessionParametersSchema = z.strictObject({ id: idSchema });

export const openSessionSchema = z.strictObject({
  issue: textSchema.meta({ description: 'What is wrong, in the customer’s words' }),
  type: channelSchema.optional().meta({ description: 'A channel chosen instead of the recommended one' }),
  urgency: urgencySchema.optional(),
  decisionId: idSchema.optional().meta({ description: 'The recommendation this session follows' }),
  orderRef: orderReferenceSchema.optional(),
  customerId: idSchema.optional().meta({ description: 'Staff only: the customer it is opened for' }),
  preferredAgentId: idSchema.optional().meta({ description: 'An agent the customer asks for' }),
  previousSessionId: idSchema.optional().meta({ description: 'The completed session this one follows up' }),
});

export const sessionSchema = z.strictObject({
  id: idSchema,
  customerId: idSchema,
  agentId: idSchema.optional(),
  type: channelSchema,
  status: sessionStatusSchema,
  startTime: timeSchema,
  duration: z.number().optional().meta({ description: 'Seconds from assigned to ended' }),
  resolution: resolutionSchema.optional(),
  satisfaction: z.int().min(1).max(5).optional(),
  issue: z.string(),
  subject: z.string(),
  orderRef: z.string().optional(),
  tags: z.array(z.string()),
  category: categorySchema,
  urgency: urgencySchema,
  sentiment: sentimentSchema,
  emotion: emotionSchema,
  complexity: z.int().min(1).max(10),
  language: languageSchema,
  visual: z.boolean(),
  decisionId: idSchema,
  queuedAt: timeSchema,
  assignedAt: timeSchema.optional(),
  openedAt: timeSchema.optional(),
  endedAt: timeSchema.optional(),
  previousSessionId: idSchema.optional(),
  epoch: z.string(),
  handovers: z.int(),
  queue: z
    .strictObject({
      position: z.int().min(1),
      estimatedWaitSeconds: z.number().nullable().meta({ description: 'null while nobody can take it' }),
    })
    .optional()
    .meta({ description: 'Only of a queued session' }),
  requiredSkills: z.array(z.string()).optional().meta({ description: 'Staff only' }),
  neededSkills: z.array(z.string()).optional().meta({ description: 'Staff only' }),
});

export const sessionListQuerySchema = pageQuerySchema.extend({
  status: sessionStatusSchema.optional(),
  agent: idSchema.optional(),
  customer: idSchema.optional(),
  category: categorySchema.optional(),
  orderRef: orderReferenceSchema.optional(),
  tag: tagSchema.optional(),
  q: z
    .string()
    .trim()
    .min(2)
    .max(200)
    .optional()
    .meta({ description: 'Whole words of issue or order reference' }),
  from: timeSchema.optional().meta({ description: 'Opened at or after' }),
  to: timeSchema.optional().meta({ description: 'Opened before' }),
});

export const sessionPageSchema = pageSchema(sessionSchema);

export const updateSessionSchema = z
  .strictObject({
    status: z.literal('completed').optional(),
    resolution: z.enum(['resolved', 'escalated']).optional().meta({ description: 'Staff only' }),
    satisfaction: z.int().min(1).max(5).optional().meta({ description: 'Its customer only, once' }),
    tags: z.array(tagSchema).max(20).optional().meta({ description: 'Staff only' }),
  })
  .refine((change) => Object.keys(change).length > 0, 'name at least one thing to change')
  .refine((change) => change.resolution === undefined || change.status === 'completed', {
    path: ['resolution'],
    message: 'a resolution goes with status completed',
  });

const transferTargets = ['agentId', 'skill', 'channel'] as const;

export const transferSessionSchema = z
  .strictObject({
    agentId: idSchema.optional(),
    skill: z.string().trim().min(1).max(80).optional(),
    channel: channelSchema.optional(),
    note: noteSchema.optional().meta({ description: 'For staff; the customer does not see it' }),
  })
  .refine(
    (target) => transferTargets.filter((name) => target[name] !== undefined).length === 1,
    'name exactly one of agentId, skill and channel',
  );

export const escalateSessionSchema = z.strictObject({ note: noteSchema.optional() });

export const transcriptEntrySchema = z.strictObject({
  seq: z.int().min(1),
  kind: sessionEntryKindSchema,
  at: timeSchema,
  authorId: z.string(),
  visibility: z.enum(['public', 'staff']),
  data: z.record(z.string(), z.unknown()),
});

export const transcriptSchema = pageSchema(transcriptEntrySchema);

export type OpenSession = z.infer<typeof openSessionSchema>;
export type Session = z.infer<typeof sessionSchema>;
export type SessionListQuery = z.infer<typeof sessionListQuerySchema>;
export type UpdateSession = z.infer<typeof updateSessionSchema>;
export type TransferSession = z.infer<typeof transferSessionSchema>;
export type TranscriptEntry = z.infer<typeof transcriptEntrySchema>;
