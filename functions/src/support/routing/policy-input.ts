import type { Analysis } from '../../ports/ai-engine.ts';
import type { Channel, Urgency } from '../../protocol/enumerations.ts';
import type { IssueReading } from './issue-reading.ts';

/** How sessions ended: how many, and how many of them well. */
export interface Tally {
  ended: number;
  resolved: number;
}

/** What is known of the customer, from the request and from the store together. */
export interface KnownHistory {
  preferredChannel?: Channel | undefined;
  previousIssues: readonly IssueReading[];
  /** The customer's own sessions by channel; a `successfulChannels` entry is one that ended well. */
  tallies: Readonly<Partial<Record<Channel, Tally>>>;
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
