import type { SourceFile } from './syntax.ts';

const plain = (comment: string): string =>
  comment
    .replace(/^\*+/, '')
    .split('\n')
    .map((line) => line.replace(/^\s*\*? ?/, ''))
    .join('\n');

/** The first sentence of the doc comment that stands directly before an offset. */
export const docSentence = ({ text, comments }: SourceFile, offset: number): string | undefined => {
  const comment = comments.findLast(({ end }) => end <= offset);
  if (comment?.type !== 'Block' || !comment.value.startsWith('*')) return undefined;
  if (text.slice(comment.end, offset).trim() !== '') return undefined;
  const words = plain(comment.value).split(/^\s*@/m, 1)[0]?.replace(/\s+/g, ' ').trim();
  const sentence = words?.match(/^.*?[.!?](?=\s|$)/)?.[0] ?? words;
  return sentence ? sentence.slice(0, 300) : undefined;
};
