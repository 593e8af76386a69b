/** Who may want to read of a fact. */
export const factAudiences = ['user', 'developer', 'operator'] as const;

/** Whose interests a document keeps to; `everyone` has all of it. */
export const documentAudiences = ['everyone', ...factAudiences] as const;
