/** What came back of one kind of request. */
export interface Entry {
  /** From the moment at which the request was due, so that waiting for a slow server counts. */
  latenciesMs: number[];
  /** Replies by status; `failed` are connections that broke. */
  outcomes: Map<string, number>;
}

/** Takes down each request, by its kind. */
export class Journal {
  readonly entries = new Map<string, Entry>();

  note(kind: string, outcome: string, latencyMs: number): void {
    const entry: Entry = this.entries.get(kind) ?? { latenciesMs: [], outcomes: new Map() };
    this.entries.set(kind, entry);
    entry.latenciesMs.push(latencyMs);
    entry.outcomes.set(outcome, (entry.outcomes.get(outcome) ?? 0) + 1);
  }
}
