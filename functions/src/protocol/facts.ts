import { z } from 'zod';
import { factAudiences } from './audiences.ts';
import { factSideSchema } from './fact-sides.ts';

/**
 * What a fact is about. The first four come from what people wrote (`evidence` is message), the others from what
 * the content shows: api (an exported symbol), route (an HTTP operation), component (a user-interface component
 * with its properties), ui-text (something people see or hear there), configuration (a setting or environment
 * variable), flag (a command-line command or option), dependency (also required engines).
 */
export const factKinds = [
  'feature',
  'bug-fix',
  'improvement',
  'other',
  'api',
  'route',
  'component',
  'ui-text',
  'configuration',
  'flag',
  'dependency',
] as const;

/** What happened to the subject over the whole range; a message fact is always `stated`. */
export const factChanges = ['added', 'changed', 'removed', 'renamed', 'stated'] as const;

/** Parsed: proven by parsing the content. Heuristic: a pattern says so. Message: somebody wrote it. */
export const factEvidences = ['parsed', 'heuristic', 'message'] as const;

const commitIdSchema = z
  .string()
  .regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/, 'a commit id has 40 or 64 hexadecimal digits');

/** An issue or pull request: `#12` of the same tracker, `owner/name#12`, or a key such as `SHOP-12`. */
const referenceSchema = z.strictObject({
  text: z.string().meta({ description: 'As people write it: #12, owner/name#12 or SHOP-12' }),
  relation: z.enum(['closes', 'mentions', 'pull-request']),
});

const factConflictKinds = [
  'fix-removes-public',
  'unannounced-breaking',
  'announced-but-not-found',
  'message-contradicts-change',
] as const;

/** Where a message and the content of its commit say different things. */
const factConflictSchema = z.strictObject({
  kind: z.enum(factConflictKinds).meta({
    description:
      'fix-removes-public: called a fix, and something public is gone. unannounced-breaking: breaks, and no message says so. announced-but-not-found: a message announces a breaking change, and the content shows none. message-contradicts-change: says "add" of what was removed, or the reverse',
  }),
  commit: commitIdSchema,
  message: z.string().meta({ description: 'What the message says, cleaned' }),
  content: z.string().meta({ description: 'What the content shows, as one sentence' }),
  facts: z.array(z.string()).meta({ description: 'Ids of the facts in conflict' }),
});

/** One thing that is true of a range of commits; everything a document says rests on these. */
export const factSchema = z.strictObject({
  id: z
    .string()
    .regex(/^[0-9a-f]{16}$/)
    .meta({ description: 'Digest of kind and subject' }),
  kind: z.enum(factKinds),
  change: z.enum(factChanges),
  breaking: z.boolean().meta({ description: 'Proven by content, or marked in a message' }),
  subject: z.string().meta({
    description: 'What identifies it within its kind, e.g. "@acme/shop: placeOrder", "GET /orders/:id"',
  }),
  name: z
    .string()
    .meta({ description: 'What prose calls it, e.g. placeOrder; for a message fact its statement' }),
  previousName: z.string().optional().meta({ description: 'What it was called before a rename' }),
  scope: z.string().optional().meta({ description: 'Feature folder, package or scope of the message' }),
  audiences: z.array(z.enum(factAudiences)).meta({ description: 'Most likely reader first' }),
  before: factSideSchema.optional().meta({ description: 'Absent when added or stated' }),
  after: factSideSchema.optional().meta({ description: 'Absent when removed or stated' }),
  differences: z.array(z.string()).meta({
    description: 'What differs between before and after, each a short phrase: `quantity` is required now',
  }),
  statement: z.string().optional().meta({
    description: 'What the message says, as one cleaned sentence without prefix, references and markup',
  }),
  details: z
    .array(z.string())
    .meta({ description: 'Further cleaned sentences of the message, e.g. how to migrate' }),
  commit: commitIdSchema.meta({ description: 'The one that made it what it is' }),
  furtherCommits: z
    .array(commitIdSchema)
    .meta({ description: 'Others in the range that touched it, oldest first' }),
  file: z.string().optional(),
  line: z
    .int()
    .min(1)
    .optional()
    .meta({ description: 'In the file after the change; before it when removed' }),
  evidence: z.enum(factEvidences),
  references: z.array(referenceSchema),
  related: z.array(z.string()).meta({
    description: 'Ids: of a message fact the content facts of its commits that it speaks of, and the reverse',
  }),
});

const rangeEndSchema = z.strictObject({
  commit: commitIdSchema,
  tags: z.array(z.string()).meta({ description: 'Tags on that commit, sorted' }),
});

/** The commits that were read. */
export const factRangeSchema = z.strictObject({
  from: rangeEndSchema
    .optional()
    .meta({ description: 'Its commit is not included; absent: from the beginning' }),
  to: rangeEndSchema,
  shallow: z.boolean().meta({ description: 'Earlier commits are missing in this clone' }),
  tags: z.array(rangeEndSchema).meta({ description: 'Tagged commits inside the range, oldest first' }),
});

/** Something that could not be analysed, so that nobody reads silence as "no change". */
const unresolvedSchema = z.strictObject({
  what: z.enum(['file', 'route', 'export', 'setting', 'flag', 'submodule', 'message', 'history']),
  subject: z.string(),
  reason: z.string().meta({ description: 'One sentence' }),
  commit: commitIdSchema.optional(),
  file: z.string().optional(),
  line: z.int().min(1).optional(),
});

export const factStatsSchema = z.strictObject({
  commits: z.int(),
  merges: z.int(),
  reverted: z.int().meta({ description: 'Commits that a later one in the range takes back, with that one' }),
  files: z.int().meta({ description: 'Paths touched' }),
  authors: z.int().meta({ description: 'Authors and co-authors' }),
  conventional: z.int().meta({ description: 'Commits whose message follows the conventional form' }),
  content: z.boolean().meta({ description: 'False: facts come from messages and paths only' }),
});

/** Facts of a range in a stable order: the most important first. The same range gives the same bytes. */
export const factReportSchema = z.strictObject({
  range: factRangeSchema,
  facts: z.array(factSchema),
  conflicts: z.array(factConflictSchema),
  unresolved: z.array(unresolvedSchema),
  contributors: z.array(z.string()).meta({ description: 'Names of authors and co-authors, sorted' }),
  stats: factStatsSchema,
});

export type FactKind = (typeof factKinds)[number];
export type FactChange = (typeof factChanges)[number];
export type FactEvidence = (typeof factEvidences)[number];
export type FactAudience = (typeof factAudiences)[number];
export type FactReference = z.infer<typeof referenceSchema>;
export type FactConflict = z.infer<typeof factConflictSchema>;
export type Fact = z.infer<typeof factSchema>;
export type FactRange = z.infer<typeof factRangeSchema>;
export type Unresolved = z.infer<typeof unresolvedSchema>;
export type FactReport = z.infer<typeof factReportSchema>;
