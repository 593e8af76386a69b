import type { Fact } from '../../protocol/facts.ts';
import { capitalised } from '../capitalised.ts';
import { asSentence, plainText, withNames } from './plain-text.ts';

interface Opening {
  pattern: RegExp;
  opening: string;
}

/** Ways to begin with what there is now instead of with what somebody did. */
const always: readonly Opening[] = [
  { pattern: /^allow (.+?) to (?=\w)/i, opening: '$1 can now ' },
  { pattern: /^(?:fix|correct|repair) (?:a bug (?:where|in which|that) )?/i, opening: 'Fixed: ' },
];

/** A repair that removes or adds something says what the program does now, not what came or went. */
const alsoOfChanges: readonly Opening[] = [
  ...always,
  {
    pattern: /^(?:add|introduce|create|implement) (?:support for|the option of) /i,
    opening: 'Now supported: ',
  },
  { pattern: /^(?:add|introduce|create|implement) /i, opening: 'New: ' },
  { pattern: /^support /i, opening: 'Support for ' },
  { pattern: /^(?:remove|drop|delete) /i, opening: 'Removed: ' },
];

/** What a commit message says, as a technical writer would begin it. */
export const statementSentence = (fact: Fact): string => {
  const statement = withNames(plainText(fact.statement ?? fact.name));
  for (const { pattern, opening } of fact.kind === 'bug-fix' ? always : alsoOfChanges) {
    if (pattern.test(statement)) return asSentence(capitalised(statement.replace(pattern, opening)));
  }
  return asSentence(capitalised(statement));
};
