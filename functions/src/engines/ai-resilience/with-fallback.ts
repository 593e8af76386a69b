import { AiEngineFailure, type AiEngineFailureReason } from '../../errors/ai-engine-failure.ts';
import type { AiEngine } from '../../ports/ai-engine.ts';

export interface FallbackOptions {
  /** Told why the fallback answers; nothing of the text or the server's words is passed on. */
  onFallback?: (reason: AiEngineFailureReason | 'unexpected') => void;
}

/**
 * Answers with `fallback` when `primary` fails for whatever reason but the caller's own abort; the analysis says
 * which engine it is from. `version` names both, since either may answer: a text has one answer per engine and
 * version, not per combined version. Caches therefore belong under this wrapper, around the primary. One above
 * it must not keep an analysis whose `engine` is not this engine's `name`, or the stand-in's answer would be
 * given for a day after the primary is back; `withCache` sees to that by itself.
 */
export const withFallback = (
  primary: AiEngine,
  fallback: AiEngine,
  { onFallback }: FallbackOptions = {},
): AiEngine => ({
  name: primary.name,
  version: `${primary.version}+${fallback.version}`,
  analyze: async (text, options = {}) => {
    try {
      return await primary.analyze(text, options);
    } catch (error) {
      options.signal?.throwIfAborted();
      onFallback?.(error instanceof AiEngineFailure ? error.reason : 'unexpected');
      return fallback.analyze(text, options);
    }
  },
});
