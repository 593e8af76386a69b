/**
 * Keeps what was found in contents that never change, by a key that names content and finder. It may forget
 * anything at any time; what it gives is what was put.
 */
export interface AnalysisCache {
  get(key: string): string | undefined;
  put(key: string, value: string): void;
  /** Writes down what was put, where the engine has a place for it. */
  flush(): Promise<void>;
}
