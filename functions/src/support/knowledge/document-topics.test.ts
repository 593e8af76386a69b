import { describe, expect, it } from 'vitest';
import type { DocumentGuide, GuidePassage } from '../../ports/records.ts';
import { shopGuide } from '../../testing/shop-guides.ts';
import { currentTopics } from './document-topics.ts';

const says = (text: string, ...facts: string[]): GuidePassage => ({
  section: 'steps',
  topic: 'orders',
  text,
  facts,
});

const textsOf = (guides: readonly DocumentGuide[]): string[] =>
  currentTopics(guides).flatMap(({ documentId, sentences }) =>
    sentences.map((text) => `${documentId}: ${text}`),
  );

const first = shopGuide({ id: 'first', passages: [says('Pay by card.', 'pay'), says('Ask.', 'ask')] });
const second = shopGuide({ id: 'second', to: 'commit-2', passages: [says('Pay by phone.', 'pay')] });

describe('what documents say today', () => {
  it('[DO19] a later document replaces what an earlier one said of the same fact, and nothing else', () => {
    expect(textsOf([first])).toEqual(['first: Pay by card.', 'first: Ask.']);
    expect(textsOf([second, first])).toEqual(['second: Pay by phone.', 'first: Ask.']);
  });

  it('[DO19] what a later document tells is gone is not said any more, though nothing replaces it', () => {
    const gone = shopGuide({ id: 'gone', to: 'commit-2', passages: [], told: ['pay'] });
    expect(textsOf([gone, first])).toEqual(['first: Ask.']);
  });

  it('[DO19] documents of one state complete each other and say nothing twice', () => {
    const forOperators = shopGuide({
      id: 'other',
      passages: [says('Ask.', 'ask'), says('Restart it.', 'restart')],
    });
    expect(textsOf([forOperators, first])).toEqual([
      'other: Ask.',
      'other: Restart it.',
      'first: Pay by card.',
    ]);
    expect(textsOf([second, forOperators, first])).not.toContain('first: Pay by card.');
  });

  it('[DO19] each repository has facts of its own', () => {
    expect(textsOf([{ ...second, repository: 'press' }, first])).toEqual([
      'second: Pay by phone.',
      'first: Pay by card.',
      'first: Ask.',
    ]);
  });

  it('[DO19] sentences of one section and topic stand together, without marks of code', () => {
    const passages: GuidePassage[] = [
      says('Run `orders`.', 'run'),
      { ...says('Orders can be found.', 'find'), section: 'overview' },
      { ...says('Choose “Dark”.', 'dark'), topic: 'themes' },
      says('Use `--all`.', 'all'),
    ];
    expect(currentTopics([shopGuide({ passages })])).toMatchObject([
      { section: 'steps', name: 'orders', sentences: ['Run orders.', 'Use --all.'] },
      { section: 'overview', name: 'orders', sentences: ['Orders can be found.'] },
      { section: 'steps', name: 'themes', sentences: ['Choose “Dark”.'] },
    ]);
  });
});
