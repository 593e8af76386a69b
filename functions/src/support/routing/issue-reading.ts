import QuickLRU from 'quick-lru';
import { type CueName, cuesOf } from './issue-cues.ts';
import { contentStemsOf, type Subject, subjectOf } from './issue-topic.ts';

/** What the wording of an issue tells the policy, besides what the AI engine understands. */
export interface IssueReading {
  issue: string;
  cues: ReadonlySet<CueName>;
  subject: Subject | undefined;
  /** Stems of the telling words. */
  readonly stems: ReadonlySet<string>;
}

/** Stems are only compared with other issues of the customer, so they are made when they are asked for. */
class ReadIssue implements IssueReading {
  readonly issue: string;
  readonly cues: ReadonlySet<CueName>;
  readonly subject: Subject | undefined;
  #stems: ReadonlySet<string> | undefined;

  constructor(issue: string) {
    this.issue = issue;
    this.cues = cuesOf(issue);
    this.subject = subjectOf(issue);
  }

  get stems(): ReadonlySet<string> {
    this.#stems ??= contentStemsOf(this.issue);
    return this.#stems;
  }
}

export const readIssue = (issue: string): IssueReading => new ReadIssue(issue);

const sharedStems = (one: ReadonlySet<string>, other: ReadonlySet<string>): number => {
  let shared = 0;
  for (const stem of one) if (other.has(stem)) shared += 1;
  return shared;
};

/** Whether two issues are about the same field, or have two telling words (or the only one) in common. */
export const areRelated = (one: IssueReading, other: IssueReading): boolean => {
  const topic = one.subject?.topic;
  if (topic !== undefined && topic === other.subject?.topic) return true;
  const shared = sharedStems(one.stems, other.stems);
  return shared > 0 && shared >= Math.min(2, one.stems.size, other.stems.size);
};

const readingsKept = 5_000;
/** Longer texts are read each time: keeping them would cost more memory than reading costs time. */
const longestKept = 2_000;

/** Reads issues and remembers the latest readings. */
export const createIssueReader = (): ((issue: string) => IssueReading) => {
  const kept = new QuickLRU<string, IssueReading>({ maxSize: readingsKept });
  return (issue) => {
    const known = kept.get(issue);
    if (known !== undefined) return known;
    const reading = readIssue(issue);
    if (issue.length <= longestKept) kept.set(issue, reading);
    return reading;
  };
};
