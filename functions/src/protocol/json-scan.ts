const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const space = 0x20;
const isOpening = (unit: number): boolean => unit === 0x5b || unit === 0x7b;
const isClosing = (unit: number): boolean => unit === 0x5d || unit === 0x7d;

/** Position of the quote that ends the text which begins at `start`. */
export const endOfText = (json: string, start: number): number => {
  let at = start + 1;
  while (at < json.length && json.charCodeAt(at) !== quote) at += json.charCodeAt(at) === backslash ? 2 : 1;
  return at;
};

/** The members of an object, or items of a list, each as it stands in a JSON text without white space. */
export const partsOf = (json: string): string[] => {
  const parts: string[] = [];
  let depth = 0;
  let start = 1;
  for (let at = 0; at < json.length; at += 1) {
    const unit = json.charCodeAt(at);
    if (unit === quote) at = endOfText(json, at);
    else if (isOpening(unit)) depth += 1;
    else if (isClosing(unit)) depth -= 1;
    if ((unit === comma && depth === 1) || depth === 0) {
      if (at > start) parts.push(json.slice(start, at));
      start = at + 1;
    }
  }
  return parts;
};

/** The list or object that begins at `start`, when it seems to be whole and has no white space in it. */
export const compactValueAt = (json: string, start: number): string | undefined => {
  if (!isOpening(json.charCodeAt(start))) return undefined;
  let depth = 0;
  for (let at = start; at < json.length; at += 1) {
    const unit = json.charCodeAt(at);
    if (unit === quote) at = endOfText(json, at);
    else if (isOpening(unit)) depth += 1;
    else if (isClosing(unit)) {
      depth -= 1;
      if (depth === 0) return json.slice(start, at + 1);
    } else if (unit <= space) return undefined;
  }
  return undefined;
};
