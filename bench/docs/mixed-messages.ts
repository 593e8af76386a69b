import type { ShopCommit } from '../../functions/train/facts/shop-history.ts';

const types: Record<ShopCommit['verb'], string> = {
  add: 'feat',
  change: 'fix',
  remove: 'refactor!',
  tidy: 'chore',
};
const verbs: Record<ShopCommit['verb'], string> = {
  add: 'Add',
  change: 'Correct',
  remove: 'Remove',
  tidy: 'Tidy',
};

/** The message of a commit in one of the ways in which people write them, by its place in the history. */
export const mixedMessage = ({ verb, thing }: Pick<ShopCommit, 'verb' | 'thing'>, place: number): string => {
  const what = `${thing} of step ${place}`;
  switch (place % 6) {
    case 0:
      return `${types[verb]}(${thing}): ${verbs[verb].toLowerCase()} ${what}\n\nCloses #${place}`;
    case 1:
      return `${verbs[verb]} ${what}`;
    case 2:
      return `${verbs[verb]} ${what} (#${place})\n\n* ${types[verb]}: ${what}\n* fix: mend what step ${place} broke\n* docs: tell of it\n\nCo-authored-by: Grace <grace@example.test>`;
    case 3:
      return `${types[verb]}: ${what}\n\nSeveral lines tell why this was needed,\nand what else was thought of.`;
    case 4:
      return `:sparkles: ${what} (SHOP-${place})`;
    default:
      return `${thing}: ${what}, as discussed`;
  }
};
