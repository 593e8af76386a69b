import { z } from 'zod';
import { dataProblem, type JsonValue } from './annotation-data.ts';
import { idSchema, timeSchema } from './common.ts';
import { annotationStatusSchema, annotationTypeSchema } from './enumerations.ts';

export const defaultLayer = 'default';
export const defaultPage = 1;

/** A layer's name; `default` unless said otherwise. */
export const layerSchema = z
  .string()
  .max(64)
  .regex(/^[^\p{Cc}\p{Cs}]+$/u, 'a layer has a name without control characters');
export const pageSchema = z.int().min(1).max(10_000).meta({ description: 'Page of the artwork, from 1' });

/** Names a client gives to an operation, so that a resend is known; unique per session and author. */
export const operationIdSchema = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);

/** Any JSON value; x and y in it are 0..1 of the page box, from the top left. */
export const annotationDataSchema = z
  .unknown()
  .superRefine((value, context) => {
    const problem = dataProblem(value);
    if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
  })
  .meta({ description: 'Any JSON; x and y are 0..1 of the page box' }) as z.ZodType<JsonValue>;

/** An annotation as it stands. */
export const annotationSchema = z.strictObject({
  id: idSchema,
  sessionId: idSchema,
  userId: idSchema,
  type: annotationTypeSchema,
  data: annotationDataSchema,
  timestamp: timeSchema.meta({ description: 'When it was added' }),
  layer: layerSchema,
  page: pageSchema,
  proofId: idSchema.optional(),
  seq: z.int().min(1).meta({ description: 'Its place in the order of the session' }),
  rev: z.int().min(1).meta({ description: 'The place of its last change' }),
  status: annotationStatusSchema,
});

export type Annotation = z.infer<typeof annotationSchema>;
