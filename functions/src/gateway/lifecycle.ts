/** Where a server is in its life. Only `ready` takes work; probes are answered always. */
export interface Lifecycle {
  state: 'starting' | 'ready' | 'draining';
}

export const createLifecycle = (): Lifecycle => ({ state: 'starting' });
