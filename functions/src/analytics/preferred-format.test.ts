import { describe, expect, it } from 'vitest';
import { preferredFormat } from './preferred-format.ts';

describe('preferred format', () => {
  it.each([
    [undefined, 'json'],
    ['', 'json'],
    ['*/*', 'json'],
    ['application/json', 'json'],
    ['text/csv', 'csv'],
    ['Text/CSV; charset=utf-8', 'csv'],
    ['text/html,application/xhtml+xml,*/*;q=0.8', 'json'],
    ['application/json;q=0.5, text/csv', 'csv'],
    ['application/json, text/csv;q=0.9', 'json'],
    ['text/csv, */*;q=0.1', 'csv'],
    ['text/csv;q=0', 'json'],
    ['text/csv;q=nonsense', 'json'],
  ])('[AN8] answers Accept %j with %s', (accept, format) => {
    expect(preferredFormat(accept)).toBe(format);
  });
});
