import { z } from 'zod';
import { areDistinct, idSchema, pageSchema, textSchema, timeSchema } from './common.ts';
import {
  agentStatusSchema,
  categorySchema,
  channelSchema,
  type channels,
  languageSchema,
  urgencySchema,
} from './enumerations.ts';

const places = z.int().min(0).max(100);

/** Places per channel. */
const placesSchema = z.strictObject({
  'ai-chatbot': places,
  'live-chat': places,
  'co-browse': places,
  'video-call': places,
} satisfies Record<(typeof channels)[number], z.ZodType>);

const skillNameSchema = z.string().trim().min(1).max(80);

const agentSkillSchema = z.strictObject({
  name: skillNameSchema,
  level: z.int().min(1).max(5).meta({ description: '1 knows of it, 5 teaches it' }),
});

const share = z.number().min(0).max(1);

export const agentParametersSchema = z.strictObject({ id: idSchema });

export const agentSchema = z.strictObject({
  id: idSchema,
  name: z.string(),
  skills: z.array(agentSkillSchema),
  languages: z.array(languageSchema),
  capacity: placesSchema,
  open: placesSchema,
  status: agentStatusSchema,
  satisfaction: z.strictObject({ mean: z.number().min(1).max(5).nullable(), count: z.int() }),
  idleSince: timeSchema,
});

export const agentPageSchema = pageSchema(agentSchema);

const agentSkillsSchema = z
  .array(agentSkillSchema)
  .max(100)
  .refine((skills) => areDistinct(skills.map(({ name }) => name)), 'name each skill once, with one level');

/** What is left out stays as it is. */
export const updateAgentSchema = z
  .strictObject({
    skills: agentSkillsSchema.optional().meta({ description: 'All of them, by their names in the table' }),
    languages: z.array(languageSchema).min(1).max(10).optional(),
    capacity: placesSchema.optional(),
    status: agentStatusSchema.optional(),
  })
  .refine((change) => Object.keys(change).length > 0, 'name at least one thing to change');

export const skillSchema = z.strictObject({
  name: skillNameSchema,
  keywords: z.array(z.string().trim().min(1).max(80)).max(200),
  categories: z.array(categorySchema),
  required: z.boolean().meta({ description: 'Agents without it may not take such an issue' }),
});

export const skillsSchema = z.strictObject({ skills: z.array(skillSchema).max(500) });

export const matchAgentsSchema = z.strictObject({
  issue: textSchema,
  channel: channelSchema.optional().meta({ description: 'Default: the recommended one' }),
  urgency: urgencySchema.optional(),
  customerId: idSchema.optional().meta({ description: 'Whose past with the agents counts' }),
});

export const agentMatchesSchema = z.strictObject({
  channel: channelSchema,
  needs: z.array(z.strictObject({ skill: z.string(), required: z.boolean(), because: z.string() })),
  relaxed: z.string().optional().meta({ description: 'Why language and skill gates were not applied' }),
  agents: z.array(
    z.strictObject({
      agentId: idSchema,
      name: z.string(),
      eligible: z.boolean(),
      reasons: z.array(z.string()),
      score: z.strictObject({
        skillMatch: share,
        loadBalance: share,
        satisfaction: share,
        preferred: share,
        total: share,
      }),
    }),
  ),
});

export type AgentView = z.infer<typeof agentSchema>;
export type UpdateAgent = z.infer<typeof updateAgentSchema>;
export type SkillView = z.infer<typeof skillSchema>;
export type MatchAgents = z.infer<typeof matchAgentsSchema>;
export type AgentMatches = z.infer<typeof agentMatchesSchema>;
