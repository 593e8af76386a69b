import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readLabelledFile } from './labelled-file.ts';

const GOOD = {
  text: 'Where is my order?',
  category: 'question',
  sentiment: 'neutral',
  urgency: 'low',
  complexity: 2,
  visual: false,
  language: 'en',
};

function fileOf(...lines: string[]): string {
  const file = join(mkdtempSync(join(tmpdir(), 'proofdesk-labels-')), 'messages.jsonl');
  writeFileSync(file, lines.join('\n'));
  return file;
}

describe('labelled file', () => {
  it('[RO10] reads lines with and without the optional fields, whatever the line ends', () => {
    const full = {
      ...GOOD,
      channel: 'live-chat',
      emotion: 'neutral',
      acceptable: ['general'],
      slices: ['short'],
    };
    const file = fileOf(`\uFEFF${JSON.stringify(GOOD)}\r`, '', JSON.stringify(full));
    expect(readLabelledFile(file)).toEqual([GOOD, full]);
  });

  it.each([
    ['{"text": "cut', /line 2: not valid JSON/],
    [JSON.stringify({ ...GOOD, category: 'spam' }), /line 2: category: /],
    [JSON.stringify({ ...GOOD, complexity: 11 }), /line 2: complexity: /],
    ['[]', /line 2: line: /],
  ])('[RO10] names the line and field of a bad line: %s', (line, message) => {
    expect(() => readLabelledFile(fileOf(JSON.stringify(GOOD), line))).toThrow(message);
  });

  it('[RO10] refuses a file without messages', () => {
    expect(() => readLabelledFile(fileOf('', ' '))).toThrow(/holds no labelled message/);
  });
});
