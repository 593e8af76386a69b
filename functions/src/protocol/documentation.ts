import { z } from 'zod';
import type { documentAudiences } from './audiences.ts';
import { factIdSchema } from './fact-references.ts';
import { factRangeSchema, factReportSchema, factSchema, factStatsSchema } from './facts.ts';
import { answeredQuestionSchema } from './quiz.ts';
import { sceneSchema } from './video-script.ts';

/** A sentence that counts rests on all that it counts: there are as many as the document has facts. */
const factIdsSchema = z.array(factIdSchema);

/** A sentence with the facts that it rests on (rule DO3). */
const sentenceSchema = z.strictObject({
  text: z.string().meta({ description: 'Plain text; what stands between backticks is code' }),
  facts: factIdsSchema,
  area: z.string().optional().meta({ description: 'What it belongs to: a feature or scope' }),
});

const sentences = z.array(sentenceSchema);

const codeSchema = z.strictObject({ language: z.string(), text: z.string() });

const apiChangeSchema = sentenceSchema.extend({
  area: z.string().meta({ description: 'What it belongs to: REST API, command line, settings …' }),
  breaking: z.boolean(),
});

/** How to get over one breaking change. */
const migrationSchema = z.strictObject({
  title: sentenceSchema,
  advice: sentences,
  before: codeSchema.optional(),
  after: codeSchema.optional(),
  facts: factIdsSchema,
});

const exampleSchema = z.strictObject({
  title: sentenceSchema,
  code: codeSchema,
  facts: factIdsSchema,
});

/** Sections of the part for users. */
export const userSections = ['overview', 'steps', 'tips'] as const;

export const userDocumentationSchema = z.strictObject({
  title: z.string(),
  overview: sentences,
  steps: sentences,
  tips: sentences,
});

const videoScriptSchema = z.strictObject({
  title: z.string(),
  seconds: z.number(),
  scenes: z.array(sceneSchema),
});

/** Everything that is said about a range of commits, for its four readers. */
export const documentSchema = z.strictObject({
  userDocumentation: userDocumentationSchema,
  technicalDocumentation: z.strictObject({
    apiChanges: z.array(apiChangeSchema),
    migration: z.array(migrationSchema),
    examples: z.array(exampleSchema),
  }),
  trainingMaterial: z.strictObject({
    videoScript: videoScriptSchema,
    quizQuestions: z.array(answeredQuestionSchema),
    keyPoints: sentences,
  }),
  releaseNotes: z.strictObject({ highlights: sentences, improvements: sentences, bugFixes: sentences }),
  facts: z.array(factSchema),
  range: factRangeSchema,
  stats: factStatsSchema.extend({
    facts: z.int(),
    breaking: z.int(),
    sentences: z.int(),
    replaced: z.int().meta({
      description:
        'Texts that the gate refused: a model’s gave way to the template, a template’s was left out',
    }),
    conflicts: factReportSchema.shape.conflicts,
    unresolved: factReportSchema.shape.unresolved,
  }),
});

export type DocumentAudience = (typeof documentAudiences)[number];
export type UserSection = (typeof userSections)[number];
export type Sentence = z.infer<typeof sentenceSchema>;
export type CodeText = z.infer<typeof codeSchema>;
export type ApiChange = z.infer<typeof apiChangeSchema>;
export type Migration = z.infer<typeof migrationSchema>;
export type Example = z.infer<typeof exampleSchema>;
export type VideoScript = z.infer<typeof videoScriptSchema>;
export type Document = z.infer<typeof documentSchema>;
