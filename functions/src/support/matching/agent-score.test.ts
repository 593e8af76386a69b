import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Agent } from '../../ports/records.ts';
import { sampleAgent } from '../../testing/support-agent.ts';
import { scoreAgent, scoreWeights } from './agent-score.ts';
import { gatesOf, relaxAfterMs, relaxationOf } from './eligibility.ts';
import { neededSkills } from './needed-skills.ts';
import { type MatchNeed, rankAgents } from './rank-agents.ts';

const need = (changes: Partial<MatchNeed> = {}): MatchNeed => ({
  channel: 'live-chat',
  language: 'en',
  requiredSkills: [],
  neededSkills: [],
  waitedMs: 0,
  declinedBy: [],
  acquaintance: () => 'unknown',
  ...changes,
});

const openChats = (count: number) => ({
  'ai-chatbot': 0,
  'live-chat': count,
  'co-browse': 0,
  'video-call': 0,
});
const ids = (agents: ReturnType<typeof rankAgents>) => agents.agents.map(({ agent: { id } }) => id);

describe('agent score', () => {
  const score = (of: Agent, skills: string[] = []) =>
    scoreAgent(of, { skills, channel: 'live-chat', acquaintance: 'unknown' });

  it('[RO5] missing data counts neutral 0.5 and a free agent has full balance', () => {
    expect(score(sampleAgent())).toEqual({
      skillMatch: 0.5,
      loadBalance: 1,
      satisfaction: 0.5,
      preferred: 0.5,
      total: 0.4 * 0.5 + 0.3 * 1 + 0.2 * 0.5 + 0.1 * 0.5,
    });
  });

  it('[RO5] skill match is the covered share weighted by level', () => {
    const skilled = sampleAgent({
      skills: [
        { name: 'colour', level: 5 },
        { name: 'labels', level: 2 },
      ],
    });
    expect(score(skilled, ['colour', 'labels', 'wraps']).skillMatch).toBeCloseTo((1 + 0.4 + 0) / 3);
  });

  it('[RO5] load balance is 1 - open/capacity of that channel', () => {
    expect(score(sampleAgent({ open: openChats(3) })).loadBalance).toBeCloseTo(0.25);
  });

  it('[RO5] satisfaction is a Bayesian mean: few ratings move it little, many move it far', () => {
    const few = score(sampleAgent({ ratingSum: 10, ratingCount: 2 })).satisfaction;
    const many = score(sampleAgent({ ratingSum: 500, ratingCount: 100 })).satisfaction;
    expect(few).toBeCloseTo((0.5 * 5 + 2) / 7);
    expect(many).toBeGreaterThan(0.95);
  });

  it('[RO5] an agent the customer was content with or asked for is preferred', () => {
    const preferredOf = (acquaintance: 'asked-for' | 'content' | 'discontent') =>
      scoreAgent(sampleAgent(), { skills: [], channel: 'live-chat', acquaintance }).preferred;
    expect(['asked-for', 'content', 'discontent'].map((each) => preferredOf(each as 'content'))).toEqual([
      1, 1, 0,
    ]);
  });

  it('[RO5] every term and the total stay within 0..1 and the total is their weighted sum', () => {
    const anyAgent = fc.record({
      open: fc.nat(9),
      ratingCount: fc.nat(500),
      mean: fc.integer({ min: 1, max: 5 }),
      level: fc.integer({ min: 1, max: 5 }),
    });
    fc.assert(
      fc.property(anyAgent, ({ open, ratingCount, mean, level }) => {
        const of = sampleAgent({
          open: openChats(open),
          ratingCount,
          ratingSum: ratingCount * mean,
          skills: [{ name: 'colour', level }],
        });
        const { total, ...terms } = score(of, ['colour', 'labels']);
        for (const term of Object.values(terms)) expect(term >= 0 && term <= 1).toBe(true);
        const sum = (Object.keys(terms) as (keyof typeof terms)[]).reduce(
          (whole, name) => whole + scoreWeights[name] * terms[name],
          0,
        );
        expect(total).toBeCloseTo(sum);
      }),
      { seed: 5, numRuns: 200 },
    );
  });
});

