import type { z } from 'zod';
import type {
  credentialsSchema,
  issuedTokenSchema,
  registrationSchema,
  userSchema,
} from '../../functions/src/protocol/accounts.ts';
import type { skillsSchema } from '../../functions/src/protocol/agents.ts';
import type { addAnnotationSchema, annotationListSchema } from '../../functions/src/protocol/annotations.ts';
import type { createArticleSchema } from '../../functions/src/protocol/articles.ts';
import type { pageQuerySchema } from '../../functions/src/protocol/common.ts';
import type { escalateSessionSchema, sessionListQuerySchema } from '../../functions/src/protocol/sessions.ts';

export type {
  AgentMatches,
  AgentView,
  MatchAgents,
  UpdateAgent,
} from '../../functions/src/protocol/agents.ts';
export type { SessionAnalytics, SessionAnalyticsQuery } from '../../functions/src/protocol/analytics.ts';
export type {
  ArticleListQuery,
  ArticleRevisionView,
  ArticleSummary,
  ArticleView,
  UpdateArticle,
} from '../../functions/src/protocol/articles.ts';
export type { Message as SaidMessage } from '../../functions/src/protocol/messages.ts';
export type { DecideProof, Proof, UploadProof } from '../../functions/src/protocol/proofs.ts';
export type {
  OpenSession,
  Session,
  TranscriptEntry,
  TransferSession,
  UpdateSession,
} from '../../functions/src/protocol/sessions.ts';
export type { ShopSettingsView } from '../../functions/src/protocol/settings.ts';
export type {
  CategorizeReply,
  RouteIssue,
  RouteReply,
  SentimentReply,
  SuggestionsReply,
} from '../../functions/src/protocol/support.ts';

/** What a caller may leave out has its default on the server. */
type Sent<Schema extends z.ZodType> = z.input<Schema>;

export type Credentials = Sent<typeof credentialsSchema>;
export type Registration = Sent<typeof registrationSchema>;
export type IssuedToken = z.output<typeof issuedTokenSchema>;
export type User = z.output<typeof userSchema>;
export type Skills = z.output<typeof skillsSchema>;
export type AddAnnotation = z.output<typeof addAnnotationSchema>;
export type AnnotationList = z.output<typeof annotationListSchema>;
export type CreateArticle = Sent<typeof createArticleSchema>;
export type EscalateSession = Sent<typeof escalateSessionSchema>;
export type PageQuery = Partial<z.output<typeof pageQuerySchema>>;
export type SessionListQuery = Partial<z.output<typeof sessionListQuerySchema>>;

/** A page of a list, newest first; `nextCursor` is absent on the last one. */
export interface Page<Item> {
  items: Item[];
  nextCursor?: string;
}
