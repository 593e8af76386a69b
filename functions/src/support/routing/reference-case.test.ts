import { beforeAll, describe, expect, test } from 'vitest';
import { createLocalAiEngine } from '../../engines/local-ai/local-ai-engine.ts';
import type { AiEngine } from '../../ports/ai-engine.ts';
import { type Channel, channels } from '../../protocol/enumerations.ts';
import { type Recommendation, recommendChannel } from './channel-policy.ts';
import { readIssue } from './issue-reading.ts';
import type { PolicyInput } from './policy-input.ts';

describe('the policy on the local engine', () => {
  let engine: AiEngine;
  beforeAll(async () => {
    engine = await createLocalAiEngine();
  });

  const recommend = async (issue: string, changes: Partial<PolicyInput> = {}): Promise<Recommendation> =>
    recommendChannel({
      reading: readIssue(issue),
      analysis: await engine.analyze(issue),
      history: { previousIssues: [], sessions: [] },
      outcomes: {},
      availability: { offered: channels, open: true, busy: [] },
      ...changes,
    });

  const reference: Partial<PolicyInput> = {
    urgency: 'high',
    history: {
      preferredChannel: 'video-call',
      previousIssues: [{ reading: readIssue('Color profile issue') }],
      sessions: [
        { channel: 'video-call', endedWell: true },
        { channel: 'co-browse', endedWell: true },
      ],
    },
  };

  test.each([
    'Need help with bleed settings',
    'need help with the bleed settings',
    'I need help with my bleed settings please',
  ])('[RO1] the reference case: co-browse, then video call, then live chat: %s', async (issue) => {
    const { route, alternatives, reasoning } = await recommend(issue, reference);
    expect([route, ...alternatives.map((other) => other.route)]).toEqual([
      'co-browse',
      'video-call',
      'live-chat',
      'ai-chatbot',
    ]);
    expect(reasoning).toContain('bleed settings');
    expect(reasoning).toContain('successfully solved an earlier issue of yours');
  });

  test.each<[string, Channel]>([
    ['What paper weight do you recommend for business cards?', 'ai-chatbot'],
    ['proof 2 good, print it', 'ai-chatbot'],
    [
      'My invoice shows the wrong address and the courier just left without my order, please call me!',
      'live-chat',
    ],
    ['The preview in your editor cuts off my logo, can you look at my screen with me?', 'co-browse'],
    [
      'The gold foil looks wrong on both samples, can our art director meet your team on a video call?',
      'video-call',
    ],
  ])('[RO1] %s', async (issue, channel) => {
    expect((await recommend(issue)).route).toBe(channel);
  });

  test('[RO1] a history for other channels does not take an easy question from the assistant', async () => {
    const { route } = await recommend('What are your opening hours?', {
      history: {
        preferredChannel: 'video-call',
        previousIssues: [],
        sessions: [{ channel: 'video-call', endedWell: true }],
      },
    });
    expect(route).toBe('ai-chatbot');
  });
});
