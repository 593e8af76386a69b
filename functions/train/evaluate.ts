import { resolve } from 'node:path';
import { createLocalAiEngine } from '../src/engines/local-ai/local-ai-engine.ts';
import { ModelFileError } from '../src/engines/local-ai/model-file.ts';
import { channelFigures } from './channel-figures.ts';
import { constantAnalysis } from './constant-predictor.ts';
import { computeFigures } from './evaluation.ts';
import { evaluationText } from './evaluation-text.ts';
import { judge } from './judge.ts';
import { LabelledFileError, readLabelledFile } from './labelled-file.ts';

const [file] = process.argv.slice(2);

async function evaluate(path: string): Promise<void> {
  // npm runs this in functions/; the file is meant from where npm was called.
  const messages = readLabelledFile(resolve(process.env.INIT_CWD ?? '', path));
  const engine = await createLocalAiEngine();
  const judged = await judge(engine, messages);
  console.log(`# ${engine.version} on ${messages.length} messages of ${path}\n`);
  console.log(evaluationText(computeFigures(judged, constantAnalysis(messages)), judged));
  console.log(`\n${channelFigures(judged)}`);
}

function explain(error: unknown): string {
  if (error instanceof LabelledFileError || error instanceof ModelFileError) return error.message;
  if (error instanceof Error && 'code' in error && 'path' in error)
    return `${file}: cannot be read (${error.code})`;
  throw error;
}

if (file === undefined) {
  console.error(
    'Usage: npm run evaluate -- FILE   (one JSON object a line, as in functions/data/print-support-train.jsonl)',
  );
  process.exitCode = 2;
} else {
  await evaluate(file).catch((error: unknown) => {
    console.error(explain(error));
    process.exitCode = 1;
  });
}
