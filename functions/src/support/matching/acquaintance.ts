import type { RecordReader } from '../../ports/record-store.ts';
import type { Acquaintance } from './agent-score.ts';

const contentFrom = 4;
const discontentTo = 2;
const sessionsRemembered = 20;

const judge = (satisfaction: number | undefined): Acquaintance => {
  if (satisfaction === undefined) return 'unknown';
  if (satisfaction >= contentFrom) return 'content';
  return satisfaction <= discontentTo ? 'discontent' : 'unknown';
};

/**
 * What a customer's last sessions say of each agent; the latest rating of an agent counts, and an agent who was
 * asked for beats them all.
 */
export const acquaintancesOf = async (
  reader: RecordReader,
  customerId: string,
  askedFor: string | undefined,
): Promise<(agentId: string) => Acquaintance> => {
  const { items } = await reader.list('supportSessions', {
    where: [{ field: 'customerId', operator: '==', value: customerId }],
    orderBy: 'startTime',
    direction: 'descending',
    limit: sessionsRemembered,
  });
  const known = new Map<string, Acquaintance>();
  for (const { agentId, satisfaction } of items) {
    const judgement = judge(satisfaction);
    if (agentId !== undefined && judgement !== 'unknown' && !known.has(agentId))
      known.set(agentId, judgement);
  }
  if (askedFor !== undefined) known.set(askedFor, 'asked-for');
  return (agentId) => known.get(agentId) ?? 'unknown';
};
