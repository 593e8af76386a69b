import { AppError } from '../../errors/app-error.ts';
import type { RefusedAck } from '../../protocol/realtime.ts';
import { refusalOf } from '../rooms/refusal.ts';
import type { ClientHandlers, ClientHandlersOptions } from './client-handlers.ts';
import type { Connection } from './connection.ts';
import { rateClassOf } from './event-rates.ts';
import { isClientEvent, readEvent } from './read-event.ts';
import type { RealtimeMetrics } from './realtime-metrics.ts';
import { expiredToken } from './token-watch.ts';

export interface EventIntakeOptions extends Pick<ClientHandlersOptions, 'clock' | 'logger'> {
  handlers: ClientHandlers;
  metrics: RealtimeMetrics;
}

type Ack = (answer: object) => void;

/** A flood over a rate is answered with an `error` event at most this often. */
const tellLimitEveryMs = 1_000;

/** Takes events in: guards them by rate and schema, hands them to their handlers and answers them. */
export class EventIntake {
  readonly #options: EventIntakeOptions;
  #draining = false;
  #inFlight = 0;
  #whenIdle = () => {};

  constructor(options: EventIntakeOptions) {
    this.#options = options;
  }

  /** Takes an event as it came in; never throws and never waits before a durable operation is handed on. */
  receive(connection: Connection, event: string, values: unknown[]): void {
    const last = values.at(-1);
    const ack = typeof last === 'function' ? (last as Ack) : undefined;
    const payloads = ack === undefined ? values : values.slice(0, -1);
    try {
      const answer = this.#handle(connection, event, payloads, ack);
      if (answer instanceof Promise) void this.#follow(answer, connection, event, ack);
      else if (answer !== undefined) ack?.(answer);
    } catch (error) {
      this.#refuse(connection, event, error, ack);
    }
  }

  /** Refuses what comes from now on, and waits for what is under way. */
  drain(): Promise<void> {
    this.#draining = true;
    return new Promise<void>((resolve) => {
      this.#whenIdle = resolve;
      if (this.#inFlight === 0) resolve();
    });
  }

  #handle(connection: Connection, event: string, payloads: unknown[], ack: Ack | undefined) {
    const { clock, handlers, metrics } = this.#options;
    const known = isClientEvent(event);
    metrics.received(known ? event : 'unknown');
    if (this.#draining) {
      throw new AppError('unavailable', 'The server stops: connect again.', { retryAfterMs: 1_000 });
    }
    if (clock.now() >= connection.expiresAt) throw expiredToken();
    const retryAfterMs = connection.rates.take(known ? rateClassOf(event) : 'others', clock.monotonicMs());
    if (retryAfterMs > 0)
      throw new AppError('rate_limited', 'Too many events at once: wait.', { retryAfterMs });
    if (!known) throw new AppError('unknown_event', 'The server has no event of this name.');
    const input = readEvent(event, payloads);
    // The schema of an event has just made sure that its handler may be called with the input.
    const handler = handlers[event] as (
      connection: Connection,
      input: unknown,
      answer: Ack,
    ) => object | undefined | Promise<object | undefined>;
    return handler(connection, input, (value) => this.#answer(connection, event, value, ack));
  }

  async #follow(
    work: Promise<object | undefined>,
    connection: Connection,
    event: string,
    ack: Ack | undefined,
  ): Promise<void> {
    this.#inFlight += 1;
    try {
      const value = await work;
      if (value !== undefined) this.#answer(connection, event, value, ack);
    } catch (error) {
      this.#refuse(connection, event, error, ack);
    }
    this.#inFlight -= 1;
    if (this.#inFlight === 0) this.#whenIdle();
  }

  /** Answers; a refusal that nobody waits for is told as `error`. */
  #answer(connection: Connection, event: string, value: object, ack: Ack | undefined): void {
    if ('ok' in value && value.ok === false) this.#refused(connection, event, value as RefusedAck, ack);
    else ack?.(value);
  }

  #refuse(connection: Connection, event: string, error: unknown, ack: Ack | undefined): void {
    if (!(error instanceof AppError)) {
      this.#options.logger.error(
        { err: error, event: isClientEvent(event) ? event : 'unknown' },
        'an event failed',
      );
    }
    this.#refused(connection, event, refusalOf(error), ack);
  }

  #refused(connection: Connection, event: string, refusal: RefusedAck, ack: Ack | undefined): void {
    const { clock, metrics, logger } = this.#options;
    const nowMs = clock.monotonicMs();
    metrics.refused(refusal.code);
    if (ack !== undefined) ack(refusal);
    else if (refusal.code !== 'rate_limited' || nowMs - connection.limitToldAt >= tellLimitEveryMs) {
      if (refusal.code === 'rate_limited') connection.limitToldAt = nowMs;
      connection.link.emit({ event: 'error', payload: { ...refusal, event: event.slice(0, 64) } });
    }
    if (connection.rates.refuse(nowMs) || connection.closed) return;
    logger.warn({ userId: connection.identity.uid }, 'a connection was closed for abuse');
    connection.link.cut();
  }
}
