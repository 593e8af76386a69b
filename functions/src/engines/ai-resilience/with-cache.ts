import { hash } from 'node:crypto';
import type { AiEngine, Analysis } from '../../ports/ai-engine.ts';
import type { Cache } from '../../ports/cache.ts';
import { withinDeadline } from '../../ports/deadline.ts';

/** What is invalidated to forget every analysis. */
export const analysisScope = 'analysis';

export interface AnalysisCacheOptions {
  cache: Cache;
  ttlMs?: number;
}

/** Carries an analysis past the cache, which keeps whatever a computation gives and nothing that it throws. */
class NotKept extends Error {
  readonly analysis: Analysis;

  constructor(analysis: Analysis) {
    super('answered by another engine');
    this.analysis = analysis;
  }
}

const aDayMs = 86_400_000;

/** Texts are customers' words: a cache, which may be another server, sees only their fingerprint. */
const fingerprint = (text: string): string => hash('sha256', text, 'base64url');

/**
 * Remembers what an engine answered, by its version and the exact text. Failures are not kept, nor is an
 * analysis by another engine than the wrapped one. Callers with the same text share one computation, which goes
 * on when one of them leaves. The analysis is shared between callers and must not be changed.
 */
export const withCache = (engine: AiEngine, { cache, ttlMs = aDayMs }: AnalysisCacheOptions): AiEngine => {
  const compute = async (text: string): Promise<Analysis> => {
    const analysis = await engine.analyze(text);
    if (analysis.engine !== engine.name) throw new NotKept(analysis);
    return analysis;
  };

  const lookUp = async (text: string): Promise<Analysis> => {
    const key = `${engine.version}:${fingerprint(text)}`;
    try {
      return await cache.getOrCompute({ scope: analysisScope, key, ttlMs }, () => compute(text));
    } catch (error) {
      if (error instanceof NotKept) return error.analysis;
      throw error;
    }
  };

  return {
    name: engine.name,
    version: engine.version,
    analyze: (text, { signal } = {}) =>
      signal === undefined ? lookUp(text) : withinDeadline({ signal }, () => lookUp(text)),
  };
};
