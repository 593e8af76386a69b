import { describe, expect, it } from 'vitest';
import { chooseUrgency } from './interpretation.ts';
import { project } from './projection.ts';

const NEUTRAL = [
  [1, 1],
  [1, 1],
];

describe('projection', () => {
  it('[RO3] leaves both sides alone when nothing goes together', () => {
    const { category, urgency } = project([0.7, 0.3], [0.4, 0.6], NEUTRAL);
    expect(category[0]).toBeCloseTo(0.7);
    expect(urgency[1]).toBeCloseTo(0.6);
  });

  it('[RO3] moves each side towards the pairs that go together, and both still add up to 1', () => {
    const affinity = [
      [0.5, 2],
      [1, 1],
    ];
    const { category, urgency } = project([0.5, 0.5], [0.2, 0.8], affinity);
    expect(category[0]).toBeGreaterThan(0.5);
    expect(urgency[1]).toBeGreaterThan(0.8);
    expect((category[0] ?? 0) + (category[1] ?? 0)).toBeCloseTo(1);
    expect((urgency[0] ?? 0) + (urgency[1] ?? 0)).toBeCloseTo(1);
  });

  it('[RO3] never gives an urgent message less than high', () => {
    expect(chooseUrgency([0.5, 0.4, 0.06, 0.04], 0.3, 'urgent')).toBe('high');
    expect(chooseUrgency([0.5, 0.4, 0.06, 0.04], 0.3, 'general')).toBe('low');
    expect(chooseUrgency([0.2, 0.45, 0.15, 0.2], 0.3, 'technical')).toBe('critical');
  });
});
