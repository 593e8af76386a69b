import type { ClientEventName } from '../../protocol/realtime.ts';

/** So many events a second for long, and so many at once after a rest. */
export interface Rate {
  perSecond: number;
  burst: number;
}

/** Events that are counted together. */
export type RateClass =
  | 'cursor'
  | 'operations'
  | 'chat'
  | 'reads'
  | 'previews'
  | 'calls'
  | 'signals'
  | 'others';

/** Beside the classes: how many refused events a connection may have before it is taken for abuse. */
export type EventRates = Record<RateClass | 'refusals', Rate>;

/** The rates of rule RT10; reads cost the most, so they are the fewest. */
export const defaultEventRates: EventRates = {
  cursor: { perSecond: 40, burst: 40 },
  operations: { perSecond: 20, burst: 60 },
  chat: { perSecond: 5, burst: 10 },
  reads: { perSecond: 5, burst: 30 },
  previews: { perSecond: 4, burst: 8 },
  calls: { perSecond: 2, burst: 10 },
  // Each of the two finds dozens of ways at once, and tells each of them by itself.
  signals: { perSecond: 30, burst: 120 },
  others: { perSecond: 20, burst: 40 },
  refusals: { perSecond: 40, burst: 400 },
};

const classes: Partial<Record<ClientEventName, RateClass>> = {
  'cursor:move': 'cursor',
  'annotation:draw': 'cursor',
  'annotation:add': 'operations',
  'annotation:update': 'operations',
  'annotation:delete': 'operations',
  'annotation:clear': 'operations',
  'annotation:resolve': 'operations',
  'comment:add': 'chat',
  'chat:message': 'chat',
  'session:join': 'reads',
  'session:sync': 'reads',
  'support:preview': 'previews',
  'call:invite': 'calls',
  'call:accept': 'calls',
  'call:decline': 'calls',
  'call:end': 'calls',
  'call:signal': 'signals',
};

export const rateClassOf = (event: ClientEventName): RateClass => classes[event] ?? 'others';

/** A token bucket: one number and one time, whatever the rate. */
class Bucket {
  #tokens: number;
  #filledAt: number;

  constructor(burst: number, nowMs: number) {
    this.#tokens = burst;
    this.#filledAt = nowMs;
  }

  /** 0 when the event may pass, else the milliseconds until one may. */
  take({ perSecond, burst }: Rate, nowMs: number): number {
    this.#tokens = Math.min(burst, this.#tokens + ((nowMs - this.#filledAt) / 1_000) * perSecond);
    this.#filledAt = nowMs;
    if (this.#tokens < 1) return Math.max(1, Math.ceil(((1 - this.#tokens) / perSecond) * 1_000));
    this.#tokens -= 1;
    return 0;
  }
}

/** What one connection has used of its rates; buckets are made when they are first needed. */
export class ConnectionRates {
  readonly #buckets = new Map<keyof EventRates, Bucket>();
  readonly #rates: EventRates;

  constructor(rates: EventRates) {
    this.#rates = rates;
  }

  /** 0 when the event may pass, else the milliseconds until the next of its class may. */
  take(name: keyof EventRates, nowMs: number): number {
    const rate = this.#rates[name];
    let bucket = this.#buckets.get(name);
    if (bucket === undefined) {
      bucket = new Bucket(rate.burst, nowMs);
      this.#buckets.set(name, bucket);
    }
    return bucket.take(rate, nowMs);
  }

  /** Counts a refused event; false when there were so many that it is abuse. */
  refuse(nowMs: number): boolean {
    return this.take('refusals', nowMs) === 0;
  }
}
