/** Text of bytes that should be UTF-8; `guessed` when they are not and were read as ISO 8859-1. */
export const decodeText = (bytes: Buffer): { text: string; guessed: boolean } => {
  const text = bytes.toString('utf8');
  // U+FFFD can stand in valid text too: three bytes that decode to themselves.
  if (!text.includes('�') || Buffer.from(text).equals(bytes)) return { text, guessed: false };
  return { text: bytes.toString('latin1'), guessed: true };
};
