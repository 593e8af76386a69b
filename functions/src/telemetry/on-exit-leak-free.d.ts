/** The package has no types of its own. */
declare module 'on-exit-leak-free' {
  /** Calls `work` when the process ends by itself or by `process.exit`, unless the object was collected before. */
  export const register: <Held extends object>(
    held: Held,
    work: (held: Held, event: 'exit' | 'beforeExit') => void,
  ) => void;
}
