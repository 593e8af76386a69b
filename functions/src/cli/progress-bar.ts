/** One line of a terminal that shows how far a run has come. */
export interface ProgressBar {
  show(phase: string, done: number, total?: number): void;
  clear(): void;
}

const width = 24;
const names: Record<string, string> = {
  history: 'reading commits',
  content: 'reading contents',
  fusion: 'joining facts',
  writing: 'writing',
};

const lineOf = (phase: string, done: number, total: number | undefined): string => {
  const name = (names[phase] ?? phase).padEnd(17);
  if (total === undefined || total === 0) return `${name} ${done}`;
  const filled = Math.min(width, Math.round((done / total) * width));
  return `${name} [${'#'.repeat(filled)}${' '.repeat(width - filled)}] ${done}/${total}`;
};

/** Draws on a terminal only: in a log the same line a hundred times helps nobody. */
export const createProgressBar = (stream: NodeJS.WriteStream): ProgressBar => {
  let last = '';
  if (!stream.isTTY) return { show: () => undefined, clear: () => undefined };
  const draw = (line: string): void => {
    if (line === last) return;
    last = line;
    stream.write(`\r\u001b[2K${line}`);
  };
  return { show: (phase, done, total) => draw(lineOf(phase, done, total)), clear: () => draw('') };
};
