const longestText = 300;

/** A visible text as people see it: white space folded, cut where it is long. */
export const cleanedText = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, longestText);
