import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** Figures of one server, in a registry of its own. */
export interface Metrics {
  /** Where features register what they count; labels must come from small closed lists. */
  readonly registry: Registry;
  /** Counts one finished request. `operation` is an operation's id or one of a few fixed words, never a path. */
  requestFinished(operation: string, status: number, durationMs: number): void;
}

const durationBucketsSeconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export const createMetrics = (): Metrics => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the first byte of a request to the end of its reply',
    labelNames: ['operation', 'status'] as const,
    buckets: durationBucketsSeconds,
    registers: [registry],
  });
  return {
    registry,
    requestFinished(operation, status, durationMs) {
      requests.observe({ operation, status }, durationMs / 1_000);
    },
  };
};
