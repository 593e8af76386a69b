import type { Fact } from '../../protocol/facts.ts';
import { capitalised } from '../capitalised.ts';
import { asSentence, plainText, withNames } from './plain-text.ts';

type Opening = readonly [pattern: RegExp, opening: string];

/** Ways to begin with what there is now instead of with what somebody did. */
const always: readonly Opening[] = [
  [/^allow (.+?) to (?=\w)/i, '$1 can now '],
  [/^(?:fix|correct|repair) (?:a bug (?:where|in which|that) )?/i, 'Fixed: '],
];

/** A repair that removes or adds something says what the program does now, not what came or went. */
const ofChanges: readonly Opening[] = [
  [/^(?:add|introduce|create|implement) (?:support for|the option of) /i, 'Now supported: '],
  [/^(?:add|introduce|create|implement) /i, 'New: '],
  [/^support /i, 'Support for '],
  [/^(?:remove|drop|delete) /i, 'Removed: '],
];

/** What a commit message says, as a technical writer would begin it. */
export const statementSentence = (fact: Fact): string => {
  const statement = withNames(plainText(fact.statement ?? fact.name));
  for (const [pattern, opening] of fact.kind === 'bug-fix' ? always : [...always, ...ofChanges]) {
    if (pattern.test(statement)) return asSentence(capitalised(statement.replace(pattern, opening)));
  }
  return asSentence(capitalised(statement));
};
