import type { ObjectId } from '../../../ports/history.ts';
import type { MessageReading } from '../messages/message-entry.ts';

/** What is remembered of a commit while the history streams by. */
export interface CommitNote {
  id: ObjectId;
  isMerge: boolean;
  /** None came before it, or what came before is missing in this clone. */
  isFirst: boolean;
  reading: MessageReading;
  /** First line of the message as it stands, for reverts that name it. */
  title: string;
  /** Feature folder that most of its files lie in. */
  scope?: string;
  touchesInterface: boolean;
}

/** One version of a file that facts rest on: what a commit made of it. */
export interface FileVersion {
  /** Place of the commit in the history, from 0 for the oldest. */
  commit: number;
  /** The traced file as facts name it. */
  file: string;
  /** Where it lay then: it may have moved since. */
  path: string;
  before?: ObjectId;
  after?: ObjectId;
}
