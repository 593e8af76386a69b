import { AppError } from '../../errors/app-error.ts';
import { type Clock, isoTime } from '../../ports/clock.ts';
import { allRecords } from '../../ports/every-record.ts';
import type { Page, RecordStore } from '../../ports/record-store.ts';
import type { Agent } from '../../ports/records.ts';
import type { UpdateAgent } from '../../protocol/agents.ts';
import type { PageQuery } from '../../protocol/common.ts';
import type { TeamMember } from '../matching/eligibility.ts';
import type { Attendance } from './attendance.ts';
import { retireAgent } from './retire-agent.ts';

/** The people who answer. */
export interface AgentService {
  list(query: PageQuery): Promise<Page<Agent>>;
  /** Everybody, for matching, and whether they are there. */
  team(): Promise<TeamMember[]>;
  /** Makes the record of a new agent, or gives the one that is there. */
  ensure(uid: string, name: string): Promise<Agent>;
  /** Takes somebody off the team; their sessions return to the queue. */
  retire(uid: string): Promise<void>;
  /** AppError `not_found` when there is no such agent. */
  update(id: string, change: UpdateAgent): Promise<Agent>;
}

export interface AgentServiceOptions {
  store: RecordStore;
  clock: Clock;
  attendance: Pick<Attendance, 'absent'>;
  /** Told after an agent changed, since the queue may move then. */
  onChange(): void;
}

const byName = { orderBy: 'name', direction: 'ascending' } as const;

/** Somebody who has just joined the team and is not there yet. */
export const newAgent = (id: string, name: string, now: number): Agent => ({
  id,
  name,
  skills: [],
  languages: ['en'],
  capacity: { 'ai-chatbot': 5, 'live-chat': 3, 'co-browse': 1, 'video-call': 1 },
  open: { 'ai-chatbot': 0, 'live-chat': 0, 'co-browse': 0, 'video-call': 0 },
  status: 'offline',
  ratingSum: 0,
  ratingCount: 0,
  idleSince: isoTime(now),
});

const defined = <Fields extends object>(fields: Fields) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Field in keyof Fields]?: Exclude<Fields[Field], undefined>;
  };

/** Whoever comes online begins to be idle then, and is not put before those who have been there all the time. */
const idleSinceNow = (agent: Agent, { status }: UpdateAgent, now: number): Partial<Agent> =>
  status === 'online' && agent.status !== 'online' ? { idleSince: isoTime(now) } : {};

export const createAgentService = ({
  store,
  clock,
  attendance,
  onChange,
}: AgentServiceOptions): AgentService => {
  const team = async (): Promise<TeamMember[]> => {
    const agents = await allRecords(store, 'agents', byName);
    const absent = await attendance.absent(agents.map(({ id }) => id));
    return agents.map((agent) => (absent.has(agent.id) ? { ...agent, absent: true } : agent));
  };

  return {
    list: ({ limit, cursor }) => store.list('agents', { ...byName, limit, cursor }),
    team,
    ensure: (uid, name) =>
      store.transaction(async (transaction) => {
        const existing = await transaction.get('agents', uid);
        if (existing) return existing;
        const agent = newAgent(uid, name, clock.now());
        transaction.create('agents', agent);
        return agent;
      }),
    retire: async (uid) => {
      await retireAgent({ store, clock }, uid);
      onChange();
    },
    update: async (id, change) => {
      const changed = await store.transaction(async (transaction) => {
        const agent = await transaction.get('agents', id);
        if (!agent) throw new AppError('not_found', 'There is no agent with this id.');
        const next: Agent = { ...agent, ...defined(change), ...idleSinceNow(agent, change, clock.now()) };
        transaction.put('agents', next);
        return next;
      });
      onChange();
      return changed;
    },
  };
};
