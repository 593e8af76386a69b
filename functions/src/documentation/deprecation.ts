/** The difference by which people are told that something will go. */
export const deprecation = 'it is deprecated now';