describe('gates', () => {
  it('[RO6] offline, away and full agents are not eligible, and the reason says so', () => {
    expect(gatesOf(sampleAgent({ status: 'offline' }), need()).hard).toEqual(['is offline']);
    expect(gatesOf(sampleAgent({ status: 'away' }), need()).hard).toEqual(['is away']);
    expect(gatesOf(sampleAgent({ open: openChats(4) }), need()).hard).toEqual([
      'has no free place for live-chat',
    ]);
  });

  it('[RO6] a wrong language and a lacking required skill are reasons', () => {
    const gates = gatesOf(sampleAgent(), need({ language: 'fr', requiredSkills: ['wraps'] }));
    expect(gates.soft).toEqual(['does not speak French', 'lacks the skill wraps']);
  });

  it('[RO6] a language nobody can name is no gate', () => {
    expect(gatesOf(sampleAgent(), need({ language: 'other' })).soft).toEqual([]);
  });

  it('[RO6] language and skill gates relax after two minutes, or at once when nobody could pass', () => {
    const speaker = sampleAgent({ id: 'f', languages: ['fr'], status: 'offline' });
    const french = need({ language: 'fr' });
    expect(relaxationOf([sampleAgent(), speaker], french, relaxAfterMs - 1)).toBeUndefined();
    expect(relaxationOf([sampleAgent(), speaker], french, relaxAfterMs)).toContain('two minutes');
    expect(relaxationOf([sampleAgent()], french, 0)).toContain('nobody on the team');
  });

  it('[RO6] a relaxed ranking says so and still keeps the hard gates', () => {
    const ranking = rankAgents(
      [sampleAgent(), sampleAgent({ id: 'b', status: 'away' })],
      need({ language: 'fr' }),
    );
    expect(ranking.relaxed).toContain('nobody on the team');
    expect(ranking.agents.map(({ eligible }) => eligible)).toEqual([true, false]);
  });
});

describe('ranking', () => {
  it('[RO5] the better score comes first, ties go to the longest idle', () => {
    const rested = sampleAgent({ id: 'rested', idleSince: '2025-12-31T00:00:00.000Z' });
    const busy = sampleAgent({ id: 'busy', open: openChats(2) });
    expect(ids(rankAgents([busy, sampleAgent({ id: 'tied' }), rested], need()))).toEqual([
      'rested',
      'tied',
      'busy',
    ]);
  });

  it('[RO6] an agent who let the session fall back is asked last among the eligible', () => {
    const ranking = rankAgents(
      [
        sampleAgent({ id: 'a' }),
        sampleAgent({ id: 'b', open: openChats(3) }),
        sampleAgent({ id: 'c', status: 'away' }),
      ],
      need({ declinedBy: ['a'] }),
    );
    expect(ids(ranking)).toEqual(['b', 'a', 'c']);
  });

  it('[RO5] the order does not depend on the order of the team', () => {
    const team = [0, 1, 2, 3, 4].map((index) =>
      sampleAgent({ id: `agent-${index}`, open: openChats(index % 3) }),
    );
    fc.assert(
      fc.property(fc.shuffledSubarray(team, { minLength: 5 }), (shuffled) => {
        expect(ids(rankAgents(shuffled, need()))).toEqual(ids(rankAgents(team, need())));
      }),
      { seed: 6 },
    );
  });
});

describe('needed skills', () => {
  const skills = [
    { id: '1', name: 'colour', keywords: ['couleur', 'Pantone 185'], categories: [], required: false },
    { id: '2', name: 'files', keywords: ['pdf'], categories: ['technical' as const], required: true },
  ];

  it('[RO6] keywords match whole words, case and accents aside, and say what matched', () => {
    expect(neededSkills('La COULEUR du logo?', 'question', skills)).toEqual([
      { skill: 'colour', required: false, because: 'couleur' },
    ]);
    expect(neededSkills('pantone-185 please', 'revision', skills)[0]?.because).toBe('Pantone 185');
    expect(neededSkills('pdfs everywhere', 'general', skills)).toEqual([]);
  });

  it('[RO6] a category calls for its skills', () => {
    expect(neededSkills('it broke', 'technical', skills)).toEqual([
      { skill: 'files', required: true, because: 'technical' },
    ]);
  });
});
