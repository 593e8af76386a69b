import { createHash } from 'node:crypto';
import type { Channel } from '../../protocol/enumerations.ts';
import type { IssueFeature } from './channel-features.ts';

/** Log-odds that something adds to each channel. */
export type ChannelWeights = Readonly<Record<Channel, number>>;

const row = (aiChatbot: number, liveChat: number, coBrowse: number, videoCall: number): ChannelWeights => ({
  'ai-chatbot': aiChatbot,
  'live-chat': liveChat,
  'co-browse': coBrowse,
  'video-call': videoCall,
});

/**
 * The policy: what each feature of an issue adds to each channel, in log-odds. Fitted on the labelled messages
 * as the local engine predicts them out of fold (`npm run train`), then rounded to tenths by hand; the columns
 * are ai-chatbot, live-chat, co-browse, video-call.
 */
export const issueWeights: Readonly<Record<IssueFeature, ChannelWeights>> = {
  // The usual issue goes to live chat; video is rare.
  base: row(0.3, 0.7, -0.4, -0.7),
  // What the sender wants done first: changes to artwork and technical trouble are seen best.
  'category:urgent': row(-0.2, 0.6, -0.2, -0.2),
  'category:approval': row(0.7, -0.1, -0.4, -0.3),
  'category:revision': row(-0.9, 0.4, 0.8, -0.3),
  'category:technical': row(0.4, -0.2, 0.6, -0.6),
  'category:question': row(-0.1, 0.3, -0.4, 0.3),
  'category:general': row(0.4, 0.2, -0.8, 0.3),
  // The sooner it is needed, the more a person is; each step up is a step away from the assistant.
  'urgency:low': row(1.6, -0.7, -1, -0.1),
  'urgency:medium': row(0.3, 0.3, -0.1, -0.5),
  'urgency:high': row(-1.1, 1, 0.2, -0.1),
  'urgency:critical': row(-1.1, 1, 0.4, -0.1),
  // Who is upset is not left with a machine.
  'sentiment:negative': row(-1.4, 0.7, 0.6, 0.2),
  'sentiment:positive': row(0.1, 0, 0, -0.1),
  'emotion:upset': row(-0.4, 0.1, 0, 0.3),
  'emotion:worried': row(0.1, 0.1, 0.2, -0.4),
  'emotion:confused': row(0.5, -0.3, 0.4, -0.6),
  // More work for whoever answers leads away from the assistant, much more leads to a meeting.
  'complexity:above1': row(-0.25, 0.2, 0.05, 0.2),
  'complexity:above3': row(-0.1, -0.1, -0.2, 0.3),
  'complexity:above5': row(0, -0.65, 0.15, 0.5),
  // From surely not to surely: both must look at the same thing.
  visual: row(-2.1, -2.2, 2.6, 1.6),
  // The labelled messages are in the four languages that the engine reads, so this one is set by judgement.
  'language:other': row(-0.6, 0.2, 0.2, 0.2),
  // What the words themselves ask for.
  'cue:wantsVideo': row(0.2, -1.1, -1.8, 2.4),
  'cue:wantsCall': row(0.1, -0.9, -0.8, 1.5),
  'cue:wantsPerson': row(-0.5, 0.5, 0.2, -0.2),
  'cue:wantsSharedScreen': row(-0.5, -0.6, 1.3, -0.3),
  'cue:onScreenPlace': row(0.1, 0.1, 0.8, -0.9),
  'cue:physicalSample': row(0.5, -0.4, -1.2, 1.1),
  'cue:severalPeople': row(-0.6, -0.5, 0, 1.1),
  'cue:asksHowTo': row(0.6, -0.2, -0.6, 0.1),
  'cue:orderDesk': row(-0.3, 0.5, -0.4, 0.1),
  'cue:wantsNothing': row(0.1, 0.2, -0.2, -0.1),
};

/**
 * What the labelled messages cannot tell, because they have no history: set by judgement, each with its reason.
 */
export const historyWeights = {
  /** The customer says which channel they like: worth more than one good session, less than a clear need. */
  preferred: 1.8,
  /** The same, when most of their sessions about such issues ended well there: they know what they ask for. */
  preferredAndProven: 2.6,
  /** The same field has caused trouble before, so neither an article nor a chat settled it: show it this time. */
  recurring: row(-0.6, -0.6, 0.9, 0.4),
  /**
   * Prior of a customer's own success on a channel: half an imaginary session, half of it resolved. A session
   * about such an issue counts double (the first good one adds ln 9 = 2.2, five add 3.7); one about an unknown
   * issue counts a quarter (ln 2 = 0.7 and ln 6 = 1.8), since what helped there need not help here.
   */
  ownPrior: { rate: 0.5, sessions: 0.5 },
  alikeCounts: 2,
  unknownCounts: 0.25,
} as const;

/**
 * Prior of outcome statistics: the policy stands for 120 sessions of each kind on each channel, so ten sessions
 * move a channel by less than 0.5 and a thousand move it by up to 4. Until a kind has outcomes, about 80% of its
 * sessions are taken to end well, weighed as 20.
 */
export const outcomePrior = { sessions: 120, rate: 0.8, rateSessions: 20 } as const;

/** No agent who is there has a free place on the channel: a wait, but a person all the same. */
export const busyWeight = -0.5;

/** Of the probability of a channel that needs a person, what is left while nobody is there. */
export const closedShare = 0.4;

/** Divides the log-odds; fitted so that confidences on the labelled set are right as often as they say. */
export const temperature = 0.85;

/** Whether a person answers on the channel. */
export const isPersonChannel = (channel: Channel): boolean => channel !== 'ai-chatbot';

const everything = { issueWeights, historyWeights, outcomePrior, busyWeight, closedShare, temperature };

/** Changes whenever a weight does, so that confidences of different policies are never mixed. */
export const policyVersion = `channel-${createHash('sha256')
  .update(JSON.stringify(everything))
  .digest('hex')
  .slice(0, 10)}`;
