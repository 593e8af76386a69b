import { emptySummary, type FileSummary, type SettingFound } from './file-summary.ts';

const assignment = /^#?\s?(?:export )?([A-Z][A-Z0-9_]*)=(.*)$/;

const withoutQuotes = (text: string): string => text.replace(/^(["'])(.*)\1$/, '$2');

/**
 * Settings of an example environment file; the comment above one explains it. Its value is an example: what holds
 * when it is not set, only the code can say.
 */
export const summariseEnvironmentFile = (text: string): FileSummary => {
  const settings: SettingFound[] = [];
  let comment: string[] = [];
  for (const [position, line] of text.split(/\r?\n/).entries()) {
    const [, name, value = ''] = line.match(assignment) ?? [];
    if (name !== undefined) {
      const description = comment.join(' ').trim();
      const example = withoutQuotes(value.trim());
      settings.push({
        name,
        line: position + 1,
        heuristic: false,
        side: {
          type: 'setting',
          ...(example ? { example } : {}),
          ...(description ? { description } : {}),
        },
      });
      comment = [];
    } else if (line.startsWith('#')) comment.push(line.replace(/^#+\s?/, ''));
    else comment = [];
  }
  return { ...emptySummary(), settings };
};
