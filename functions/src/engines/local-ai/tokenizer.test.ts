import { describe, expect, it } from 'vitest';
import { hashString } from './hashing.ts';
import { TokenStream } from './tokenizer.ts';

function wordsOf(text: string): string[] {
  const tokens = new TokenStream();
  tokens.read(text);
  return Array.from({ length: tokens.count }, (_, token) =>
    String.fromCharCode(...tokens.codes.subarray(tokens.start[token], tokens.end[token])),
  );
}

describe('tokenizer', () => {
  it('[RO1] folds case and accents, and splits hyphens', () => {
    expect(wordsOf('Größe GEPRÜFT, mock-up')).toEqual(['grose', 'gepruft', ',', 'mock', 'up']);
  });

  it('[RO1] reads don’t, dont and don`t as one word', () => {
    const tokens = new TokenStream();
    for (const text of ['don’t', 'dont', "DON'T"]) {
      tokens.read(text);
      expect(tokens.count).toBe(1);
      expect(tokens.hash[0]).toBe(hashString('dont'));
    }
  });

  it('[RO1] splits French elisions', () => {
    expect(wordsOf("l'épreuve d’accord qu'il")).toEqual(['l', 'epreuve', 'd', 'accord', 'qu', 'il']);
  });

  it('[RO1] keeps clock times, amounts and emoji whole', () => {
    expect(wordsOf('14:30 1,500 😊!')).toEqual(['14:30', '1,500', '😊', '!']);
  });

  it('[RO1] numbers the clauses of a text', () => {
    const tokens = new TokenStream();
    tokens.read('no, wait. stop');
    expect([...tokens.clause.subarray(0, tokens.count)]).toEqual([0, 0, 1, 1, 2]);
  });
});
