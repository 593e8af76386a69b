/** The first version that a range names: 20.19 of `>=20.19 <23`; empty when it names none. */
export const leastVersion = (range: string): string => range.match(/\d+(\.\d+)*/)?.[0] ?? '';

const majorOf = (range: string): number => Number(leastVersion(range).split('.', 1)[0]);

/** The range begins at a higher major version than before. */
export const raisesMajor = (before: string, after: string): boolean => majorOf(after) > majorOf(before);
