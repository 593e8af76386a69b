/** Chooses among ways to say the same, always the same one for the same fact. */
export const vary = (factId: string, ways: readonly [string, ...string[]]): string =>
  ways[Number.parseInt(factId.slice(-6), 16) % ways.length] ?? ways[0];
