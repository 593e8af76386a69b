/** Knows who was heard of lately, on whatever node. */
export interface SignsOfLife {
  /** This user is here right now. Never waits and never fails: what is lost is said again soon. */
  note(userId: string): void;
  /**
   * Those of the users who were heard of within the last `withinMs`. Where other nodes cannot be heard, this node
   * answers from what it knows itself.
   */
  within(userIds: readonly string[], withinMs: number): Promise<ReadonlySet<string>>;
}
