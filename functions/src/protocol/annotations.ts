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

/** The id of an annotation or, where its annotations are asked for, of a session. */
export const annotationParametersSchema = z.strictObject({ id: idSchema });

/** What a client says to add an annotation; the socket event says the same. */
export const addAnnotationSchema = z.strictObject({
  sessionId: idSchema,
  opId: operationIdSchema.optional().meta({ description: 'Makes a resend harmless' }),
  id: idSchema.optional().meta({ description: 'Made by the server unless said' }),
  type: annotationTypeSchema,
  data: annotationDataSchema,
  layer: layerSchema.optional(),
  page: pageSchema.optional(),
  proofId: idSchema.optional().meta({ description: 'The proof it is drawn on' }),
});

/** The annotations of a session at one place in its log. */
export const annotationListSchema = z.strictObject({
  annotations: z.array(annotationSchema),
  head: z.int().min(0).meta({ description: 'The last entry of the log that they hold' }),
  epoch: z.string().meta({ description: 'Another one means another log: places cannot be compared' }),
});
