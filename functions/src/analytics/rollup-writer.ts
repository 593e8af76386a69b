import type { RecordWriter } from '../ports/record-store.ts';
import type { SupportSession } from '../ports/records.ts';
import type { SessionEnding, SessionSubscriber } from '../ports/session-events.ts';
import { type RollupField, type RollupSums, rollupOf } from './rollup.ts';

/** A clock that was set back in between gives 0. */
const secondsBetween = (start: string, end: string): number =>
  Math.max(0, Date.parse(end) - Date.parse(start)) / 1_000;

/** The assistant has its sessions at once; only for a person does anybody wait. */
const waited = ({ agentId, assignedAt, queuedAt }: SupportSession): Partial<RollupSums> =>
  agentId === undefined || assignedAt === undefined
    ? {}
    : { waitSum: secondsBetween(queuedAt, assignedAt), waitCount: 1 };

const responded = ({ session, firstMessageAt }: SessionEnding): Partial<RollupSums> => {
  const firstLookAt = session.agentId === undefined ? undefined : session.openedAt;
  const respondedAt = firstMessageAt ?? firstLookAt;
  if (respondedAt === undefined) return {};
  return { firstResponseSum: secondsBetween(session.startTime, respondedAt), firstResponseCount: 1 };
};

const lasted = (session: SupportSession): Partial<RollupSums> =>
  session.duration === undefined ? {} : { durationSum: Math.max(0, session.duration), durationCount: 1 };

const rated = (satisfaction: number | undefined): Partial<RollupSums> =>
  satisfaction === undefined ? {} : { ratingSum: satisfaction, ratingCount: 1 };

/**
 * What one ended session adds, times in seconds: the wait is assigned minus queued, the first response is the
 * agent's first message (the first look where there was none) minus opened, the duration is the session's own.
 * What did not happen adds nothing to its sum and its count.
 */
const endingSums = (ending: SessionEnding): Partial<RollupSums> => {
  const { session } = ending;
  return {
    ended: 1,
    ...(session.resolution === undefined ? {} : { [session.resolution]: 1 }),
    ...(session.handovers > 0 ? { handedOver: 1 } : {}),
    ...waited(session),
    ...responded(ending),
    ...lasted(session),
    ...rated(session.satisfaction),
  };
};

const add = (writer: RecordWriter, session: SupportSession, sums: Partial<RollupSums>): void => {
  if (session.endedAt === undefined) return;
  writer.increment(
    'analyticsRollups',
    rollupOf(session, session.endedAt, sums),
    Object.keys(sums) as RollupField[],
  );
};

/**
 * Keeps the hourly roll-ups in the very transaction that ends or rates a session (rule RE5). A rating counts in
 * the hour in which its session ended, however late it comes, so that rated / ended is a share.
 */
export const rollupWriter: Required<SessionSubscriber> = {
  ending: (writer, ending) => add(writer, ending.session, endingSums(ending)),
  rated: (writer, { session, satisfaction }) => add(writer, session, rated(satisfaction)),
};
