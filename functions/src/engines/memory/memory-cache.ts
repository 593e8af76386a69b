import QuickLRU from 'quick-lru';
import type { Cache, CacheEntry } from '../../ports/cache.ts';
import type { Clock } from '../../ports/clock.ts';

export interface MemoryCacheOptions {
  clock: Clock;
  /** Values that are kept at least; up to twice as many are, the least recently used go first. */
  maximumEntries?: number;
}

interface Kept {
  scope: string;
  value: unknown;
  expiresAt: number;
}

interface Computation {
  scope: string;
  promise: Promise<unknown>;
}

const addressOf = (entry: CacheEntry): string => `${entry.scope}\n${entry.key}`;

/** Keeps values in this process; expiry follows the monotonic clock, so a jump of the wall clock changes nothing. */
class MemoryCache implements Cache {
  readonly #clock: Clock;
  readonly #kept: QuickLRU<string, Kept>;
  readonly #addressesOfScope = new Map<string, Set<string>>();
  readonly #underWay = new Map<string, Computation>();

  constructor({ clock, maximumEntries = 10_000 }: MemoryCacheOptions) {
    this.#clock = clock;
    this.#kept = new QuickLRU({
      maxSize: maximumEntries,
      onEviction: (address, kept) => this.#forgetEvicted(address, kept),
    });
  }

  async getOrCompute<Value>(entry: CacheEntry, compute: () => Promise<Value>): Promise<Value> {
    const address = addressOf(entry);
    const kept = this.#kept.get(address);
    if (kept !== undefined && kept.expiresAt > this.#clock.monotonicMs()) return kept.value as Value;
    const running = this.#underWay.get(address) ?? this.#start(address, entry, compute);
    return running.promise as Promise<Value>;
  }

  async invalidate(scopes: readonly string[]): Promise<void> {
    for (const scope of scopes) {
      for (const address of this.#addressesOfScope.get(scope) ?? []) this.#kept.delete(address);
      this.#addressesOfScope.delete(scope);
    }
    for (const [address, computation] of this.#underWay) {
      if (scopes.includes(computation.scope)) this.#underWay.delete(address);
    }
  }

  async close(): Promise<void> {
    this.#kept.clear();
    this.#addressesOfScope.clear();
    this.#underWay.clear();
  }

  #start(address: string, entry: CacheEntry, compute: () => Promise<unknown>): Computation {
    const computation: Computation = {
      scope: entry.scope,
      promise: compute().then(
        (value) => {
          // Invalidation takes the computation off the list: what it read may be out of date.
          if (this.#finish(address, computation)) this.#keep(address, entry, value);
          return value;
        },
        (error: unknown) => {
          this.#finish(address, computation);
          throw error;
        },
      ),
    };
    this.#underWay.set(address, computation);
    return computation;
  }

  #finish(address: string, computation: Computation): boolean {
    return this.#underWay.get(address) === computation && this.#underWay.delete(address);
  }

  #keep(address: string, entry: CacheEntry, value: unknown): void {
    const addresses = this.#addressesOfScope.get(entry.scope) ?? new Set();
    this.#addressesOfScope.set(entry.scope, addresses.add(address));
    this.#kept.set(address, {
      scope: entry.scope,
      value,
      expiresAt: this.#clock.monotonicMs() + entry.ttlMs,
    });
  }

  #forgetEvicted(address: string, kept: Kept): void {
    // A value that was replaced while it was among the old ones is evicted beside the one that counts.
    if (this.#kept.peek(address) !== kept) return;
    const addresses = this.#addressesOfScope.get(kept.scope);
    addresses?.delete(address);
    if (addresses?.size === 0) this.#addressesOfScope.delete(kept.scope);
  }
}

export const createMemoryCache = (options: MemoryCacheOptions): Cache => new MemoryCache(options);
