import { z } from 'zod';
import { idSchema, pageSchema, timeSchema } from './common.ts';
import { visibilitySchema } from './enumerations.ts';

/** What was said in a session: a message of the chat, or a comment on an annotation. */
const messageSchema = z.strictObject({
  id: z.string().meta({ description: 'Names the message within its session' }),
  seq: z.int().min(1).meta({ description: 'Its place in the order of the session' }),
  at: timeSchema,
  authorId: z.string().meta({ description: 'A user, `assistant` or `system`' }),
  visibility: visibilitySchema,
  body: z.string(),
  annotationId: idSchema.optional().meta({ description: 'The annotation that is commented on' }),
});

export const messagePageSchema = pageSchema(messageSchema);

export type Message = z.infer<typeof messageSchema>;
