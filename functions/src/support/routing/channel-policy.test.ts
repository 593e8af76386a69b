import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Analysis } from '../../ports/ai-engine.ts';
import { type Channel, categories, channels, emotions, urgencies } from '../../protocol/enumerations.ts';
import { sampleAnalysis } from '../../testing/told-ai-engine.ts';
import { type Recommendation, recommendChannel } from './channel-policy.ts';
import { isPersonChannel } from './channel-weights.ts';
import { readIssue } from './issue-reading.ts';
import type { PastSession, PolicyInput, Tally } from './policy-input.ts';

const seed = 20_261_122;
const everywhere = { offered: channels, open: true, busy: [] };

const inputOf = (changes: Partial<PolicyInput> = {}): PolicyInput => ({
  reading: readIssue('Something about my order is wrong'),
  analysis: sampleAnalysis(),
  history: { previousIssues: [], sessions: [] },
  outcomes: {},
  availability: everywhere,
  ...changes,
});

const scoresOf = ({ route, confidence, alternatives }: Recommendation): Map<Channel, number> =>
  new Map([[route, confidence], ...alternatives.map((other) => [other.route, other.score] as const)]);

const scoreOf = (input: PolicyInput, channel: Channel): number =>
  scoresOf(recommendChannel(input)).get(channel) ?? Number.NaN;

const spread = (weights: readonly number[]): number[] => {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
};
const distribution = <Name extends string>(names: readonly Name[]) =>
  fc
    .array(fc.integer({ min: 1, max: 100 }), { minLength: names.length, maxLength: names.length })
    .map((weights) => {
      const shares = spread(weights);
      return Object.fromEntries(names.map((name, index) => [name, shares[index]])) as Record<Name, number>;
    });
const likeliest = <Name extends string>(scores: Record<Name, number>): Name =>
  (Object.entries(scores) as [Name, number][]).sort((a, b) => b[1] - a[1])[0]?.[0] as Name;

