const secretShapes: readonly [RegExp, string][] = [
  [/\b(bearer|basic)\s+[\w.~+/=-]+/gi, '$1 [redacted]'],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, '[redacted]'],
  [/\bsk-[\w-]{8,}/g, '[redacted]'],
  [/\b(password|secret|token|api[_-]?key)(["']?\s*[=:]\s*["']?)[^\s"'&,}]+/gi, '$1$2[redacted]'],
  [/(\w+:\/\/[^\s:/@]*:)[^\s@/]+@/g, '$1[redacted]@'],
];

/** Takes what looks like a credential out of a text that was written by somebody else, e.g. an error's message. */
export const scrub = (text: string): string =>
  secretShapes.reduce((scrubbed, [shape, replacement]) => scrubbed.replace(shape, replacement), text);
