import { describe, expect, it } from 'vitest';
import { admin, issueText, openSessionDesk } from '../../testing/session-desk.ts';
import { subjectOf } from './new-session.ts';

describe('opening a session', () => {
  it('[RE5] it waits, knows what was understood, and belongs to its customer', async () => {
    const desk = await openSessionDesk();
    const buyer = await desk.customer('buyer');
    const session = await desk.open(
      buyer,
      { orderRef: 'PO-77', type: 'co-browse' },
      { category: 'revision', complexity: 6, urgency: 'high' },
    );
    const at = new Date(desk.clock.now()).toISOString();
    expect(session).toMatchObject({
      customerId: 'buyer',
      status: 'queued',
      type: 'co-browse',
      category: 'revision',
      complexity: 6,
      urgency: 'high',
      orderRef: 'PO-77',
      startTime: at,
      queuedAt: at,
      handovers: 0,
      audience: ['buyer', 'queue'],
    });
    expect(session).not.toHaveProperty('assignedAt');
    expect(await desk.store.get('supportSessions', session.id)).toEqual(session);
  });

  it('[RO6] the log begins with the message, and tells staff which skills were needed and why', async () => {
    const desk = await openSessionDesk();
    const skill = { name: 'colours', keywords: ['CMYK'], categories: [], required: true };
    await desk.shop.updateSkills([skill, { ...skill, name: 'files', keywords: [], required: false }]);
    const { id, requiredSkills } = await desk.open(await desk.customer('buyer'), { issue: 'Is cmyk right?' });
    expect(requiredSkills).toEqual(['colours']);
    expect(await desk.log(id)).toMatchObject([
      { seq: 1, kind: 'message', authorId: 'buyer', visibility: 'public', data: { body: 'Is cmyk right?' } },
      {
        seq: 2,
        kind: 'queued',
        visibility: 'staff',
        data: { channel: 'live-chat', needs: [{ skill: 'colours', required: true, because: 'CMYK' }] },
      },
    ]);
  });

  it('[RT13] the assistant takes its sessions at once and no agent is needed', async () => {
    const desk = await openSessionDesk();
    const session = await desk.open(await desk.customer('buyer'), { type: 'ai-chatbot' });
    expect(session).toMatchObject({ status: 'active', audience: ['buyer'] });
    expect(session).not.toHaveProperty('agentId');
    expect((await desk.log(session.id)).map(({ kind }) => kind)).toEqual(['message']);
  });

  it('[RO4] a chosen channel is honoured and the decision remembers it', async () => {
    const desk = await openSessionDesk();
    const session = await desk.open(await desk.customer('buyer'), { type: 'video-call' });
    const decision = await desk.store.get('routingDecisions', session.decisionId);
    expect(decision).toMatchObject({ sessionId: session.id, chosenChannel: 'video-call' });
  });

  it('[RO4] a recommendation leads to one session, of its customer and issue only', async () => {
    const desk = await openSessionDesk();
    const buyer = await desk.customer('buyer');
    const other = await desk.customer('other');
    desk.tell(issueText);
    const { id: decisionId } = await desk.decisions.decide({ userId: 'buyer', issue: issueText });
    const refused = { code: 'validation_failed', errors: [{ path: 'decisionId' }] };
    await expect(desk.open(other, { decisionId })).rejects.toMatchObject(refused);
    await expect(desk.open(buyer, { decisionId, issue: 'Another thing' })).rejects.toMatchObject(refused);
    await expect(desk.open(buyer, { decisionId: 'unknown' })).rejects.toMatchObject(refused);
    expect(await desk.open(buyer, { decisionId })).toMatchObject({ decisionId });
    await expect(desk.open(buyer, { decisionId })).rejects.toMatchObject(refused);
  });

  it('[RO4] of many openings with one recommendation at once, one succeeds', async () => {
    const desk = await openSessionDesk();
    const buyer = await desk.customer('buyer');
    desk.tell(issueText);
    const { id: decisionId } = await desk.decisions.decide({ userId: 'buyer', issue: issueText });
    const openings = await Promise.allSettled(
      Array.from({ length: 10 }, () => desk.open(buyer, { decisionId })),
    );
    expect(openings.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('[HT3] customers open for themselves, staff for a customer they name', async () => {
    const desk = await openSessionDesk();
    const buyer = await desk.customer('buyer');
    const agent = await desk.agent('agent');
    await expect(desk.open(buyer, { customerId: 'other' })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(desk.open(agent)).rejects.toMatchObject({ code: 'validation_failed' });
    await expect(desk.open(agent, { customerId: 'agent' })).rejects.toMatchObject({
      code: 'validation_failed',
    });
    for (const staff of [agent, admin]) {
      expect(await desk.open(staff, { customerId: 'buyer' })).toMatchObject({ customerId: 'buyer' });
    }
  });

  it('[RE5] a follow-up names a completed session of the same customer', async () => {
    const desk = await openSessionDesk();
    const buyer = await desk.customer('buyer');
    const other = await desk.customer('other');
    const { id: previousSessionId } = await desk.open(buyer);
    const refused = { code: 'validation_failed', errors: [{ path: 'previousSessionId' }] };
    await expect(desk.open(buyer, { previousSessionId })).rejects.toMatchObject(refused);
    await desk.sessions.update(buyer, previousSessionId, { status: 'completed' });
    await expect(desk.open(other, { previousSessionId })).rejects.toMatchObject(refused);
    expect(await desk.open(buyer, { previousSessionId })).toMatchObject({ previousSessionId });
  });

  it('[RO11] a channel that the shop does not offer is refused', async () => {
    const desk = await openSessionDesk();
    const { id: _, ...settings } = await desk.shop.settings();
    await desk.shop.updateSettings({ ...settings, channels: ['ai-chatbot', 'live-chat'] });
    const opening = desk.open(await desk.customer('buyer'), { type: 'video-call' });
    await expect(opening).rejects.toMatchObject({ code: 'validation_failed', errors: [{ path: 'type' }] });
  });

  it('[RE6] the subject is the first line, cut between characters', () => {
    expect(subjectOf('  Wrong colour\r\nsecond line')).toBe('Wrong colour');
    const long = subjectOf('🎨'.repeat(200));
    expect([...long]).toHaveLength(80);
    expect(Buffer.from(long).toString()).toBe(long);
  });
});
