import type { Analysis } from '../../ports/ai-engine.ts';
import type { Category, Channel, Urgency } from '../../protocol/enumerations.ts';
import type { IssueReading } from './issue-reading.ts';

/** How sessions ended: how many, and how many of them well. */
export interface Tally {
  ended: number;
  resolved: number;
}

/** An earlier issue of the customer. */
export interface PastIssue {
  reading: IssueReading;
  /** Absent where only the words are known, as in `previousIssues` of a request. */
  category?: Category;
}

/** A session of the customer that has ended. */
export interface PastSession {
  channel: Channel;
  endedWell: boolean;
  /** What it was about; absent where only the channel is known, as in `successfulChannels` of a request. */
  issue?: PastIssue;
}

/** What is known of the customer, from the request and from the store together. */
export interface KnownHistory {
  preferredChannel?: Channel | undefined;
  previousIssues: readonly PastIssue[];
  sessions: readonly PastSession[];
}

/** What the shop can do now. */
export interface Availability {
  /** Channels the shop offers; never empty. */
  offered: readonly Channel[];
  /** Whether the time is within business hours. */
  open: boolean;
  /** Channels on which no agent who is there has a free place; none while nothing is known of agents. */
  busy: readonly Channel[];
}

export interface PolicyInput {
  reading: IssueReading;
  analysis: Analysis;
  /** As the customer stated it; otherwise the predicted one counts. */
  urgency?: Urgency | undefined;
  history: KnownHistory;
  /** Outcomes of sessions of the same category and complexity band, by channel. */
  outcomes: Readonly<Partial<Record<Channel, Tally>>>;
  availability: Availability;
}
