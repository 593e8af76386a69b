import type { ReadFacts } from './facts/fact.ts';

/** Both ends of a range, found. */
export interface FoundRange {
  from?: string | undefined;
  to: string;
}

/** A repository that documentation may read. */
export interface Repository {
  /** AppError `validation_failed` for a reference that is not there. */
  resolve(range: { from?: string | undefined; to?: string | undefined }): Promise<FoundRange>;
  readFacts: ReadFacts;
  /** Whether the other commit comes after this one in its history; false when one of them is not there. */
  isBefore(commit: string, other: string): Promise<boolean>;
}

/** The repositories of DOCS_REPOSITORIES by name, in their order. Nothing else can be read over the network. */
export type Repositories = ReadonlyMap<string, Repository>;
