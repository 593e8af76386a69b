import { createHash } from 'node:crypto';
import type { DocumentGuide, GuidePassage } from '../ports/records.ts';
import type { UserSection } from '../protocol/documentation.ts';

const factId = (subject: string): string => createHash('sha256').update(subject).digest('hex').slice(0, 16);

/** One sentence; `subject` stands for the fact that it rests on. */
const passage = (section: UserSection, topic: string, subject: string, text: string): GuidePassage => ({
  section,
  topic,
  text,
  facts: [factId(subject)],
});

/** A guide with these passages, as a document of a shop's program leaves it. */
export const shopGuide = (
  change: Partial<DocumentGuide> & Pick<DocumentGuide, 'passages'>,
): DocumentGuide => ({
  id: 'document-1',
  repository: 'shop',
  to: 'commit-1',
  title: 'Changes in v1.0.0',
  version: 'v1.0.0',
  createdAt: '2026-01-01T00:00:00.000Z',
  told: change.passages.flatMap(({ facts }) => facts),
  ...change,
});

/** What a document says to users of a web shop with many features, and questions that it answers. */
export const shopPassages: readonly GuidePassage[] = [
  passage('overview', 'gift-cards', 'gift cards', 'Pay with gift cards and see what is left on them.'),
  passage('overview', 'basket', 'saved baskets', 'Save a basket under a name and come back to it later.'),
  passage('overview', 'search', 'search by size', 'Search products by size and by paper.'),
  passage('overview', 'account', 'dark theme', 'Choose a dark theme for the whole shop.'),
  passage('overview', 'loyalty', 'bonus points', 'Collect bonus points with each order.'),
  passage('steps', 'gift-cards', 'redeem', 'In `GiftCardForm`, fill in "Gift card code".'),
  passage('steps', 'gift-cards', 'balance', 'In `GiftCardForm`, choose "Show balance".'),
  passage('steps', 'basket', 'save basket', 'In `BasketMenu`, choose "Save this basket".'),
  passage('steps', 'basket', 'share basket', 'In `BasketMenu`, follow the link "Share with a colleague".'),
  passage('steps', 'account', 'theme', 'In `AppearancePage`, choose "Dark". It was called "Night" before.'),
  passage('steps', 'account', 'two factors', 'In `SecurityPage`, choose "Ask for a second factor".'),
  passage(
    'steps',
    'uploader',
    'watch',
    'Run `shop-upload watch`. Send each new file of a folder by itself. It takes `--folder <path>` and `--retries <count>`.',
  ),
  passage('steps', 'uploader', 'retries', 'Set `UPLOAD_RETRIES`. How often a failed upload is tried again.'),
  passage('tips', 'account', 'newsletter', 'The page "Newsletter archive" is gone.'),
  passage('tips', 'loyalty', 'stamps', '"Loyalty stamps" is called "Bonus points" now.'),
];

export const shopQuestions: readonly (readonly [question: string, section: UserSection, said: string])[] = [
  ['where do I enter my gift card code', 'steps', 'Gift card code'],
  ['how can I save my basket and come back later?', 'overview', 'Save a basket under a name'],
  ['Can I share the basket with a colleague?', 'steps', 'Share with a colleague'],
  ['is there a dark theme?', 'overview', 'dark theme'],
  ['how do I turn on a second factor for my account security', 'steps', 'second factor'],
  ['which option of shop-upload sets the retries of a folder watch', 'steps', '--retries'],
  ['what happened to the newsletter archive page', 'tips', 'Newsletter archive'],
  ['where are my loyalty stamps', 'tips', 'Bonus points'],
];
