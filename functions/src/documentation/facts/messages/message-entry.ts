import type { FactReference } from '../../../protocol/facts.ts';

export type MessageKind = 'feature' | 'bug-fix' | 'improvement' | 'other';

/** One thing that a commit message says was done; a squashed commit says several. */
export interface MessageEntry {
  kind: MessageKind;
  /** The kind stands in the message; otherwise it was concluded. */
  conventional: boolean;
  scope?: string;
  /** Cleaned phrase without a full stop. */
  phrase: string;
  breaking: boolean;
  /** Further cleaned sentences, such as how to migrate. */
  details: string[];
  references: FactReference[];
}

/** What a message says as a whole. */
export interface MessageReading {
  entries: MessageEntry[];
  coAuthors: string[];
  /** The commit that this one takes back: its id, or its first line. */
  reverts?: { id?: string; title?: string };
  conventional: boolean;
}
