import type { ModuleContent, TrainingCategory } from '../protocol/training.ts';
import type { ModuleFact } from './records.ts';

/** A module as it was made from facts; which module it belongs to follows from source, category and type. */
export interface ModuleDraft {
  title: string;
  category: TrainingCategory;
  content: ModuleContent;
}

/** A fact of a document: what rests on an earlier state of it, or of what it replaces, is not true any more. */
export interface ToldFact extends ModuleFact {
  /** Id of the fact about what this one was called before. */
  replaces?: string | undefined;
  /** What has changed, as a sentence; undefined where no sentence says no more than the fact. */
  say(): string | undefined;
}

/** What a document says for training. */
export interface TrainingUpdate {
  /** Name of the repository. */
  source: string;
  /** Every fact of the document. */
  facts: readonly ToldFact[];
  modules: readonly ModuleDraft[];
}

/** Keeps training in step with documents: documentation tells, training follows. */
export interface TrainingUpkeep {
  /** Makes and updates modules; the same update again changes nothing. Gives the ids of what has changed. */
  apply(update: TrainingUpdate): Promise<string[]>;
}
