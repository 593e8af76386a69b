/**
 * How others meet a list of members or a type: they hand it over (then what it demands matters), they are given it
 * (then what it holds), or both.
 */
export type MemberUse = 'given' | 'taken' | 'both';

const closing: Record<string, string | undefined> = { '(': ')', '[': ']', '{': '}', '<': '>' };

const isQuote = (character: string | undefined): boolean =>
  character !== undefined && /['"`]/.test(character);

/** What has to come yet to close what is open, once this character was read. */
const stillOpen = (open: readonly string[], character: string, previous: string | undefined): string[] => {
  const isArrow = character === '>' && previous === '=';
  if (open.at(-1) === character && !isArrow) return open.slice(0, -1);
  if (isQuote(open.at(-1))) return [...open];
  const end = isQuote(character) ? character : closing[character];
  return end === undefined ? [...open] : [...open, end];
};

/** Parts of a text between marks that stand outside of brackets and quotes. */
export const partsBetween = (text: string, mark: string): string[] => {
  const parts = [''];
  let open: string[] = [];
  for (const [at, character] of [...text].entries()) {
    open = stillOpen(open, character, text[at - 1]);
    if (character === mark && open.length === 0) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts.map((part) => part.trim()).filter((part) => part !== '');
};

/** Every choice of one type is one of the other: `'a'` and `'a' | 'b'`. */
const isWithin = (inner: string, outer: string): boolean => {
  const choices = new Set(partsBetween(outer, '|'));
  return partsBetween(inner, '|').every((choice) => choices.has(choice));
};

const isOptional = (parameter: string): boolean => /^\.\.\.|^[\w$]+\?|\s=\s/.test(parameter);

/** The same function with further parameters that nobody has to give. */
const onlyAddsOptional = (before: string, after: string): boolean => {
  const [was, is] = [before, after].map((type) => /^\((.*)\) => (.*)$/s.exec(type));
  if (!was || !is || was[2] !== is[2]) return false;
  const [known, now] = [partsBetween(was[1] ?? '', ','), partsBetween(is[1] ?? '', ',')];
  return known.every((parameter, at) => parameter === now[at]) && now.slice(known.length).every(isOptional);
};

/** The members of an object type, in any order. */
const membersOf = (type: string): string[] | undefined => {
  const inner = /^\{(.*)\}$/s.exec(type)?.[1];
  return inner === undefined
    ? undefined
    : partsBetween(inner, ';').flatMap((part) => partsBetween(part, ','));
};

/** The same object with further members that nobody has to give. */
const onlyAddsMembers = (before: string, after: string): boolean => {
  const [known, now] = [before, after].map(membersOf);
  if (!known || !now || !known.every((member) => now.includes(member))) return false;
  return now.every((member) => known.includes(member) || /^(readonly )?[\w$]+\?/.test(member));
};

/** Whether another type breaks those who meet it in this way. */
export const breaksType = (before: string, after: string, use: MemberUse): boolean => {
  if (onlyAddsOptional(before, after) || onlyAddsMembers(before, after)) return false;
  if (use === 'given') return !isWithin(before, after);
  return use === 'both' || !isWithin(after, before);
};
