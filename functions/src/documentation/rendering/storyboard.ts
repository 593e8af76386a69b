import type { VideoScript } from '../../protocol/documentation.ts';
import { markdownText } from './markdown-text.ts';

const time = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;

/** The video as a table: when, what is said, what is seen. */
export const storyboard = ({ title, seconds, scenes }: VideoScript): string => {
  let start = 0;
  const rows = scenes.map(({ narration, action, seconds: length }, index) => {
    const row = `| ${index + 1} | ${time(start)} | ${length} s | ${markdownText(narration)} | ${markdownText(action)} |`;
    start += length;
    return row;
  });
  return [
    `# Storyboard: ${markdownText(title)}`,
    `Length ${time(seconds)}.`,
    ['| Scene | Start | Length | Narration | On the screen |', '|---|---|---|---|---|', ...rows].join('\n'),
  ]
    .join('\n\n')
    .concat('\n');
};
