import type { SourceFile } from './syntax.ts';

const plain = (comment: string): string =>
  comment
    .replace(/^\*+/, '')
    .split('\n')
    .map((line) => line.replace(/^\s*\*? ?/, ''))
    .join('\n');

export interface DocComment {
  /** Its first sentence. */
  description?: string;
  deprecated?: boolean;
}

/** What the doc comment says that stands directly before an offset. */
export const readDocComment = ({ text, comments }: SourceFile, offset: number): DocComment => {
  const comment = comments.findLast(({ end }) => end <= offset);
  if (comment?.type !== 'Block' || !comment.value.startsWith('*')) return {};
  if (text.slice(comment.end, offset).trim() !== '') return {};
  const all = plain(comment.value);
  const words = all
    .split(/(?:^|\s)@(?=[a-z])/m, 1)[0]
    ?.replace(/\s+/g, ' ')
    .trim();
  const sentence = words?.match(/^.*?[.!?](?=\s|$)/)?.[0] ?? words;
  return {
    ...(sentence ? { description: sentence.slice(0, 300) } : {}),
    ...(/(^|\s)@deprecated\b/.test(all) ? { deprecated: true } : {}),
  };
};
