import { documentRange } from '../compose/document-line.ts';
import type { OutputOptions, SourceOptions } from './document-options.ts';
import { documentSummary } from './document-summary.ts';
import { say } from './print.ts';
import { createProgressBar } from './progress-bar.ts';

export interface GenerateOptions extends SourceOptions, OutputOptions {
  from?: string;
  to: string;
}

/** Documents a range and writes it where it is wanted. */
export const generateDocument = async (options: GenerateOptions): Promise<void> => {
  const { repo, from, to, audience, content, output } = options;
  const bar = createProgressBar(process.stderr);
  try {
    const reading = documentRange({
      folder: repo,
      from,
      to,
      audience,
      content,
      onProgress: ({ phase, done, total }) => bar.show(phase, done, total),
    });
    // Loaded while git is at work.
    const [document, { writeOutput }] = await Promise.all([reading, import('./write-output.ts')]);
    bar.clear();
    await writeOutput(document, options);
    say(documentSummary(document, output));
  } finally {
    bar.clear();
  }
};
