import type { Annotation } from '../protocol/annotations.ts';
import type { Document, DocumentAudience, UserSection } from '../protocol/documentation.ts';
import type { DocumentationJob } from '../protocol/documentation-api.ts';
import type {
  AgentStatus,
  AiEngineName,
  Category,
  Channel,
  Emotion,
  Language,
  Resolution,
  Role,
  Sentiment,
  SessionEntryKind,
  SessionStatus,
  Urgency,
  Visibility,
} from '../protocol/enumerations.ts';
import type { JsonText } from '../protocol/json-text.ts';
import type { Proof } from '../protocol/proofs.ts';
import type { ModuleContent, TrainingCategory, TrainingType } from '../protocol/training.ts';
import type { Analysis } from './ai-engine.ts';

/** ISO 8601 in UTC with milliseconds, so that text order is time order. */
export type Time = string;

/** One request for help, from its opening to its end. */
export interface SupportSession {
  id: string;
  customerId: string;
  agentId?: string;
  type: Channel;
  status: SessionStatus;
  /** When it was opened. */
  startTime: Time;
  /** Seconds from assigned to ended. */
  duration?: number;
  resolution?: Resolution;
  /** 1 (bad) to 5 (good), given once by the customer. */
  satisfaction?: number;
  issue: string;
  /** First line of the issue, short enough for a list. */
  subject: string;
  orderRef?: string;
  tags: string[];
  category: Category;
  urgency: Urgency;
  sentiment: Sentiment;
  emotion: Emotion;
  complexity: number;
  language: Language;
  visual: boolean;
  decisionId: string;
  /** When it last began to wait; kept when an assignment falls back, so that nobody loses the place. */
  queuedAt: Time;
  assignedAt?: Time;
  /** When the assigned agent first looked at it; absent while the assignment may still fall back. */
  openedAt?: Time;
  endedAt?: Time;
  previousSessionId?: string;
  /** Random per log; another value tells clients to start from a snapshot. */
  epoch: string;
  /** Names of skills without which no agent may take it. */
  requiredSkills: string[];
  /** Names of skills that make an agent a better match. */
  neededSkills: string[];
  /** The agent the customer asked for, or a transfer named. */
  preferredAgentId?: string;
  /** Agents that let this session fall back; they are asked last. */
  declinedBy: string[];
  /** Times it was handed on: transfers and escalations. */
  handovers: number;
  /** Who may see it in lists: the customer, the agent, and `queue` while it waits. */
  audience: string[];
  /** `assignedAt` for as long as the assignment may fall back, so that those which must are found. */
  unopenedSince?: Time;
  /** Folded words of issue and order reference, for search. */
  searchTerms: string[];
}

/** One entry of a session's log; the id joins the session's id and the padded `seq`. */
export interface SessionLogEntry {
  id: string;
  sessionId: string;
  /** 1, 2, 3 ... without gaps within the session. */
  seq: number;
  /** A reader that meets a kind it does not know counts it and shows nothing. */
  kind: SessionEntryKind;
  /** Only shown: the order is `seq`. */
  at: Time;
  /** The user who did it, `system` or `assistant`. */
  authorId: string;
  /** `staff` entries are never shown to customers. */
  visibility: Visibility;
  /** Id of the annotation, comment, message or proof that it is about. */
  subjectId?: string;
  /** As `operationKey` makes it, once a session; absent on entries that no operation made. */
  operation?: string;
  /** Tells a resend from an `opId` that is used again: a digest of what was asked for. */
  contentHash?: string;
  /** The session's id, on messages and comments only, so that they are found without the rest of the log. */
  conversation?: string;
  /** What was applied, enough to replay the log without the request. */
  data: Record<string, unknown>;
}

/** What is new about an entry; its place, time and id are given by the log. */
export type NewLogEntry = Omit<SessionLogEntry, 'id' | 'sessionId' | 'seq' | 'at' | 'conversation'>;

/** An annotation as it is kept: `rev` is the place of its last change, and a deleted one stays as a tombstone. */
export interface StoredAnnotation extends Omit<Annotation, 'data'> {
  data: JsonText;
  deleted: boolean;
}

/** A person who signs in. */
export interface User {
  id: string;
  email: string;
  name: string;
  role: Role;
  createdAt: Time;
}

/** Sign-in of a local account; the id is a hash of the folded e-mail address, which makes it unique. */
export interface LocalAccount {
  id: string;
  userId: string;
  /** scrypt with its parameters and salt. */
  passwordHash: string;
}

/** What ends tokens before their time; the id is the user's. */
export interface TokenRevocation {
  id: string;
  /** Tokens of a lower generation are refused. */
  generation: number;
}

export interface AgentSkill {
  name: string;
  /** 1 (knows of it) to 5 (teaches it). */
  level: number;
}

