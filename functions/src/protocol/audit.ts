import { z } from 'zod';
import { idSchema, pageQuerySchema, pageSchema, timeSchema } from './common.ts';

/** Something that matters for who may do what: a role, a revocation, a transfer, an erasure. */
export const auditEntrySchema = z
  .strictObject({
    id: idSchema,
    at: timeSchema,
    actorId: z.string().meta({ description: 'The user, or `command-line`' }),
    action: z.string().meta({ description: 'noun:verb, e.g. `user:role`' }),
    subjectId: z.string().meta({ description: 'The record that it is about' }),
    data: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'AuditEntry' });

export const auditPageSchema = pageSchema(auditEntrySchema);

/** A stretch of time; `from` counts, `to` does not. */
export const auditQuerySchema = pageQuerySchema.extend({
  from: timeSchema.optional(),
  to: timeSchema.optional(),
});

export type AuditQuery = z.infer<typeof auditQuerySchema>;
