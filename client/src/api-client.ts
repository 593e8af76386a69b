import type {
  AddAnnotation,
  AgentMatches,
  AgentView,
  AnnotationList,
  ArticleListQuery,
  ArticleRevisionView,
  ArticleSummary,
  ArticleView,
  CategorizeReply,
  CreateArticle,
  Credentials,
  DecideProof,
  EscalateSession,
  IssuedToken,
  MatchAgents,
  OpenSession,
  Page,
  PageQuery,
  Proof,
  Registration,
  RouteIssue,
  RouteReply,
  SaidMessage,
  SentimentReply,
  Session,
  SessionAnalytics,
  SessionAnalyticsQuery,
  SessionListQuery,
  ShopSettingsView,
  Skills,
  SuggestionsReply,
  TranscriptEntry,
  TransferSession,
  UpdateAgent,
  UpdateArticle,
  UpdateSession,
  UploadProof,
  User,
} from './api-protocol.ts';
import { type ApiOptions, type ApiRequest, createApiRequest, givenUpBy } from './api-request.ts';
import type { AnalyzeReply, Annotation } from './protocol.ts';

const root = '/api/v1';
const one = (path: string, id: string): string => `${root}${path}/${encodeURIComponent(id)}`;

/** Signing in; only where Proofdesk keeps the accounts itself. */
const authOperations = (request: ApiRequest) => ({
  signIn: (body: Credentials) => request<IssuedToken>('POST', `${root}/auth/token`, { body }),
  register: (body: Registration) => request<IssuedToken>('POST', `${root}/auth/register`, { body }),
  refresh: () => request<IssuedToken>('POST', `${root}/auth/refresh`),
  signOutEverywhere: () => request<void>('DELETE', `${root}/auth/token`),
});

const supportOperations = (request: ApiRequest) => ({
  route: (body: RouteIssue) => request<RouteReply>('POST', `${root}/support/route`, { body }),
  sentiment: (text: string) =>
    request<SentimentReply>('POST', `${root}/support/sentiment`, { body: { text } }),
  categorize: (text: string) =>
    request<CategorizeReply>('POST', `${root}/support/categorize`, { body: { text } }),
  analyze: (text: string) => request<AnalyzeReply>('POST', `${root}/support/analyze`, { body: { text } }),
  suggestions: (body: { issue: string; sessionId?: string }) =>
    request<SuggestionsReply>('POST', `${root}/support/suggestions`, { body }),
  match: (body: MatchAgents) => request<AgentMatches>('POST', `${root}/support/match`, { body }),
});

const sessionOperations = (request: ApiRequest) => ({
  open: (body: OpenSession) => request<Session>('POST', `${root}/sessions`, { body }),
  list: (query?: SessionListQuery) => request<Page<Session>>('GET', `${root}/sessions`, { query }),
  get: (id: string) => request<Session>('GET', one('/sessions', id)),
  messages: (id: string, query?: PageQuery) =>
    request<Page<SaidMessage>>('GET', `${one('/sessions', id)}/messages`, { query }),
  transcript: (id: string, query?: PageQuery) =>
    request<Page<TranscriptEntry>>('GET', `${one('/sessions', id)}/transcript`, { query }),
  update: (id: string, body: UpdateSession) => request<Session>('PATCH', one('/sessions', id), { body }),
  claim: (id: string) => request<Session>('POST', `${one('/sessions', id)}/claim`),
  transfer: (id: string, body: TransferSession) =>
    request<Session>('POST', `${one('/sessions', id)}/transfer`, { body }),
  escalate: (id: string, body: EscalateSession = {}) =>
    request<Session>('POST', `${one('/sessions', id)}/escalate`, { body }),
});

const annotationOperations = (request: ApiRequest) => ({
  list: (sessionId: string) => request<AnnotationList>('GET', one('/annotations', sessionId)),
  add: (body: AddAnnotation) => request<Annotation>('POST', `${root}/annotations`, { body }),
  delete: (id: string) => request<void>('DELETE', one('/annotations', id)),
});

const proofOperations = (request: ApiRequest) => ({
  /** In Node, `fs.openAsBlob` makes a file of the disk a Blob that is streamed. */
  upload: (sessionId: string, file: Blob | Uint8Array<ArrayBuffer>, query: UploadProof) =>
    request<Proof>('POST', `${one('/sessions', sessionId)}/proofs`, { file, query }),
  list: (sessionId: string, query?: PageQuery) =>
    request<Page<Proof>>('GET', `${one('/sessions', sessionId)}/proofs`, { query }),
  /** The file, or its bytes from `start` to `end`, both included; read it with `blob()` or from `body`. */
  download: (id: string, range?: { start: number; end?: number }) =>
    request.raw('GET', one('/proofs', id), {
      headers: {
        Accept: '*/*',
        ...(range !== undefined && { Range: `bytes=${range.start}-${range.end ?? ''}` }),
      },
    }),
  decide: (id: string, body: DecideProof) =>
    request<Proof>('POST', `${one('/proofs', id)}/decision`, { body }),
});

const articleOperations = (request: ApiRequest) => ({
  list: (query?: Partial<ArticleListQuery>) =>
    request<Page<ArticleSummary>>('GET', `${root}/articles`, { query }),
  get: (id: string) => request<ArticleView>('GET', one('/articles', id)),
  revisions: (id: string, query?: PageQuery) =>
    request<Page<ArticleRevisionView>>('GET', `${one('/articles', id)}/revisions`, { query }),
  create: (body: CreateArticle) => request<ArticleView>('POST', `${root}/articles`, { body }),
  update: (id: string, body: UpdateArticle) => request<ArticleView>('PUT', one('/articles', id), { body }),
  delete: (id: string) => request<void>('DELETE', one('/articles', id)),
});

const shopOperations = (request: ApiRequest) => ({
  agents: (query?: PageQuery) => request<Page<AgentView>>('GET', `${root}/agents`, { query }),
  updateAgent: (id: string, body: UpdateAgent) => request<AgentView>('PUT', one('/agents', id), { body }),
  settings: () => request<ShopSettingsView>('GET', `${root}/settings`),
  updateSettings: (body: ShopSettingsView) => request<ShopSettingsView>('PUT', `${root}/settings`, { body }),
  skills: () => request<Skills>('GET', `${root}/skills`),
  updateSkills: (body: Skills) => request<Skills>('PUT', `${root}/skills`, { body }),
});

const operationsOf = (request: ApiRequest) => ({
  /** For operations that are not listed here. */
  request,
  me: () => request<User>('GET', `${root}/me`),
  auth: authOperations(request),
  support: supportOperations(request),
  sessions: sessionOperations(request),
  annotations: annotationOperations(request),
  proofs: proofOperations(request),
  articles: articleOperations(request),
  shop: shopOperations(request),
  analytics: {
    sessions: (query: Partial<Omit<SessionAnalyticsQuery, 'format'>> = {}) =>
      request<SessionAnalytics>('GET', `${root}/analytics/sessions`, { query: { ...query, format: 'json' } }),
  },
});

/** Operations of the server, typed as it describes them; they fail as `ApiRequest` says. */
export const createApiClient = (options: ApiOptions) => {
  const request = createApiRequest(options);
  return {
    ...operationsOf(request),
    /** The same operations, given up when the signal aborts: `api.with({ signal }).sessions.list()`. */
    with: ({ signal }: { signal: AbortSignal }) => operationsOf(givenUpBy(signal, request)),
  };
};

export type ApiClient = ReturnType<typeof createApiClient>;