/** What an agent can do and carries now; the id is the user's. */
export interface Agent {
  id: string;
  name: string;
  skills: AgentSkill[];
  languages: Language[];
  /** Sessions the agent takes at once, per channel. */
  capacity: Record<Channel, number>;
  /** Sessions the agent has now, per channel. */
  open: Record<Channel, number>;
  status: AgentStatus;
  /** Sum and number of the ratings (1-5) of sessions that ended with this agent. */
  ratingSum: number;
  ratingCount: number;
  /** When the agent last had something to do; the longest idle is asked first among equals. */
  idleSince: Time;
}

/** A need that issues can have and agents can cover. */
export interface Skill {
  /** Folded name; `name` is what people see. */
  id: string;
  name: string;
  /** Words or phrases in an issue that call for it. */
  keywords: string[];
  /** Categories whose issues need it. */
  categories: Category[];
  /** Whether an agent without it may not take such an issue. */
  required: boolean;
}

/** One contribution to a decision. */
export interface DecisionFactor {
  /** Stable name of the feature. */
  name: string;
  /** What was seen, in words that can stand in a sentence. */
  value: string;
  /** Log-odds that it added to (or took from) the recommended channel against the mean of the offered ones. */
  contribution: number;
}

export interface ScoredChannel {
  route: Channel;
  /** On the scale of `confidence`. */
  score: number;
  reason: string;
}

export interface CustomerHistory {
  previousIssues?: string[];
  preferredChannel?: Channel;
  successfulChannels?: Channel[];
}

/** A recommendation with all it was made from, and how it turned out. */
export interface RoutingDecision {
  id: string;
  at: Time;
  userId: string;
  sessionId?: string;
  issue: string;
  input: { urgency?: Urgency; customerHistory?: CustomerHistory };
  analysis: Analysis;
  engine: AiEngineName;
  engineVersion: string;
  policyVersion: string;
  category: Category;
  urgency: Urgency;
  complexity: number;
  recommendedRoute: Channel;
  confidence: number;
  /** What the policy alone said, before outcomes calibrated it; absent where that is `confidence`. */
  policyConfidence?: number;
  /** What `confidence` was calibrated on. */
  calibration: 'labelled-set' | 'outcomes';
  alternatives: ScoredChannel[];
  factors: DecisionFactor[];
  reasoning: string;
  /** The channel the customer took. */
  chosenChannel?: Channel;
  outcome?: Resolution;
  /** Resolved on the recommended channel, without transfer or escalation. */
  right?: boolean;
  satisfaction?: number;
  /** Seconds. */
  duration?: number;
  outcomeAt?: Time;
}

/** How sessions of one kind ended on one channel; the id is `channel-category-band`. */
export interface ChannelOutcome {
  id: string;
  channel: Channel;
  category: Category;
  /** Complexity 1-3, 4-6 and 7-10. */
  complexityBand: 'low' | 'middle' | 'high';
  ended: number;
  resolved: number;
}

/** Reliability of past confidences, by tenth of confidence; the id is the policy version and the tenth. */
export interface ConfidenceOutcome {
  id: string;
  policyVersion: string;
  /** 0 to 9: the tenth the uncalibrated confidence fell into. */
  tenth: number;
  decisions: number;
  right: number;
  confidenceSum: number;
}

/** A knowledge article. */
export interface Article {
  id: string;
  title: string;
  /** Markdown. */
  body: string;
  category: Category;
  tags: string[];
  /** Words customers use for it, in any language. */
  keywords: string[];
  /** 1, 2, 3 ...; each change makes the next. */
  revision: number;
  updatedAt: Time;
  updatedBy: string;
}

/** An article as it stood at one revision; the id is `article.revision` with a dash. */
export interface ArticleRevision {
  id: string;
  articleId: string;
  revision: number;
  title: string;
  body: string;
  category: Category;
  tags: string[];
  keywords: string[];
  updatedAt: Time;
  updatedBy: string;
  /** The change that this revision made was the article's removal. */
  removed: boolean;
}

/** Opening hours of one weekday, as local times; `24:00` is the end of the day. */
export interface OpeningHours {
  /** 1 (Monday) to 7 (Sunday). */
  weekday: number;
  from: string;
  to: string;
}

/** How the shop works; one record, id `shop`. */
export interface ShopSettings {
  id: string;
  name: string;
  /** IANA name. */
  timeZone: string;
  hours: OpeningHours[];
  /** Local dates, `2026-12-25`, on which nobody is there. */
  holidays: string[];
  /** What customers read outside the hours. */
  awayText: string;
  /** Channels the shop offers. */
  channels: Channel[];
  revision: number;
}

