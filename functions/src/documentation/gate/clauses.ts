import { type NameInText, namesInText } from './names-in-text.ts';

/** A part of a sentence that says one thing, with each name in it replaced by a mark. */
export interface Clause {
  /** Names in their order; in `words` they stand as ⟦0⟧, ⟦1⟧ … */
  names: string[];
  words: string;
}

const marked = (text: string, names: readonly NameInText[]): string => {
  let result = '';
  let at = 0;
  names.forEach(({ start, end }, index) => {
    result += `${text.slice(at, start)}⟦${index}⟧`;
    at = end;
  });
  return result + text.slice(at);
};

const markOf = /⟦(\d+)⟧/g;

/** Splits where a sentence, a list of differences or an explanation begins anew. */
export const clausesOf = (text: string): Clause[] => {
  const found = namesInText(text);
  const parts = marked(text, found).split(/(?<=[.!?])\s+|;\s+|:\s+/);
  if (found.length === 0) return parts.map((words) => ({ names: [], words }));
  return parts.map((part) => {
    const names: string[] = [];
    const words = part.replace(markOf, (_, index: string) => {
      names.push(found[Number(index)]?.name ?? '');
      return `⟦${names.length - 1}⟧`;
    });
    return { names, words };
  });
};
