import { ensureOwnOrAdmin } from '../access/ownership.ts';
import type { Cache } from '../ports/cache.ts';
import { type Clock, isoTime } from '../ports/clock.ts';
import type { Identity } from '../ports/identity.ts';
import type { RecordStore } from '../ports/record-store.ts';
import type { SessionSubscriber } from '../ports/session-events.ts';
import type { SessionAnalytics, SessionAnalyticsQuery } from '../protocol/analytics.ts';
import { rangeOf } from './analytics-range.ts';
import { createBreakdown } from './breakdown.ts';
import { readLiveCounts } from './live-counts.ts';
import type { HourRange } from './local-days.ts';
import { presentBreakdown } from './present-breakdown.ts';
import { defaultReadingLimits, type ReadingLimits, readRollups } from './rollup-reader.ts';
import { rollupWriter } from './rollup-writer.ts';

/** Scope of cached figures: whoever ends or rates a session invalidates it after the commit. */
export const analyticsScope = 'analytics';

/** How old figures may be when nobody invalidates them. */
const figuresTtlMs = 5 * 60_000;

export interface AnalyticsOptions {
  store: RecordStore;
  cache: Cache;
  clock: Clock;
  limits?: ReadingLimits;
}

/** Figures over sessions. */
export interface Analytics {
  /**
   * The figures that the user may see. AppError `forbidden` when an agent asks for another's, `validation_failed`
   * for a range that is empty, too long, or holds too much for one answer.
   */
  sessions(user: Identity, query: SessionAnalyticsQuery): Promise<SessionAnalytics>;
  /** Keeps the roll-ups; compose joins it to the sessions. */
  subscriber: SessionSubscriber;
}

type Figures = Omit<SessionAnalytics, 'live'>;

const agentOf = (user: Identity, asked: string | undefined): string | undefined => {
  if (asked !== undefined) ensureOwnOrAdmin(user, asked);
  return user.role === 'admin' ? asked : user.uid;
};

const narrow = (breakdowns: Figures['breakdowns'], group: SessionAnalyticsQuery['groupBy']) =>
  group === undefined ? breakdowns : { [group]: breakdowns[group] };

class SessionAnalyticsService implements Analytics {
  readonly subscriber = rollupWriter;
  readonly #options: Required<AnalyticsOptions>;

  constructor(options: AnalyticsOptions) {
    this.#options = { limits: defaultReadingLimits, ...options };
  }

  async sessions(user: Identity, query: SessionAnalyticsQuery): Promise<SessionAnalytics> {
    const agentId = agentOf(user, query.agent);
    const timeZone = query.timeZone ?? (await this.#shopTimeZone());
    const range = rangeOf(query, timeZone, this.#options.clock.now());
    const { store, cache } = this.#options;
    const [figures, live] = await Promise.all([
      this.#figures(range, agentId),
      readLiveCounts({ store, cache, scope: analyticsScope }, agentId),
    ]);
    return { ...figures, live, breakdowns: narrow(figures.breakdowns, query.groupBy) };
  }

  async #shopTimeZone(): Promise<string> {
    return (await this.#options.store.get('settings', 'shop'))?.timeZone ?? 'UTC';
  }

  #figures(range: HourRange, agentId: string | undefined): Promise<Figures> {
    const key = ['figures', range.from, range.to, range.timeZone, agentId ?? '*'].join('|');
    return this.#options.cache.getOrCompute({ scope: analyticsScope, key, ttlMs: figuresTtlMs }, () =>
      this.#compute(range, agentId),
    );
  }

  async #compute(range: HourRange, agentId: string | undefined): Promise<Figures> {
    const { store, clock, limits } = this.#options;
    const generatedAt = isoTime(clock.now());
    const breakdown = createBreakdown(range);
    await readRollups(store, { range, agentId, limits }, breakdown.add);
    return {
      from: isoTime(range.from),
      to: isoTime(range.to),
      timeZone: range.timeZone,
      agent: agentId ?? null,
      generatedAt,
      ...(await presentBreakdown(store, breakdown)),
    };
  }
}

/** Figures over sessions, from the hourly roll-ups alone: no session is read but for the live counts. */
export const createAnalytics = (options: AnalyticsOptions): Analytics => new SessionAnalyticsService(options);