const anyAnalysis: fc.Arbitrary<Analysis> = fc
  .record({
    scores: distribution(categories),
    urgencyScores: distribution(urgencies),
    score: fc.double({ min: -1, max: 1, noNaN: true }),
    emotion: fc.constantFrom(...emotions),
    complexity: fc.integer({ min: 1, max: 10 }),
    visualProbability: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map((parts) =>
    sampleAnalysis({
      ...parts,
      category: likeliest(parts.scores),
      urgency: likeliest(parts.urgencyScores),
      visual: parts.visualProbability >= 0.5,
    }),
  );
const anyTally: fc.Arbitrary<Tally> = fc
  .record({ resolved: fc.nat(60), lost: fc.nat(60) })
  .map(({ resolved, lost }) => ({ resolved, ended: resolved + lost }));
const anyTallies = fc.dictionary(fc.constantFrom(...channels), anyTally) as fc.Arbitrary<
  Partial<Record<Channel, Tally>>
>;
const earlierIssues = ['Color profile issue', 'Where is my parcel', 'Refund missing'];
const anySession: fc.Arbitrary<PastSession> = fc
  .record({
    channel: fc.constantFrom(...channels),
    endedWell: fc.boolean(),
    issue: fc.option(
      fc.record({
        reading: fc.constantFrom(...earlierIssues).map(readIssue),
        category: fc.constantFrom(...categories),
      }),
      { nil: undefined },
    ),
  })
  .map(({ issue, ...session }) => ({ ...session, ...(issue && { issue }) }));
const anyIssue = fc.constantFrom(
  'Need help with bleed settings',
  'Please call me, I want to speak to a human about my refund',
  'Look at my screen with me, the editor crashed',
  'Hold both samples up to the camera, please',
  'ok',
);
const anyInput: fc.Arbitrary<PolicyInput> = fc
  .record({
    issue: anyIssue,
    analysis: anyAnalysis,
    urgency: fc.option(fc.constantFrom(...urgencies), { nil: undefined }),
    preferredChannel: fc.option(fc.constantFrom(...channels), { nil: undefined }),
    previous: fc.array(fc.constantFrom(...earlierIssues), {
      maxLength: 3,
    }),
    sessions: fc.array(anySession, { maxLength: 20 }),
    outcomes: anyTallies,
    offered: fc.subarray([...channels], { minLength: 1 }),
    open: fc.boolean(),
    busy: fc.subarray([...channels].filter(isPersonChannel)),
  })
  .map(
    ({ issue, analysis, urgency, preferredChannel, previous, sessions, outcomes, offered, open, busy }) => ({
      reading: readIssue(issue),
      analysis,
      urgency,
      history: {
        preferredChannel,
        previousIssues: previous.map((issue) => ({ reading: readIssue(issue) })),
        sessions,
      },
      outcomes,
      availability: { offered, open, busy },
    }),
  );
const anyChannel = fc.constantFrom(...channels);

const check = <Values extends [unknown, ...unknown[]]>(
  arbitraries: { [Index in keyof Values]: fc.Arbitrary<Values[Index]> },
  predicate: (...values: Values) => void,
): void => fc.assert(fc.property(...arbitraries, predicate), { seed, numRuns: 300 });

const more = (tallies: Partial<Record<Channel, Tally>>, channel: Channel) => {
  const { ended, resolved } = tallies[channel] ?? { ended: 0, resolved: 0 };
  return { ...tallies, [channel]: { ended: ended + 1, resolved: resolved + 1 } };
};
const rounding = 1e-9;

describe('channel policy', () => {
  test('[RO11] scores are descending, on the scale of the confidence and never above it', () => {
    check([anyInput], (input) => {
      const { confidence, alternatives } = recommendChannel(input);
      const scores = [confidence, ...alternatives.map(({ score }) => score)];
      expect(scores).toEqual([...scores].sort((left, right) => right - left));
      const total = scores.reduce((sum, score) => sum + score, 0);
      expect(total).toBeLessThanOrEqual(1 + rounding);
      expect(Math.min(...scores)).toBeGreaterThanOrEqual(0);
    });
  });

  test('[RO11] only offered channels are named, each once', () => {
    check([anyInput], (input) => {
      const { route, alternatives } = recommendChannel(input);
      const named = [route, ...alternatives.map((other) => other.route)];
      expect([...named].sort()).toEqual([...input.availability.offered].sort());
    });
  });

  test('[RO11] outside business hours every channel that needs a person scores lower, the assistant not', () => {
    check([anyInput], (input) => {
      const { availability } = input;
      const open = scoresOf(recommendChannel({ ...input, availability: { ...availability, open: true } }));
      const closed = scoresOf(recommendChannel({ ...input, availability: { ...availability, open: false } }));
      for (const [channel, score] of open) {
        const then = closed.get(channel) ?? Number.NaN;
        if (isPersonChannel(channel)) expect(then).toBeLessThan(score);
        else expect(then).toBeCloseTo(score, 9);
      }
    });
  });

  test('[RO1] a channel on which nobody is free scores no higher', () => {
    check([anyInput, anyChannel], (input, channel) => {
      fc.pre(input.availability.offered.includes(channel));
      const withBusy = (busy: Channel[]) =>
        scoreOf({ ...input, availability: { ...input.availability, busy } }, channel);
      expect(withBusy([channel])).toBeLessThanOrEqual(withBusy([]) + rounding);
    });
  });

  test('[RO4] one more good session of the customer never lowers its channel', () => {
    check([anyInput, anyChannel], (input, channel) => {
      fc.pre(input.availability.offered.includes(channel));
      const sessions = [...input.history.sessions, { channel, endedWell: true }];
      const then = scoreOf({ ...input, history: { ...input.history, sessions } }, channel);
      expect(then).toBeGreaterThanOrEqual(scoreOf(input, channel) - rounding);
    });
  });

  test('[RO4] one more good session of anybody never lowers its channel', () => {
    check([anyInput, anyChannel], (input, channel) => {
      fc.pre(input.availability.offered.includes(channel));
      const then = scoreOf({ ...input, outcomes: more(input.outcomes, channel) }, channel);
      expect(then).toBeGreaterThanOrEqual(scoreOf(input, channel) - rounding);
    });
  });

  test('[RO1] preferring a channel never lowers it', () => {
    check([anyInput, anyChannel], (input, channel) => {
      fc.pre(input.availability.offered.includes(channel));
      const preferring = (preferredChannel: Channel | undefined) =>
        scoreOf({ ...input, history: { ...input.history, preferredChannel } }, channel);
      expect(preferring(channel)).toBeGreaterThanOrEqual(preferring(undefined));
    });
  });

  test('[RO1] stating a higher urgency never helps the assistant against people', () => {
    const steps = fc.constantFrom(['low', 'medium'], ['medium', 'high'], ['high', 'critical'] as const);
    check([anyInput, steps], (input, [lower, higher]) => {
      fc.pre(input.availability.offered.includes('ai-chatbot'));
      const stated = (urgency: string) =>
        scoreOf({ ...input, urgency: urgency as PolicyInput['urgency'] }, 'ai-chatbot');
      expect(stated(higher as string)).toBeLessThanOrEqual(stated(lower as string) + rounding);
    });
  });

  test('[RO1] a critical urgency lowers no person channel against the assistant', () => {
    check([anyInput, anyChannel], (input, channel) => {
      const { offered } = input.availability;
      fc.pre(isPersonChannel(channel) && offered.includes(channel) && offered.includes('ai-chatbot'));
      const odds = (urgency: PolicyInput['urgency']) =>
        scoreOf({ ...input, urgency }, channel) / scoreOf({ ...input, urgency }, 'ai-chatbot');
      for (const urgency of urgencies)
        expect(odds('critical')).toBeGreaterThanOrEqual(odds(urgency) * (1 - 1e-6));
    });
  });

  test('[RO1] the order of what is given changes nothing', () => {
    check([anyInput, fc.infiniteStream(fc.nat())], (input, random) => {
      const { history, availability } = input;
      const shuffled = <Item>(items: readonly Item[]): Item[] =>
        [...items]
          .map((item) => ({ item, key: random.next().value as number }))
          .sort((left, right) => left.key - right.key)
          .map(({ item }) => item);
      const same = recommendChannel({
        ...input,
        history: {
          ...history,
          previousIssues: shuffled(history.previousIssues),
          sessions: shuffled(history.sessions),
        },
        availability: { ...availability, offered: shuffled(availability.offered) },
      });
      const expected = scoresOf(recommendChannel(input));
      for (const [channel, score] of scoresOf(same))
        expect(score).toBeCloseTo(expected.get(channel) ?? -1, 9);
    });
  });

  test('[RO2] the contributions are against the mean of the offered channels, the largest first', () => {
    check([anyInput], (input) => {
      const sizes = recommendChannel(input).factors.map(({ contribution }) => Math.abs(contribution));
      expect(sizes).toEqual([...sizes].sort((left, right) => right - left));
      const offered = [recommendChannel(input).route];
      const alone = recommendChannel({ ...input, availability: { ...input.availability, offered } });
      expect(alone.factors.every(({ contribution }) => contribution === 0)).toBe(true);
    });
  });

  test('[RO2] the reasoning names nothing that is not a factor', () => {
    check([anyInput], (input) => {
      const { reasoning, factors } = recommendChannel(input);
      const [, reasons = ''] = reasoning.split(' fits best because ');
      let rest = reasons.replace(/\.$/, '');
      for (const { value } of factors) rest = rest.replace(value, '');
      expect(rest.replaceAll(' and ', '').replaceAll(', ', '')).toBe('');
    });
  });

  test.each(['I want a video call on camera', 'Can you call me? I want to talk to a person'])(
    '[RO2] "%s" is no reason for the assistant',
    (issue) => {
      const analysis = sampleAnalysis({ score: 0, complexity: 5 });
      const input = inputOf({ reading: readIssue(issue), analysis, urgency: 'medium' });
      const { route, alternatives } = recommendChannel(input);
      expect(route).not.toBe('ai-chatbot');
      const { reason = '' } = alternatives.find((other) => other.route === 'ai-chatbot') ?? {};
      expect(reason).toMatch(/\w\.$/);
      expect(reason.replace(/because .*?(?:, though|$)/, '')).not.toContain('you ask');
    },
  );

  test.each([
    ['en', 'Fonts in my PDF look different', 'about the fonts,'],
    ['en', 'Can you match Pantone 186', 'about Pantone,'],
    ['de', 'Ich kann meine Datei nicht hochladen', 'about "hochladen",'],
    ['other', 'Il mio ordine, il profilo CMYK', 'about "CMYK",'],
  ] as const)('[RO2] a subject reads well within the English sentence (%s): %s', (language, issue, words) => {
    const analysis = sampleAnalysis({ language });
    const { reasoning } = recommendChannel(inputOf({ reading: readIssue(issue), analysis }));
    expect(reasoning).toContain(words);
  });

  test('[RO1] the reference case holds whatever in reason an engine makes of its text', () => {
    const shares = fc.record({
      technical: fc.double({ min: 0.5, max: 0.95, noNaN: true }),
      visualProbability: fc.double({ min: 0.02, max: 0.4, noNaN: true }),
      complexity: fc.integer({ min: 1, max: 3 }),
      score: fc.double({ min: -0.4, max: 0.1, noNaN: true }),
    });
    check([shares], ({ technical, ...parts }) => {
      const rest = 1 - technical;
      const scores = {
        urgent: 0.1 * rest,
        approval: 0.05 * rest,
        revision: 0.15 * rest,
        general: 0.1 * rest,
      };
      const analysis = sampleAnalysis({ ...parts, scores: { ...scores, technical, question: 0.6 * rest } });
      const { route, alternatives } = recommendChannel(
        inputOf({
          reading: readIssue('Need help with bleed settings'),
          analysis,
          urgency: 'high',
          history: {
            preferredChannel: 'video-call',
            previousIssues: [{ reading: readIssue('Color profile issue') }],
            sessions: [
              { channel: 'video-call', endedWell: true },
              { channel: 'co-browse', endedWell: true },
            ],
          },
        }),
      );
      const order = [route, ...alternatives.map((other) => other.route)];
      expect(order.slice(0, 3)).toEqual(['co-browse', 'video-call', 'live-chat']);
    });
  });

  test('[RO4] ten bad sessions do not overturn the policy and a thousand do', () => {
    const input = inputOf({ analysis: sampleAnalysis({ visualProbability: 0.95, visual: true }) });
    const { route, alternatives } = recommendChannel(input);
    const second = alternatives[0]?.route as Channel;
    const after = (sessions: number) =>
      recommendChannel({
        ...input,
        outcomes: {
          [route]: { ended: sessions, resolved: sessions / 10 },
          [second]: { ended: sessions, resolved: sessions * 0.9 },
        },
      }).route;
    expect(after(10)).toBe(route);
    expect(after(1_000)).toBe(second);
  });

  test('[RO4] a kind that ends badly everywhere speaks against no channel', () => {
    const badly = Object.fromEntries(channels.map((channel) => [channel, { ended: 400, resolved: 40 }]));
    const { route, confidence } = recommendChannel(inputOf());
    const then = recommendChannel(inputOf({ outcomes: badly }));
    expect(then.route).toBe(route);
    expect(then.confidence).toBeCloseTo(confidence, 2);
  });
});
