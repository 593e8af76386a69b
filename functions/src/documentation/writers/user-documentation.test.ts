import { describe, expect, it } from 'vitest';
import { documentOf } from '../../testing/document-of.ts';
import { checkDocument } from '../gate/check-document.ts';

const page = (...elements: string[]) => ({
  'page.tsx': `export const Page = () => <form>${elements.join('')}</form>;`,
});

const documentFor = async (before: string[], after: string[]) => {
  const document = await documentOf(page(...before), { message: 'chore: page', files: page(...after) });
  expect(checkDocument(document)).toEqual([]);
  return document;
};

describe('the part for users', () => {
  it('[DO1] says what to do with each thing that can be used', async () => {
    const { userDocumentation } = await documentFor(
      [],
      [
        '<button aria-label="Close dialog">×</button>',
        '<label htmlFor="size">Sheet size</label>',
        '<input aria-label="Copies" />',
        '<option>Glossy</option>',
        '<main aria-label="Order form" />',
        '<a href="/help">Help</a>',
      ],
    );
    expect(userDocumentation.steps.map(({ text }) => text)).toEqual([
      'In `Page`, follow the link "Help".',
      'In `Page`, choose "Close dialog".',
      'In `Page`, fill in "Copies".',
      'In `Page`, fill in "Sheet size".',
      'In `Page`, choose "Glossy".',
    ]);
  });

  it('[DO1] tells a link once, and where it leads when that changed', async () => {
    const link = (text: string, target: string) => `<a href="${target}">${text}</a>`;
    const all = [link('Log in', '/in'), link('Help', '/help')];
    const gone = await documentFor(all, []);
    expect(gone.userDocumentation.tips.map(({ text }) => text)).toEqual([
      '`Page` no longer shows the links "Help" and "Log in".',
    ]);
    const moved = await documentFor(all, [link('Sign in', '/in'), link('Help', '/support')]);
    expect(moved.releaseNotes.improvements.map(({ text }) => text).sort()).toEqual([
      'In `Page` the link reads "Sign in" instead of "Log in".',
      'The link "Help" in `Page` has changed: target is `/support` instead of `/help`.',
    ]);
  });
});
