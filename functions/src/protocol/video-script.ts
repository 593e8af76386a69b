import { z } from 'zod';
import { factIdsSchema, staleSchema } from './fact-references.ts';
import { longestSceneSeconds, longestSceneText } from './training-bounds.ts';

/** One scene of a video: what is said, what is seen meanwhile, and for how long. */
export const sceneSchema = z.strictObject({
  id: z.string().min(1).max(64),
  narration: z.string().trim().min(1).max(longestSceneText),
  action: z.string().trim().min(1).max(longestSceneText).meta({ description: 'What happens on the screen' }),
  seconds: z.number().min(1).max(longestSceneSeconds),
  facts: factIdsSchema,
  stale: staleSchema.optional(),
});

export type Scene = z.infer<typeof sceneSchema>;
