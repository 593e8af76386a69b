import { z } from 'zod';
import { operationIdSchema } from './annotations.ts';
import { idSchema, nameSchema, pageSchema, timeSchema } from './common.ts';
import { proofDecisionSchema, proofFormatSchema, proofStatusSchema } from './enumerations.ts';

/** Pages that a PDF may have; annotations name none beyond. */
export const maximumProofPages = 10_000;

/** A file's name as people see it: never part of a path, so only what could deceive a reader is refused. */
const proofNameSchema = nameSchema(200).meta({ description: 'Name of the file, as people see it' });

export const sha256Schema = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'a SHA-256 has 64 digits of 0-9 and a-f')
  .meta({ description: 'SHA-256 of the file, in hexadecimal' });

/** Left, bottom, right and top in points of the page's own space, before it is turned. */
const boxSchema = z.tuple([z.number(), z.number(), z.number(), z.number()]);

/** The boxes of a PDF page; trim and bleed are there when the file names them. */
const pageBoxesSchema = z.strictObject({
  media: boxSchema,
  crop: boxSchema,
  trim: boxSchema.optional(),
  bleed: boxSchema.optional(),
});

/**
 * A page as it is shown: what x and y of annotations on it are fractions of. Equal pages that follow each other are
 * written once, because the pages of a book are all alike.
 */
const proofPageSchema = z.strictObject({
  count: z.int().min(1).meta({ description: 'How many pages in a row are like this' }),
  width: z.number().positive(),
  height: z.number().positive().meta({ description: 'As shown: turned as the file says' }),
  unit: z.enum(['px', 'pt']).meta({ description: 'Pixels of images, points (1/72 inch) of PDF pages' }),
  rotation: z
    .union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)])
    .meta({ description: 'How far it was turned clockwise to be shown' }),
  boxes: pageBoxesSchema.optional().meta({ description: 'PDF only' }),
});

/** What the customer decided, on which file, having seen the session up to which place. */
const decisionSchema = z.strictObject({
  by: idSchema,
  at: timeSchema,
  sha256: sha256Schema,
  seq: z.int().min(0).meta({ description: 'The place in the log up to which the customer had seen it' }),
  comment: z.string().optional(),
});

/** One version of an artwork without its pages, as events and joins tell of it. */
export const proofSummarySchema = z.strictObject({
  id: idSchema,
  sessionId: idSchema,
  userId: idSchema.meta({ description: 'Who uploaded it' }),
  timestamp: timeSchema,
  name: proofNameSchema,
  version: z.int().min(1).meta({ description: '1, or one more than what it replaces' }),
  replaces: idSchema.optional().meta({ description: 'The proof that this is the next version of' }),
  format: proofFormatSchema,
  size: z.int().min(1).meta({ description: 'Bytes' }),
  sha256: sha256Schema,
  pageCount: z.int().min(0).meta({ description: '0 for formats that are for download only' }),
  status: proofStatusSchema,
  decision: decisionSchema.optional(),
  seq: z.int().min(1).meta({ description: 'Its place in the order of the session' }),
  rev: z.int().min(1).meta({ description: 'The place of its last change' }),
});

/** One version of an artwork. It never changes but for the customer's decision. */
export const proofSchema = proofSummarySchema.extend({ pages: z.array(proofPageSchema) });

export const proofListSchema = pageSchema(proofSchema);

export const proofParametersSchema = z.strictObject({ id: idSchema });

/** What goes with the bytes of an upload. */
export const uploadProofQuerySchema = z.strictObject({
  name: proofNameSchema,
  replaces: idSchema.optional().meta({ description: 'The proof that this is the next version of' }),
  opId: operationIdSchema.optional().meta({ description: 'Makes a resend harmless' }),
});

/** The customer's decision, bound to what the customer saw. */
export const decideProofSchema = z.strictObject({
  decision: proofDecisionSchema,
  sha256: sha256Schema,
  seq: z.int().min(0).meta({ description: 'The last place in the session’s log that was seen' }),
  comment: z.string().trim().min(1).max(2_000).optional(),
  opId: operationIdSchema.optional().meta({ description: 'Makes a resend harmless' }),
});

export type Proof = z.infer<typeof proofSchema>;
export type ProofSummary = z.infer<typeof proofSummarySchema>;
export type ProofPageRun = z.infer<typeof proofPageSchema>;
export type ProofPage = Omit<ProofPageRun, 'count'>;
export type UploadProof = z.infer<typeof uploadProofQuerySchema>;
export type DecideProof = z.infer<typeof decideProofSchema>;
