import { describe, expect, it } from 'vitest';
import { type Attempt, Turns } from './turns.ts';

describe('turns', () => {
  it('[RO7] who loses again keeps the turn, and those behind it wait in order', async () => {
    const turns = new Turns();
    const won: string[] = [];
    /** Loses so often before it wins. */
    const contend = (name: string, losses: number) =>
      turns.attempt(10, async (tries): Promise<Attempt<string>> => {
        if (tries < losses) return { result: name, beatenFor: 'record' };
        won.push(name);
        return { result: name };
      });
    expect(await Promise.all([contend('a', 5), contend('b', 1), contend('c', 2), contend('d', 0)])).toEqual(
      ['a', 'b', 'c', 'd'].map((result) => ({ result })),
    );
    expect(won).toEqual(['d', 'a', 'b', 'c']);
  });

  it('[RO7] who always loses gives up and lets the next one have the turn', async () => {
    const turns = new Turns();
    const never = turns.attempt(3, async () => ({ result: 0, beatenFor: 'record' }));
    const next = turns.attempt(3, async (tries) => ({
      result: 1,
      ...(tries === 0 && { beatenFor: 'record' }),
    }));
    expect(await never).toBeUndefined();
    expect(await next).toEqual({ result: 1 });
  });
});
