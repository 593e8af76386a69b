import type { Fact } from '../../protocol/facts.ts';
import { asSentence, capitalised, plainText } from './plain-text.ts';

/** Ways to begin with what there is now instead of with what somebody did. */
const openings: readonly [RegExp, string][] = [
  [/^allow (.+?) to (?=\w)/i, '$1 can now '],
  [/^(?:add|introduce|create|implement) (?:support for|the option of) /i, 'Now supported: '],
  [/^(?:add|introduce|create|implement) /i, 'New: '],
  [/^(?:support) /i, 'Now supported: '],
  [/^(?:fix|correct|repair) (?:a bug (?:where|in which|that) )?/i, 'Fixed: '],
  [/^(?:remove|drop|delete) /i, 'Removed: '],
];

/** Names that shout are code, whatever the author wrote around them. */
const withNames = (text: string): string =>
  text.includes('`') || !text.includes('_') ? text : text.replace(/\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\b/g, '`$&`');

/** What a commit message says, as a technical writer would begin it. */
export const statementSentence = (fact: Fact): string => {
  const statement = withNames(plainText(fact.statement ?? fact.name));
  for (const [pattern, opening] of openings) {
    if (pattern.test(statement)) return asSentence(capitalised(statement.replace(pattern, opening)));
  }
  return asSentence(capitalised(statement));
};
