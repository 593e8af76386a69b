import { describe, expect, it } from 'vitest';
import { TypingSignal } from './typing-signal.ts';

describe('who types', () => {
  it('[FA] is said although the clock was set back', () => {
    let now = Date.UTC(2026, 0, 31, 9, 30);
    const said: string[] = [];
    const after = () => () => undefined;
    const signal = new TypingSignal({ now: () => now, after }, (event) => said.push(event));
    signal.typed();
    now -= 3_600_000;
    signal.typed();
    expect(said).toEqual(['typing:start', 'typing:start']);
  });
});
