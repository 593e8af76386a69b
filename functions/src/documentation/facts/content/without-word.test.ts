import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutWord } from './without-word.ts';

describe('texts without a word', () => {
  const pieces = fc.array(fc.constantFrom('a', 'aa', ' ', '_', '.', '1', 'é', 'B'), { maxLength: 30 });

  it('[DO16] is what a regular expression with borders gives', () => {
    fc.assert(
      fc.property(pieces, fc.constantFrom('a', 'aa', '1', 'B', 'aB'), (parts, word) => {
        const text = parts.join('');
        expect(withoutWord(text, word)).toBe(text.replaceAll(new RegExp(`\\b${word}\\b`, 'g'), '_'));
      }),
      { seed: 7 },
    );
  });
});
