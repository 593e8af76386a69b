import { z } from 'zod';
import { idSchema, pageSchema, timeSchema } from './common.ts';
import { channelSchema, handoverReasonSchema, visibilitySchema } from './enumerations.ts';
import { suggestionSourceSchema } from './support.ts';

/** The assistant gives a session to a person, who is waited for on this channel. */
export const handoverSchema = z.strictObject({ reason: handoverReasonSchema, channel: channelSchema });

/** What a message of the assistant may carry beside its words. */
export const assistantFields = {
  sources: z
    .array(suggestionSourceSchema)
    .exactOptional()
    .meta({ description: 'Of the assistant: what the words rest on; empty for a question' }),
  handover: handoverSchema
    .exactOptional()
    .meta({ description: 'Of the assistant: a person takes over, and why' }),
};

/** What was said in a session: a message of the chat, or a comment on an annotation. */
const messageSchema = z.strictObject({
  id: z.string().meta({ description: 'Names the message within its session' }),
  seq: z.int().min(1).meta({ description: 'Its place in the order of the session' }),
  at: timeSchema,
  authorId: z.string().meta({ description: 'A user, `assistant` or `system`' }),
  visibility: visibilitySchema,
  body: z.string(),
  annotationId: idSchema.optional().meta({ description: 'The annotation that is commented on' }),
  ...assistantFields,
});

export const messagePageSchema = pageSchema(messageSchema);

export type Handover = z.infer<typeof handoverSchema>;
export type Message = z.infer<typeof messageSchema>;
