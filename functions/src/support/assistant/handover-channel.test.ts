import { describe, expect, it } from 'vitest';
import { channels } from '../../protocol/enumerations.ts';
import { handoverChannel } from './handover-channel.ts';

const decision = {
  recommendedRoute: 'ai-chatbot',
  confidence: 0.6,
  alternatives: [
    { route: 'co-browse', score: 0.25, reason: '' },
    { route: 'live-chat', score: 0.15, reason: '' },
  ],
} as const;
const copy = () => ({ ...decision, alternatives: [...decision.alternatives] });

describe('the channel of a handover', () => {
  it('[RT13] is live chat while nothing speaks for another', () => {
    expect(handoverChannel(undefined, channels)).toBe('live-chat');
    expect(handoverChannel({ ...copy(), alternatives: [] }, channels)).toBe('live-chat');
  });

  it('[RT13] is the one of people that the policy scored highest', () => {
    expect(handoverChannel(copy(), channels)).toBe('co-browse');
    expect(handoverChannel({ ...copy(), recommendedRoute: 'video-call' }, channels)).toBe('video-call');
  });

  it('[RT13] is one that the shop offers, and none where it offers no people', () => {
    expect(handoverChannel(copy(), ['ai-chatbot', 'live-chat'])).toBe('live-chat');
    expect(handoverChannel(undefined, ['ai-chatbot', 'video-call'])).toBe('video-call');
    expect(handoverChannel(copy(), ['ai-chatbot'])).toBeUndefined();
  });
});
