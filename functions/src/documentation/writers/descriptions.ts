import type { FactSide } from '../../protocol/fact-sides.ts';
import { capitalised } from '../capitalised.ts';
import { asSentence, code, plainText, withNames } from './plain-text.ts';

/** Environment files tell the default behind the comment. */
const trailingDefault = /[\s;,(]*\bdefault:?\s+(\S+?)(?:,\s*example\b.*)?\)?$/i;

const rawDescription = (side: FactSide | undefined): string => {
  if (side?.type === 'route') return side.summary ?? '';
  const described = side?.type === 'api' || side?.type === 'setting' || side?.type === 'flag';
  return described ? (side.description ?? '') : '';
};

/** The value that holds when nobody says another one. */
export const defaultOf = (side: FactSide | undefined): string | undefined => {
  if (side?.type !== 'setting' && side?.type !== 'flag') return undefined;
  const told = side.default ?? trailingDefault.exec(plainText(rawDescription(side)))?.[1];
  return told === undefined || /^(unset|none)$/i.test(told) ? undefined : told;
};

/** What the code itself says of something, as a sentence; undefined when it says nothing. */
export const descriptionOf = (side: FactSide | undefined): string | undefined => {
  const text = plainText(rawDescription(side)).replace(trailingDefault, '');
  if (text === '') return undefined;
  // `open: customers register themselves` explains a value, and `json or markdown` lists some: they stay as they are.
  const isValue = /^[\w-]+:/.test(text) || text.startsWith(`${defaultOf(side)},`);
  return asSentence(withNames(isValue ? text : capitalised(text)));
};

/** Description, need and default, to stand behind a sentence. */
export const explanationOf = (side: FactSide | undefined): string => {
  const description = descriptionOf(side);
  const value = defaultOf(side);
  const isRequired = side !== undefined && 'required' in side && side.required === true;
  const parts = [
    description,
    isRequired ? 'It is required.' : undefined,
    value === undefined ? undefined : `Its default is ${code(value)}.`,
  ];
  return parts
    .filter((part) => part !== undefined)
    .map((part) => ` ${part}`)
    .join('');
};
