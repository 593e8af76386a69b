import { z } from 'zod';
import { longestReason, mostFactIds } from './training-bounds.ts';

/** Identity of a fact: made from its kind and its subject, so the same in every range. */
export const factIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9_:.-]{1,64}$/, 'a fact id has 1 to 64 letters, digits or "_:.-"')
  .meta({ description: 'Identity of a fact' });

/** The facts that a sentence, step or question rests on. */
export const factIdsSchema = z.array(factIdSchema).max(mostFactIds);

export const becauseSchema = z.string().max(longestReason).meta({ description: 'What changed it, in words' });

/** Why something is not true any more: the later fact that changed what it rests on. */
export const staleSchema = z.strictObject({
  fact: factIdSchema.meta({ description: 'The fact that it rested on' }),
  changedBy: factIdSchema.meta({ description: 'The fact that changed it' }),
  because: becauseSchema.optional(),
});

export type Stale = z.infer<typeof staleSchema>;
