import QuickLRU from 'quick-lru';
import { newId } from '../../ids/new-id.ts';
import type { Cache, CacheEntry } from '../../ports/cache.ts';
import type { Clock } from '../../ports/clock.ts';
import type { RedisConnection } from './redis-connection.ts';

export interface RedisCacheOptions {
  redis: RedisConnection;
  clock: Clock;
  /** Values that are kept in this process at least; up to twice as many are. */
  maximumEntries?: number;
}

interface Kept {
  value: unknown;
  expiresAt: number;
}

/** Longer than any value lives, so that a version that is forgotten has no values left. */
const versionTtlMs = 7 * 86_400_000;

/**
 * Two levels: values in this process and in Redis. Every scope has a version there, and a value's key holds the
 * version that was read before it was computed. An invalidation only writes a new version, so no node can read an
 * old value once it is done, and a computation that was under way keeps its result where nobody looks.
 */
class RedisCache implements Cache {
  readonly #redis: RedisConnection;
  readonly #clock: Clock;
  readonly #kept: QuickLRU<string, Kept>;
  readonly #underWay = new Map<string, Promise<unknown>>();
  /** Scopes that were changed while Redis was gone: what it still holds of them is old. */
  readonly #owed = new Set<string>();
  readonly #stop: () => void;

  constructor({ redis, clock, maximumEntries = 10_000 }: RedisCacheOptions) {
    this.#redis = redis;
    this.#clock = clock;
    this.#kept = new QuickLRU({ maxSize: maximumEntries });
    this.#stop = redis.onReturn(() => {
      const owed = [...this.#owed];
      this.#owed.clear();
      void this.invalidate(owed);
    });
  }

  async getOrCompute<Value>(entry: CacheEntry, compute: () => Promise<Value>): Promise<Value> {
    const version = await this.#version(entry.scope);
    // Without Redis nobody knows what other nodes have written: only those who ask at the same time share.
    const address = `${this.#redis.prefix}cache:${version ?? 'unknown'}:${entry.scope}:${entry.key}`;
    const kept = version === undefined ? undefined : this.#kept.get(address);
    if (kept !== undefined && kept.expiresAt > this.#clock.monotonicMs()) return kept.value as Value;
    const running = this.#underWay.get(address);
    if (running !== undefined) return running as Promise<Value>;
    const finding = (version === undefined ? compute() : this.#find(address, entry.ttlMs, compute)).finally(
      () => this.#underWay.delete(address),
    );
    this.#underWay.set(address, finding);
    return finding;
  }

  async invalidate(scopes: readonly string[]): Promise<void> {
    if (scopes.length === 0) return;
    const renew = this.#redis.run((client) => {
      const renewal = client.multi();
      for (const scope of scopes) renewal.set(this.#versionKey(scope), newId(), { PX: versionTtlMs });
      return renewal.exec();
    });
    await renew.catch(() => {
      for (const scope of scopes) this.#owed.add(scope);
    });
  }

  async close(): Promise<void> {
    this.#stop();
    this.#kept.clear();
  }

  #versionKey(scope: string): string {
    return `${this.#redis.prefix}version:${scope}`;
  }

  /** Undefined while Redis is gone. */
  async #version(scope: string): Promise<string | undefined> {
    if (!this.#redis.healthy()) return undefined;
    // A version that is missing is made anew, so that one that was evicted never comes to life again.
    const fresh = newId();
    const read = this.#redis.run((client) =>
      client.set(this.#versionKey(scope), fresh, { condition: 'NX', GET: true, PX: versionTtlMs }),
    );
    return read.then((version) => version ?? fresh).catch(() => undefined);
  }

  async #find<Value>(address: string, ttlMs: number, compute: () => Promise<Value>): Promise<Value> {
    const found = await this.#read(address);
    if (found !== undefined) return found.value as Value;
    const value = await compute();
    this.#keep(address, value, ttlMs);
    const write = this.#redis.run((client) => client.set(address, JSON.stringify({ value }), { PX: ttlMs }));
    await write.catch(() => undefined);
    return value;
  }

  /** A value that another node, or this one before it was restarted, has computed. */
  async #read(address: string): Promise<{ value: unknown } | undefined> {
    const read = this.#redis.run((client) => client.multi().get(address).pTTL(address).exec());
    const [text, leftMs] = await read.catch(() => []);
    if (typeof text !== 'string') return undefined;
    const found = JSON.parse(text) as { value: unknown };
    this.#keep(address, found.value, Number(leftMs));
    return found;
  }

  #keep(address: string, value: unknown, ttlMs: number): void {
    this.#kept.set(address, { value, expiresAt: this.#clock.monotonicMs() + ttlMs });
  }
}

export const createRedisCache = (options: RedisCacheOptions): Cache => new RedisCache(options);