/** Figures of one hour (UTC), channel, category and agent; the id is made of these. */
export interface AnalyticsRollup {
  id: string;
  /** Start of the hour. */
  hour: Time;
  channel: Channel;
  category: Category;
  /** Empty when no agent had the session. */
  agentId: string;
  ended: number;
  resolved: number;
  escalated: number;
  abandoned: number;
  handedOver: number;
  waitSum: number;
  waitCount: number;
  firstResponseSum: number;
  firstResponseCount: number;
  durationSum: number;
  durationCount: number;
  ratingSum: number;
  ratingCount: number;
}

/** A document made from a range of commits; the id is a digest of all that decides what is in it. */
export interface StoredDocument {
  id: string;
  repository: string;
  /** Commit ids; `from` is absent when the range begins with the history. */
  from?: string;
  to: string;
  audience: DocumentAudience;
  engineVersion: string;
  title: string;
  document: Document;
  createdAt: Time;
  /** Made by this server, or made elsewhere and sent here. */
  origin: 'generated' | 'published';
}

/** A sentence of a document that answers can quote. */
export interface GuidePassage {
  section: UserSection;
  /** The feature that it belongs to; empty when its facts name none. */
  topic: string;
  text: string;
  facts: string[];
}

/** What users may read of a document, to be searched; it is kept and withdrawn together with it. */
export interface DocumentGuide {
  /** The document's. */
  id: string;
  repository: string;
  /** The last commit that the document tells of. */
  to: string;
  title: string;
  version: string;
  createdAt: Time;
  passages: GuidePassage[];
  /** Facts that users hear of here: what earlier documents said of them is not true any more. */
  told: string[];
}

/** A fact that a module rests on, as it was when the module was made. */
export interface ModuleFact {
  id: string;
  /** Tells a fact that has changed from one that is only told again. */
  digest: string;
}

/** A training module as it stands. */
export interface TrainingModule {
  id: string;
  title: string;
  category: TrainingCategory;
  type: TrainingType;
  content: ModuleContent;
  /** 1, 2, 3 ...; each change makes the next. */
  version: number;
  /** Made from facts of a repository, and remade when they change. */
  autoGenerated: boolean;
  sourceFacts: ModuleFact[];
  updatedAt: Time;
  /** Since when a part of it is not true any more. */
  staleSince?: Time;
}

/** A module as it stood at one version; attempts are graded by it for ever. The id is module and version. */
export interface TrainingVersion {
  id: string;
  moduleId: string;
  version: number;
  title: string;
  category: TrainingCategory;
  content: ModuleContent;
  sourceFacts: ModuleFact[];
  madeAt: Time;
}

export interface TrainingAttempt {
  at: Time;
  /** Share of right answers. */
  score: number;
  passed: boolean;
}

/** What one person did with one version of a module; the id is made of the three. */
export interface TrainingProgress {
  id: string;
  userId: string;
  moduleId: string;
  version: number;
  title: string;
  type: TrainingType;
  startedAt: Time;
  /** When it was finished, or the quiz was passed. */
  completedAt?: Time;
  /** The best attempt's. */
  score?: number;
  attempts: TrainingAttempt[];
  updatedAt: Time;
}

/** Who changed what that others must be able to ask about later. */
export interface AuditEntry {
  id: string;
  at: Time;
  actorId: string;
  /** noun:verb, e.g. `user:role`. */
  action: string;
  subjectId: string;
  data: Record<string, unknown>;
}

/** Right of one process to serve the records; the id names what is leased. */
export interface Lease {
  id: string;
  holder: string;
  host: string;
  pid: number;
  expiresAt: Time;
}

/** The newest run that was to make a document; the id is the document's. */
export interface DocumentationRun {
  id: string;
  /** Tells it from the runs for the same document before and after it. */
  run: string;
  job: DocumentationJob;
  /** When its server last said that it goes on, or how it ended. */
  heardAt: Time;
  /** Somebody wants it to end. */
  cancelled: boolean;
}

/** An upload of artwork whose file may be stored and have no record; the id is the file's. */
export interface UploadNote {
  id: string;
  at: Time;
}

/** Every collection and what it holds. */
export interface Records {
  supportSessions: SupportSession;
  sessionLog: SessionLogEntry;
  annotations: StoredAnnotation;
  proofs: Proof;
  users: User;
  localAccounts: LocalAccount;
  tokenRevocations: TokenRevocation;
  agents: Agent;
  skills: Skill;
  routingDecisions: RoutingDecision;
  channelOutcomes: ChannelOutcome;
  confidenceOutcomes: ConfidenceOutcome;
  articles: Article;
  articleRevisions: ArticleRevision;
  settings: ShopSettings;
  analyticsRollups: AnalyticsRollup;
  documentation: StoredDocument;
  documentGuides: DocumentGuide;
  trainingModules: TrainingModule;
  trainingVersions: TrainingVersion;
  trainingProgress: TrainingProgress;
  audit: AuditEntry;
  leases: Lease;
  documentationRuns: DocumentationRun;
  uploads: UploadNote;
}

export type CollectionName = keyof Records;
