import type { AiEngine } from '../src/ports/ai-engine.ts';
import type { Judged } from './evaluation.ts';
import type { LabelledMessage } from './labelled-file.ts';

/** Asks the engine about every message, one after another. */
export async function judge(engine: AiEngine, messages: readonly LabelledMessage[]): Promise<Judged[]> {
  const judged: Judged[] = [];
  for (const message of messages) judged.push({ message, analysis: await engine.analyze(message.text) });
  return judged;
}
