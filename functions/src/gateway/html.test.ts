import { describe, expect, it } from 'vitest';
import { inline, paragraphs } from './html.ts';

describe('texts in HTML', () => {
  it('escapes what could be markup, also inside code and links', () => {
    expect(inline('<b> & "x" `<i>`')).toBe('&lt;b&gt; &amp; &quot;x&quot; <code>&lt;i&gt;</code>');
    expect(inline('[a](/b"onclick=1)')).not.toContain('"onclick');
    expect(inline('[a](javascript:alert)')).not.toContain('href');
  });

  it('makes code, links and paragraphs', () => {
    expect(paragraphs('one `two`\n\n[three](/four)')).toBe(
      '<p>one <code>two</code></p>\n<p><a href="/four">three</a></p>',
    );
  });
});
