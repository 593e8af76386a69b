import type { FactSide } from '../../../protocol/fact-sides.ts';

const quoted = (text: string): string => (text.length > 60 ? `"${text.slice(0, 59)}…"` : `"${text}"`);

/** What identifies a visible text within its component. */
export const textSubject = ({ element, role, text, target }: Extract<FactSide, { type: 'text' }>): string => {
  const what = [element, role === 'text' ? '' : role].filter(Boolean).join(' ');
  return `${what} ${quoted(text)}${target === undefined ? '' : ` to ${target}`}`;
};
