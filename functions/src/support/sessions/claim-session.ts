import { AppError } from '../../errors/app-error.ts';
import type { Identity } from '../../ports/identity.ts';
import type { Agent, SupportSession } from '../../ports/records.ts';
import { gatesOf, relaxationOf, type TeamMember } from '../matching/eligibility.ts';
import { assignSession, ensureQueued } from './assignment.ts';
import { readSession, type SessionContext } from './session-context.ts';
import { appendToLog } from './session-log.ts';

export interface ClaimOptions {
  context: SessionContext;
  team(): Promise<TeamMember[]>;
}

const ensureSuits = (
  agent: Agent,
  session: SupportSession,
  team: readonly TeamMember[],
  now: number,
): void => {
  const need = { channel: session.type, language: session.language, requiredSkills: session.requiredSkills };
  const { soft } = gatesOf(agent, need);
  const relaxed = relaxationOf(team, need, now - Date.parse(session.queuedAt)) !== undefined;
  if (soft.length > 0 && !relaxed) {
    throw new AppError(
      'agent_not_eligible',
      `${agent.name} ${soft.join(' and ')}: leave it to somebody who fits.`,
    );
  }
};

/** Lets an eligible agent take a queued session (rule RO7). */
export const createClaim =
  ({ context, team }: ClaimOptions) =>
  async (user: Identity, id: string): Promise<SupportSession> => {
    const everybody = await team();
    const claimed = await context.store.transaction(async (transaction) => {
      const session = await readSession(transaction, id);
      ensureQueued(session);
      const agent = await transaction.get('agents', user.uid);
      if (!agent) throw new AppError('agent_not_eligible', 'Ask an administrator to set you up as an agent.');
      const now = context.clock.now();
      ensureSuits(agent, session, everybody, now);
      const assignment = { sessionId: id, agentId: user.uid, by: user.uid, opened: true };
      const assigned = await assignSession(transaction, session, assignment, now);
      await appendToLog(transaction, id, now, [assigned.entry]);
      return assigned.session;
    });
    context.queueMayMove();
    return claimed;
  };
