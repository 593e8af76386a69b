import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import type { Exchange } from './exchange.ts';

/** Status in log and metrics of a request whose caller went away before the reply was out. */
const callerGone = 499;

const maximumPathLength = 200;

export interface AccessLogOptions {
  logger: Logger;
  metrics: Metrics;
  clock: Clock;
}

/**
 * Writes the one line of a finished request and counts it. The fields are a closed list: no header, query or
 * body can get in, whatever a caller sends.
 */
export const createAccessLog = ({ logger, metrics, clock }: AccessLogOptions) => {
  // Looking for secrets by name costs more than the line itself, and none of these fields can hold one.
  const lines = logger.child({}, { redact: [] });
  return (exchange: Exchange): void => {
    const { request, response, identity, failure } = exchange;
    const status = response.writableFinished ? response.statusCode : callerGone;
    const durationMs = clock.monotonicMs() - exchange.startedAt;
    metrics.requestFinished(exchange.operation, status, durationMs);
    const line = {
      requestId: exchange.id,
      method: request.method,
      path: exchange.path.slice(0, maximumPathLength),
      operation: exchange.operation,
      status,
      durationMs: Math.round(durationMs * 100) / 100,
      address: exchange.address,
      uid: identity?.uid,
      role: identity?.role,
    };
    if (failure === undefined) lines.info(line, 'request');
    else logger.error({ ...line, err: failure }, 'request');
  };
};
