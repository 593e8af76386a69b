import type { Config } from '../config.ts';
import { createResilientEngine } from '../engines/ai-resilience/resilient-engine.ts';
import { withCache } from '../engines/ai-resilience/with-cache.ts';
import { createLocalAiEngine } from '../engines/local-ai/local-ai-engine.ts';
import type { AiEngine } from '../ports/ai-engine.ts';
import type { Cache } from '../ports/cache.ts';
import type { Logger } from '../telemetry/logger.ts';
import { clock } from './system-time.ts';

/** The AI engine, and whether the one that was chosen answers. */
export interface Ai {
  engine: AiEngine;
  /** The local model by itself: free, and nothing leaves the machine. For what nobody asked for, or asks often. */
  local: AiEngine;
  healthy(): boolean;
}

/** The local model, or OpenAI with the local model behind it; the SDK is loaded only when it is chosen. */
export const createAi = async ({ openai }: Config, cache: Cache, logger: Logger): Promise<Ai> => {
  const local = await createLocalAiEngine();
  if (openai === undefined) return { engine: withCache(local, { cache }), local, healthy: () => true };
  const { createOpenAiEngine } = await import('../engines/openai/openai-engine.ts');
  let healthy = true;
  const engine = createResilientEngine({
    primary: createOpenAiEngine({ ...openai, clock }),
    fallback: local,
    cache,
    clock,
    circuit: {
      onStateChange: (state) => {
        healthy = state === 'closed';
      },
    },
    onFallback: (reason) => logger.warn({ reason }, 'OpenAI did not answer: the local model did'),
  });
  return { engine, local, healthy: () => healthy };
};
