import { readFileSync } from 'node:fs';
import type { Analysis } from '../src/ports/ai-engine.ts';
import {
  type Category,
  type Channel,
  categories,
  type Emotion,
  type Language,
  type Sentiment,
  type Urgency,
  urgencies,
} from '../src/protocol/enumerations.ts';
import type { PolicyAnalysis } from '../src/support/routing/channel-features.ts';

/** One message of a labelled file (functions/data/labelling-guide.md). */
export interface LabelledMessage {
  text: string;
  category: Category;
  sentiment: Sentiment;
  urgency: Urgency;
  complexity: number;
  channel: Channel;
  visual: boolean;
  language: Language;
  emotion?: Emotion;
}

/** A message, what an engine (or the label) says of it, and the channel a fair judge chose. */
export interface ChannelExample {
  text: string;
  analysis: PolicyAnalysis;
  channel: Channel;
}

/** Reads the messages of a labelled file that name a channel. */
export const readLabelledMessages = (path: string | URL): LabelledMessage[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as LabelledMessage)
    .filter((message) => message.channel !== undefined);

const certain = <Name extends string>(names: readonly Name[], right: Name): Record<Name, number> =>
  Object.fromEntries(names.map((name) => [name, name === right ? 1 : 0])) as Record<Name, number>;

const sentimentScore = { negative: -1, neutral: 0, positive: 1 } as const;

/** The labels as if an engine had predicted them without doubt: the upper bound for the policy. */
export const labelledExample = (message: LabelledMessage): ChannelExample => ({
  text: message.text,
  channel: message.channel,
  analysis: {
    scores: certain(categories, message.category),
    urgencyScores: certain(urgencies, message.urgency),
    score: sentimentScore[message.sentiment],
    emotion: message.emotion ?? 'neutral',
    complexity: message.complexity,
    visualProbability: message.visual ? 1 : 0,
    language: message.language,
  },
});

/** A message as an engine sees it. */
export const predictedExample = (message: LabelledMessage, analysis: Analysis): ChannelExample => ({
  text: message.text,
  channel: message.channel,
  analysis,
});
