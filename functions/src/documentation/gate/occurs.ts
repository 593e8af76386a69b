/** Marks and blanks that folding takes away. */
const foldable = /[`"]|^\s|\s$|\s\s|[^\S ]/;

const folded = (text: string): string =>
  foldable.test(text) ? text.replaceAll('`', '').replaceAll('"', '').replace(/\s+/g, ' ').trim() : text;

const isWordCharacter = (character: string | undefined): boolean =>
  character !== undefined && /[\w$]/.test(character);

/** Whether a name stands in a text as a whole: `30` does not stand in `300`. */
const occursIn = (name: string, text: string): boolean => {
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
    const startsWhole = !isWordCharacter(name[0]) || !isWordCharacter(text[at - 1]);
    const endsWhole = !isWordCharacter(name.at(-1)) || !isWordCharacter(text[at + name.length]);
    if (startsWhole && endsWhole) return true;
  }
  return false;
};

/** Whether some of the texts hold the name, whatever the marks around its parts. */
export const occurs = (name: string, texts: readonly string[]): boolean => {
  const wanted = folded(name);
  return wanted !== '' && texts.some((text) => occursIn(wanted, folded(text)));
};

/** Whether one of the texts is the name and nothing else. */
export const isOneOf = (name: string, texts: readonly string[]): boolean =>
  texts.some((text) => folded(text) === folded(name));

/** Whether the texts hold the name whole, or each of the parts that were joined to write it: `users add --role`. */
export const occursInParts = (name: string, texts: readonly string[]): boolean => {
  if (occurs(name, texts)) return true;
  const parts = name.split(/[\s=]+/).filter((part) => part !== '');
  return parts.length > 1 && parts.every((part) => occurs(part, texts));
};
