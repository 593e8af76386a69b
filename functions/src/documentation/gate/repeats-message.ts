import type { Fact } from '../../protocol/facts.ts';
import { saysComes, saysGoes } from './direction.ts';
import { namesInText } from './names-in-text.ts';

/** What the gate would fold or read as the mark of a name, or letters that belong to words it does not know. */
const involved = /[^ -~]|["`]|^ | $| {2}/;

/** Words and numbers that stand by themselves: whatever is a name among them begins and ends where they do. */
const wordsApart =
  /^(?:[A-Z]?[a-z]+|\d+)(?:-(?:[a-z]+|\d+))*(?:[.,;:]? (?:[A-Z]?[a-z]+|\d+)(?:-(?:[a-z]+|\d+))*)*[.!?]?$/;

const isWordCharacter = (character: string | undefined): boolean =>
  character !== undefined && /\w/.test(character);

const namesStandApart = (text: string): boolean =>
  wordsApart.test(text) ||
  namesInText(text).every(
    ({ start, end }) => !isWordCharacter(text[start - 1]) && !isWordCharacter(text[end]),
  );

/** What writers put in the place of a message's verb; each is a clause of its own, of plain words and without names. */
const openings = /^(?:New|Now supported|Fixed|Removed): /;

/** Whether the message says too what an opening says of coming and going. */
const fits = (opening: string, statement: string): boolean =>
  (!saysComes(opening) || saysComes(statement)) && (!saysGoes(opening) || saysGoes(statement));

/** Whether a text is the end of the message, from the beginning of a word on. */
const ends = (statement: string, text: string): boolean => {
  const before = statement.length - text.length;
  return (before === 0 || statement[before - 1] === ' ') && statement.endsWith(text);
};

/**
 * Whether a sentence is, letter for letter, what the message of its one fact says, perhaps with another opening. It
 * can say nothing more then, so that nothing else of it need be looked at; with names that begin or end inside of
 * words it may still seem to, and is no repetition.
 */
export const repeatsMessage = (text: string, facts: readonly Fact[]): boolean => {
  const [fact] = facts;
  if (facts.length !== 1 || fact?.change !== 'stated' || fact.statement === undefined) return false;
  const opening = openings.exec(text)?.[0] ?? '';
  if (!ends(fact.statement, text.slice(opening.length)) || !fits(opening, fact.statement)) return false;
  if (involved.test(text) || involved.test(fact.statement)) return false;
  return namesStandApart(text);
};
