import { describe, expect, it } from 'vitest';
import { otherLanguages } from './other-languages.ts';

describe('other languages', () => {
  it('[DO2] counts files by their endings, and takes no name without one for an ending', () => {
    const found = otherLanguages(['main.go', 'lib/util.go', 'c', 'go', 'tool/ex', 'README.md']);
    expect(found.map(({ subject }) => subject)).toEqual(['*.go']);
    expect(found[0]?.reason).toContain('the 2 files that changed');
  });
});
