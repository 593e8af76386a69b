import { ensureMayHandle } from '../../access/ownership.ts';
import { AppError } from '../../errors/app-error.ts';
import { newId } from '../../ids/new-id.ts';
import { isoTime } from '../../ports/clock.ts';
import type { Identity } from '../../ports/identity.ts';
import type { RecordWriter, Transaction } from '../../ports/record-store.ts';
import type { ShopSettings, Skill, SupportSession } from '../../ports/records.ts';
import { type Channel, channels, type Urgency, urgencies } from '../../protocol/enumerations.ts';
import type { TransferSession } from '../../protocol/sessions.ts';
import type { TeamMember } from '../matching/eligibility.ts';
import { assignSession, backInQueue, releaseAgent } from './assignment.ts';
import { ensureNotCompleted, readSession, type SessionContext } from './session-context.ts';
import { appendToLog, type NewLogEntry } from './session-log.ts';

export interface HandOverOptions {
  context: SessionContext;
  shop: { settings(): Promise<ShopSettings>; skills(): Promise<Skill[]> };
  team(): Promise<TeamMember[]>;
}

const invalid = (path: string, message: string): AppError =>
  new AppError('validation_failed', message, { errors: [{ path, message }] });

/** The next stronger channel that the shop offers; the strongest stays. */
export const strongerChannel = (channel: Channel, offered: readonly Channel[]): Channel =>
  channels.slice(channels.indexOf(channel) + 1).find((candidate) => offered.includes(candidate)) ?? channel;

/** Waiting begins anew when somebody had it; what a customer has waited already in this queue still counts. */
const waitsFrom = ({ status, queuedAt }: SupportSession, now: number): string =>
  status === 'queued' ? queuedAt : isoTime(now);

const higherUrgency = (urgency: Urgency): Urgency => urgencies[urgencies.indexOf(urgency) + 1] ?? urgency;

/** Transfers and escalates sessions (rule RE5). */
export const createHandOver = ({ context, shop, team }: HandOverOptions) => {
  const { store, clock } = context;

  const begin = async (transaction: Transaction, user: Identity, id: string): Promise<SupportSession> => {
    const session = await readSession(transaction, id);
    ensureMayHandle(user, session);
    ensureNotCompleted(session);
    return session;
  };

  const audit = (
    writer: RecordWriter,
    actorId: string,
    action: string,
    subjectId: string,
    data: Record<string, unknown>,
  ): void =>
    writer.create('audit', { id: newId(), at: isoTime(clock.now()), actorId, action, subjectId, data });

  const toAgent = async (
    transaction: Transaction,
    user: Identity,
    session: SupportSession,
    agentId: string,
    entry: NewLogEntry,
  ): Promise<SupportSession> => {
    if (session.agentId === agentId) throw invalid('agentId', 'This agent has the session already.');
    const now = clock.now();
    await releaseAgent(transaction, session, now);
    const handed = {
      ...backInQueue(session),
      queuedAt: waitsFrom(session, now),
      handovers: session.handovers + 1,
    };
    const assignment = { sessionId: session.id, agentId, by: user.uid, opened: false };
    const assigned = await assignSession(transaction, handed, assignment, now);
    await appendToLog(transaction, session.id, now, [entry, assigned.entry]);
    return assigned.session;
  };

  const toQueue = async (
    transaction: Transaction,
    session: SupportSession,
    change: Partial<SupportSession>,
    entry: NewLogEntry,
  ): Promise<SupportSession> => {
    const now = clock.now();
    await releaseAgent(transaction, session, now);
    const handed = {
      ...backInQueue(session),
      ...change,
      queuedAt: waitsFrom(session, now),
      handovers: session.handovers + 1,
    };
    transaction.put('supportSessions', handed);
    await appendToLog(transaction, session.id, now, [entry]);
    return handed;
  };

  const changeFor = (
    session: SupportSession,
    { skill, channel }: TransferSession,
  ): Partial<SupportSession> => {
    if (channel !== undefined) return { type: channel };
    return skill === undefined ? {} : { requiredSkills: [...new Set([...session.requiredSkills, skill])] };
  };

  const settle = (session: SupportSession): SupportSession => {
    context.queueMayMove();
    return session;
  };

  const ensureIsThere = async (agentId: string): Promise<void> => {
    const agent = (await team()).find(({ id }) => id === agentId);
    if (!agent?.absent) return;
    const detail = `${agent.name} was not heard of for a minute: choose an agent who is there.`;
    throw new AppError('agent_not_eligible', detail);
  };

  const ensureTarget = async ({ agentId, channel, skill }: TransferSession): Promise<void> => {
    if (agentId !== undefined) await ensureIsThere(agentId);
    if (channel !== undefined) {
      const { channels: offered } = await shop.settings();
      if (channel !== 'ai-chatbot' && offered.includes(channel)) return;
      throw invalid('channel', 'Name a channel of people that the shop offers.');
    }
    if (skill === undefined || (await shop.skills()).some(({ name }) => name === skill)) return;
    throw invalid('skill', 'Name a skill of the table of skills.');
  };

  const transfer = async (user: Identity, id: string, target: TransferSession): Promise<SupportSession> => {
    await ensureTarget(target);
    const handed = await store.transaction(async (transaction) => {
      const session = await begin(transaction, user, id);
      const { note, ...data } = target;
      const entry: NewLogEntry = {
        kind: 'transferred',
        authorId: user.uid,
        visibility: 'staff',
        data: { ...data, ...(note !== undefined && { note }) },
      };
      audit(transaction, user.uid, 'session:transfer', id, { from: session.agentId, ...data });
      return target.agentId === undefined
        ? toQueue(transaction, session, changeFor(session, target), entry)
        : toAgent(transaction, user, session, target.agentId, entry);
    });
    return settle(handed);
  };

  const escalate = async (user: Identity, id: string, note: string | undefined): Promise<SupportSession> => {
    const { channels: offered } = await shop.settings();
    const handed = await store.transaction(async (transaction) => {
      const session = await begin(transaction, user, id);
      const type = strongerChannel(session.type, offered);
      const urgency = higherUrgency(session.urgency);
      const data = { channel: type, urgency, ...(note !== undefined && { note }) };
      audit(transaction, user.uid, 'session:escalate', id, { from: session.agentId, channel: type, urgency });
      return toQueue(
        transaction,
        session,
        { type, urgency },
        { kind: 'escalated', authorId: user.uid, visibility: 'staff', data },
      );
    });
    return settle(handed);
  };

  return { transfer, escalate };
};
