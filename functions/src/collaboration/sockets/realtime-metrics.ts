import { Counter, Gauge, type Registry } from 'prom-client';
import type { ErrorCode } from '../../protocol/error-codes.ts';
import type { ClientEventName } from '../../protocol/realtime.ts';

export interface RealtimeCounts {
  connections: number;
  /** Sessions that somebody is in. */
  sessions: number;
  slowReaders: number;
}

/** Figures of the door; labels are names of the protocol, never what a client made up. */
export interface RealtimeMetrics {
  received(event: ClientEventName | 'unknown'): void;
  refused(code: ErrorCode): void;
}

/** Counts in plain numbers and hands them over when somebody asks, because labels cost more than counting. */
const createTally = (registry: Registry, name: string, help: string, label: string) => {
  const tally = new Map<string, number>();
  new Counter({
    name,
    help,
    labelNames: [label],
    registers: [registry],
    collect() {
      this.reset();
      for (const [value, count] of tally) this.inc({ [label]: value }, count);
    },
  });
  return (value: string) => {
    tally.set(value, (tally.get(value) ?? 0) + 1);
  };
};

export const createRealtimeMetrics = (registry: Registry, counts: () => RealtimeCounts): RealtimeMetrics => {
  const gauge = (name: string, help: string, value: keyof RealtimeCounts) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(counts()[value]);
      },
    });
  gauge('realtime_connections', 'Authenticated socket connections', 'connections');
  gauge('realtime_sessions', 'Sessions that somebody has joined', 'sessions');
  gauge('realtime_slow_readers', 'Connections that do not keep up', 'slowReaders');
  return {
    received: createTally(registry, 'realtime_events_total', 'Events received from clients', 'event'),
    refused: createTally(registry, 'realtime_refusals_total', 'Events that were refused', 'code'),
  };
};
