import { AiEngineFailure } from '../../errors/ai-engine-failure.ts';
import type { AiEngine } from '../../ports/ai-engine.ts';
import { Circuit, type CircuitOptions, type Outcome } from './circuit.ts';

const outcomeOf = (error: unknown, signal: AbortSignal | undefined): Outcome => {
  if (signal?.aborted) return 'unknown';
  return error instanceof AiEngineFailure && !error.countsAgainstServer ? 'healthy' : 'unhealthy';
};

/**
 * Leaves a failing engine alone for a while, so that nobody waits for it in vain. A refusal that a customer's
 * text provoked does not count: no text can switch the engine off for others.
 */
export const withCircuitBreaker = (engine: AiEngine, circuitOptions: CircuitOptions): AiEngine => {
  const circuit = new Circuit(circuitOptions);
  return {
    name: engine.name,
    version: engine.version,
    analyze: async (text, options = {}) => {
      const { signal } = options;
      signal?.throwIfAborted();
      const admitted = circuit.admit();
      try {
        const analysis = await engine.analyze(text, options);
        circuit.settle(admitted, 'healthy');
        return analysis;
      } catch (error) {
        circuit.settle(admitted, outcomeOf(error, signal));
        throw error;
      }
    },
  };
};
