const beyondAscii = /[\u0080-\u00ff]/;

/** Whether bytes, given as one character for each, say the same in every encoding. */
export const isAscii = (bytes: string): boolean => !beyondAscii.test(bytes);

/**
 * Text of bytes that should be UTF-8, given as one character for each byte; `guessed` when they are not and stay
 * what they are in ISO 8859-1.
 */
export const decodeText = (bytes: string): { text: string; guessed: boolean } => {
  if (isAscii(bytes)) return { text: bytes, guessed: false };
  const text = Buffer.from(bytes, 'latin1').toString('utf8');
  // U+FFFD can stand in valid text too: three bytes that decode to themselves.
  if (!text.includes('�') || Buffer.from(text).toString('latin1') === bytes) return { text, guessed: false };
  return { text: bytes, guessed: true };
};
