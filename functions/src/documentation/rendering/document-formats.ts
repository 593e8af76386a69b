/** The forms in which a document can be had. */
export const documentFormats = ['json', 'markdown', 'changelog', 'captions', 'storyboard'] as const;
export type DocumentFormat = (typeof documentFormats)[number];
