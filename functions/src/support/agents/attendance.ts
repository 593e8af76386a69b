import type { Clock } from '../../ports/clock.ts';
import type { SignsOfLife } from '../../ports/signs-of-life.ts';

/** An agent who was not heard of for this long gets nothing new (rule RO6). */
export const absentAfterMs = 60_000;

/** Which agents are there, whatever status they have set. */
export interface Attendance {
  /** An open socket or a request of an agent. */
  heard(agentId: string): void;
  /** Takes agents for there until they are first heard of: those of a demo, whom nobody may be playing yet. */
  excuse(agentIds: readonly string[]): void;
  /** Those of the agents who are not there. */
  absent(agentIds: readonly string[]): Promise<ReadonlySet<string>>;
}

export interface AttendanceOptions {
  signs: SignsOfLife;
  clock: Clock;
  /** Told when somebody is there again, since the queue may move then. */
  onReturn(): void;
}

/**
 * After a start nobody is absent before they had the time to come back; that holds for agents who only send
 * requests as well.
 */
export const createAttendance = ({ signs, clock, onReturn }: AttendanceOptions): Attendance => {
  const startedAtMs = clock.monotonicMs();
  const excused = new Set<string>();
  const heardAtMs = new Map<string, number>();
  return {
    heard: (agentId) => {
      const nowMs = clock.monotonicMs();
      const before = heardAtMs.get(agentId) ?? startedAtMs;
      heardAtMs.set(agentId, nowMs);
      excused.delete(agentId);
      signs.note(agentId);
      if (nowMs - before >= absentAfterMs) onReturn();
    },
    excuse: (agentIds) => {
      for (const agentId of agentIds) excused.add(agentId);
    },
    absent: async (agentIds) => {
      if (clock.monotonicMs() - startedAtMs < absentAfterMs) return new Set();
      const there = await signs.within(agentIds, absentAfterMs);
      return new Set(agentIds.filter((agentId) => !there.has(agentId) && !excused.has(agentId)));
    },
  };
};
