import type { SupportSession } from '../../ports/records.ts';
import { urgencies } from '../../protocol/enumerations.ts';

/** Waiting that lifts a session by one level of urgency, without end, so that nobody waits for ever. */
export const levelAfterMs = 15 * 60_000;

/** Level of urgency with the waiting counted in. */
const agedLevel = (
  { urgency, queuedAt }: Pick<SupportSession, 'urgency' | 'queuedAt'>,
  now: number,
): number =>
  urgencies.indexOf(urgency) + Math.max(0, Math.floor((now - Date.parse(queuedAt)) / levelAfterMs));

/** Orders a queue: by aged urgency, then by who has waited longest (rule RO7). */
export const orderQueue = <Waiting extends Pick<SupportSession, 'id' | 'urgency' | 'queuedAt'>>(
  waiting: readonly Waiting[],
  now: number,
): Waiting[] => {
  const levels = new Map(waiting.map((session) => [session.id, agedLevel(session, now)]));
  const level = ({ id }: Waiting): number => levels.get(id) ?? 0;
  return [...waiting].sort(
    (a, b) =>
      level(b) - level(a) ||
      (a.queuedAt < b.queuedAt ? -1 : Number(a.queuedAt > b.queuedAt)) ||
      (a.id < b.id ? -1 : 1),
  );
};
