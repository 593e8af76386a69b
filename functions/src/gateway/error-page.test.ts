import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { errorCodes } from '../protocol/error-codes.ts';
import { errorMarkdown, errorPage } from './error-page.ts';

const documentation = new URL('../../../docs/errors.md', import.meta.url);

describe('error documentation', () => {
  it('[HT2] docs/errors.md is what the registry and its guide say (npx vitest -u writes it anew)', async () => {
    await expect(errorMarkdown()).toMatchFileSnapshot(documentation.pathname);
  });

  it('[HT2] docs/errors.md has each code of the registry once, in its order, and no other', async () => {
    const headings = (await readFile(documentation, 'utf8')).matchAll(/^## (\w+)$/gm);
    expect([...headings].map(([, code]) => code)).toEqual(Object.keys(errorCodes));
  });

  it('[HT2] the page has an anchor for each code', () => {
    const page = errorPage();
    for (const code of Object.keys(errorCodes)) expect(page).toContain(`id="${code}"`);
  });
});
