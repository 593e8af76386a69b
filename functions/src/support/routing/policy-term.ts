import type { Channel } from '../../protocol/enumerations.ts';
import type { ChannelWeights } from './channel-weights.ts';

/** One summand of the policy, as it is shown: several features of one kind make one term. */
export interface Term {
  name: string;
  weights: ChannelWeights;
  /** What was seen, in words that can stand in a sentence for or against the channel. */
  value(channel: Channel, speaksFor: boolean): string;
}

/** The weights that a rule gives to each channel. */
export const byChannel = (weight: (channel: Channel) => number): ChannelWeights => ({
  'ai-chatbot': weight('ai-chatbot'),
  'live-chat': weight('live-chat'),
  'co-browse': weight('co-browse'),
  'video-call': weight('video-call'),
});
