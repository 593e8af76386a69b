import type { Fact } from '../protocol/facts.ts';

/** A sentence to be told better. */
export interface SentenceDraft {
  /** Names it within its request. */
  id: string;
  text: string;
  /** All that it may speak of. */
  facts: readonly Fact[];
  /** Why the last wording was refused. */
  complaint?: string | undefined;
}

/**
 * Words the same facts better than a template can. Whatever it answers is a suggestion: a gate stands behind it,
 * and a sentence that it leaves out stays as it was.
 */
export interface SentenceRewriter {
  /** Changes whenever it would answer otherwise. */
  version: string;
  /** New wordings by id. Fails with AiEngineFailure, or with the signal's own reason. */
  rewrite(
    drafts: readonly SentenceDraft[],
    options?: { signal?: AbortSignal | undefined },
  ): Promise<ReadonlyMap<string, string>>;
}
