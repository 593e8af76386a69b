/** Where a cached value belongs. */
export interface CacheEntry {
  /** What a write invalidates as a whole, e.g. `articles` or `session:ID`. */
  scope: string;
  /** Which value of the scope. */
  key: string;
  ttlMs: number;
}

/**
 * Keeps computed values for a while. Values are JSON data and are shared: who reads one must not change it.
 * A cache that is down computes each time; it never fails a request.
 */
export interface Cache {
  /** The cached value, or what `compute` gives; concurrent misses of one entry make one computation. */
  getOrCompute<Value>(entry: CacheEntry, compute: () => Promise<Value>): Promise<Value>;
  /** Forgets every value of these scopes on every node; a computation under way is not kept either. */
  invalidate(scopes: readonly string[]): Promise<void>;
  close(): Promise<void>;
}
