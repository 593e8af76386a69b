/** A start that cannot be, or would break a guarantee: one sentence that says why and what to do. */
export class StartRefusal extends Error {
  override readonly name = 'StartRefusal';
}
