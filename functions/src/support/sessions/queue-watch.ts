import { AppError } from '../../errors/app-error.ts';
import type { Agent, SupportSession } from '../../ports/records.ts';
import type { Logger } from '../../telemetry/logger.ts';
import { acquaintancesOf } from '../matching/acquaintance.ts';
import { gatesOf } from '../matching/eligibility.ts';
import { type Ranking, rankAgents } from '../matching/rank-agents.ts';
import { assignQueued, fallBack } from './assignment.ts';
import { orderQueue } from './queue-order.ts';
import type { SessionContext } from './session-context.ts';

/** An assignment that its agent has not opened for this long returns to the queue (rule RO6). */
export const openWithinMs = 120_000;

/** Gates relax, urgency ages and assignments fall back with time alone, so the queue is looked at this often. */
const watchEveryMs = 5_000;

const pageSize = 200;

/** Places in the queue after the last look at it. */
export interface QueueView {
  /** 1 is next; undefined for a session that did not wait then. */
  positionOf(sessionId: string): number | undefined;
  /** Places of everybody online, per channel, to estimate waits. */
  placesOn(channel: SupportSession['type']): number;
}

/** Matches waiting sessions with agents whenever something may have changed, and by the clock. */
export interface QueueWatch extends QueueView {
  start(): void;
  /** Looks at the queue soon; many calls make one look. */
  wake(): void;
  /** Looks at the queue now and waits for the result. */
  run(): Promise<void>;
  /** Ends the watching and waits for a look that is under way. */
  stop(): Promise<void>;
}

export interface QueueWatchOptions {
  context: SessionContext;
  team(): Promise<Agent[]>;
  logger: Logger;
  /** Is told after each look who still waits. */
  onLook?(waiting: readonly SupportSession[]): void;
}

const takenMeanwhile = (error: unknown): boolean =>
  error instanceof AppError &&
  ['session_not_queued', 'agent_at_capacity', 'agent_not_eligible', 'not_found', 'conflict'].includes(
    error.code,
  );

const needOf = (session: SupportSession) => ({
  channel: session.type,
  language: session.language,
  requiredSkills: session.requiredSkills,
});

const noteOf = ({ relaxed, agents: [best] }: Ranking): string | undefined =>
  relaxed !== undefined && best !== undefined && best.reasons.length > 0
    ? `${best.agent.name} ${best.reasons.join(' and ')}, but ${relaxed}`
    : undefined;

export const createQueueWatch = ({ context, team, logger, onLook }: QueueWatchOptions): QueueWatch => {
  const { store, clock } = context;
  let positions = new Map<string, number>();
  let lastTeam: Agent[] = [];
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  const readAll = async (status: 'queued' | 'active', agentId?: string): Promise<SupportSession[]> => {
    const sessions: SupportSession[] = [];
    let cursor: string | undefined;
    do {
      const page = await store.list('supportSessions', {
        where: [
          { field: 'status', operator: '==', value: status },
          ...(agentId === undefined ? [] : [{ field: 'agentId', operator: '==', value: agentId } as const]),
        ],
        orderBy: agentId === undefined ? 'queuedAt' : 'startTime',
        direction: 'ascending',
        limit: pageSize,
        cursor,
      });
      sessions.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    return sessions;
  };

  const rank = async (session: SupportSession, agents: readonly Agent[]): Promise<Ranking> =>
    rankAgents(agents, {
      ...needOf(session),
      neededSkills: session.neededSkills,
      waitedMs: clock.now() - Date.parse(session.queuedAt),
      declinedBy: session.declinedBy,
      acquaintance: await acquaintancesOf(store, session.customerId, session.preferredAgentId),
    });

  /** Assigns one session if anybody may take it; the team is updated in place. */
  const place = async (session: SupportSession, agents: Agent[]): Promise<boolean> => {
    const need = needOf(session);
    if (!agents.some((agent) => gatesOf(agent, need).hard.length === 0)) return false;
    const ranking = await rank(session, agents);
    const best = ranking.agents[0];
    if (!best?.eligible) return false;
    const note = noteOf(ranking);
    try {
      await assignQueued(context, {
        sessionId: session.id,
        agentId: best.agent.id,
        by: 'system',
        opened: false,
        ...(note !== undefined && { note }),
      });
    } catch (error) {
      if (!takenMeanwhile(error)) throw error;
      again = true;
      return false;
    }
    best.agent.open[session.type] += 1;
    return true;
  };

  const matchWaiting = async (agents: Agent[]): Promise<void> => {
    const waiting: SupportSession[] = [];
    for (const session of orderQueue(await readAll('queued'), clock.now())) {
      if (!(await place(session, agents))) waiting.push(session);
    }
    positions = new Map(waiting.map(({ id }, index) => [id, index + 1]));
    lastTeam = agents;
    onLook?.(waiting);
  };

  const returnUnopened = async (agents: readonly Agent[]): Promise<boolean> => {
    const busy = agents.filter(({ open }) => Object.values(open).some((count) => count > 0));
    let returned = false;
    for (const { id } of busy) {
      for (const session of await readAll('active', id)) {
        const overdue = clock.now() - Date.parse(session.assignedAt ?? session.queuedAt) >= openWithinMs;
        if (session.openedAt === undefined && overdue)
          returned = (await fallBack(context, session.id)) || returned;
      }
    }
    return returned;
  };

  const look = async (): Promise<void> => {
    const agents = await team();
    await matchWaiting((await returnUnopened(agents)) ? await team() : agents);
  };

  const lookUntilSettled = async (): Promise<void> => {
    do {
      again = false;
      await look();
    } while (again && !stopped);
  };

  const run = (): Promise<void> => {
    again = true;
    running ??= lookUntilSettled().finally(() => {
      running = undefined;
    });
    return running;
  };

  const wake = (): void => {
    if (stopped) return;
    run().catch((error: unknown) => logger.error({ err: error }, 'the queue could not be matched'));
  };

  return {
    positionOf: (sessionId) => positions.get(sessionId),
    placesOn: (channel) =>
      lastTeam.reduce((sum, agent) => sum + (agent.status === 'online' ? agent.capacity[channel] : 0), 0),
    start: () => {
      timer = setInterval(wake, watchEveryMs);
      timer.unref();
      wake();
    },
    wake,
    run,
    stop: async () => {
      stopped = true;
      clearInterval(timer);
      await running?.catch(() => undefined);
    },
  };
};
