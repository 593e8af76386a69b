import { describe, expect, it, onTestFinished } from 'vitest';
import { createLocalAiEngine } from '../../engines/local-ai/local-ai-engine.ts';
import { createLiveEvents } from '../../engines/memory/live-events.ts';
import { createMemoryRelay } from '../../engines/memory/memory-relay.ts';
import { AppError } from '../../errors/app-error.ts';
import type { AiEngine } from '../../ports/ai-engine.ts';
import type { SessionLogEntry } from '../../ports/records.ts';
import type { Channel } from '../../protocol/enumerations.ts';
import { createManualTimers } from '../../testing/manual-timers.ts';
import { openSessionDesk, type SessionDesk } from '../../testing/session-desk.ts';
import { shopGuide, shopPassages } from '../../testing/shop-guides.ts';
import { seedArticles } from '../knowledge/article-files.ts';
import { createKnowledgeIndex } from '../knowledge/knowledge-index.ts';
import { createSuggestionService } from '../knowledge/suggestion-service.ts';
import { type Assistant, createAssistant } from './assistant-service.ts';

const bleed = 'How much bleed does a flyer need?';
const nonsense = 'Qwertz asdf zuiop?';

const engine = await createLocalAiEngine();

/** A desk with the articles of a new shop, and assistants over its records as if each was a node. */
const openChatDesk = async (options: { file?: string; engine?: AiEngine } = {}) => {
  const desk = await openSessionDesk(options.file);
  await seedArticles(desk.store);
  const timers = createManualTimers(desk.clock);
  const live = createLiveEvents(createMemoryRelay());
  const node = (ai: AiEngine = options.engine ?? engine): Assistant => {
    const index = createKnowledgeIndex({ store: desk.store, clock: desk.clock });
    const assistant = createAssistant({
      store: desk.store,
      writer: desk.sessions.assistant,
      engine: ai,
      suggestions: createSuggestionService({ index, engine: ai, readSession: desk.sessions.reader.get }),
      settings: desk.shop.settings,
      closedNotice: desk.decisions.closedNotice,
      live,
      clock: desk.clock,
      timers,
      logger: { warn: () => undefined },
    });
    onTestFinished(() => assistant.stop());
    return assistant;
  };
  return { desk, node, timers, live };
};

const openChat = async (desk: SessionDesk, issue: string, analysis = {}) => {
  const buyer = await desk.customer('buyer');
  const { id } = await desk.open(buyer, { type: 'ai-chatbot', issue }, analysis);
  return id;
};

const say = (desk: SessionDesk, id: string, body: string, authorId = 'buyer') =>
  desk.store.transaction(async (transaction) => {
    await transaction.get('supportSessions', id);
    const message = { kind: 'message', authorId, visibility: 'public', data: { body } } as const;
    await transaction.append(id, new Date(desk.clock.now()).toISOString(), [message]);
  });

/** Lets an assistant do all that is owed. */
const settle = async (assistant: Assistant, id: string): Promise<void> => {
  assistant.heard(id);
  await assistant.stop();
};

const answersIn = (log: readonly SessionLogEntry[]) => log.filter(({ authorId }) => authorId === 'assistant');

const offer = async ({ shop }: SessionDesk, channels: Channel[]) =>
  shop.updateSettings({ ...(await shop.settings()), channels });

describe('the assistant', () => {
  it('[RT13] [RO9] answers the issue itself, in the words of an article that it names', async () => {
    const { desk, node } = await openChatDesk();
    const id = await openChat(desk, bleed);
    await settle(node(), id);
    const [answer, ...more] = answersIn(await desk.log(id));
    expect(more).toEqual([]);
    expect(answer).toMatchObject({
      kind: 'message',
      visibility: 'public',
      data: { sources: [{ articleId: 'set-up-bleed', title: expect.any(String), revision: 1 }] },
    });
    const article = await desk.store.get('articles', 'set-up-bleed');
    const plain = (article?.body ?? '').replace(/[*_`#]/gu, '');
    expect(plain).toContain(String(answer?.data.body).slice(0, 60));
  });

  it('[RT15] [RO9] answers in the words of a document, and names it', async () => {
    const { desk, node } = await openChatDesk();
    const guide = shopGuide({ passages: [...shopPassages] });
    await desk.store.write((writer) => writer.put('documentGuides', guide));
    const id = await openChat(desk, 'Where do I enter my gift card code?');
    await settle(node(), id);
    expect(answersIn(await desk.log(id))).toMatchObject([
      {
        data: {
          body: 'In GiftCardForm, fill in "Gift card code".',
          sources: [{ documentId: guide.id, title: guide.title, version: guide.version, section: 'steps' }],
        },
      },
    ]);
  });

  it('[RT13] answers every message once, whichever and however many nodes hear of it', async () => {
    const { desk, node } = await openChatDesk();
    const id = await openChat(desk, bleed);
    await say(desk, id, 'And how do I embed fonts in InDesign?');
    await say(desk, id, 'thanks');
    const nodes = [node(), node(), node()];
    for (const assistant of nodes) assistant.heard(id);
    await expect.poll(async () => answersIn(await desk.log(id)).length).toBe(3);
    await Promise.all(nodes.map((assistant) => assistant.stop()));
    const answers = answersIn(await desk.log(id));
    expect(answers).toHaveLength(3);
    expect(new Set(answers.map(({ operation }) => operation)).size).toBe(3);
  });

  it('[RT13] a restarted server answers what is owed, and only that', async () => {
    const { desk, node } = await openChatDesk();
    const id = await openChat(desk, bleed);
    await settle(node(), id);
    await say(desk, id, 'And how do I embed fonts in InDesign?');
    const later = node();
    later.start();
    await expect.poll(async () => answersIn(await desk.log(id)).length).toBe(2);
    await later.stop();
    expect(answersIn(await desk.log(id))).toHaveLength(2);
  });

  it('[RT13] tries again when an engine did not answer', async () => {
    const { desk, node, timers } = await openChatDesk();
    const id = await openChat(desk, bleed);
    let failures = 1;
    const shaky: AiEngine = {
      ...engine,
      analyze: (text) => {
        failures -= 1;
        if (failures >= 0) return Promise.reject(new AppError('unavailable', 'Not now.'));
        return engine.analyze(text);
      },
    };
    const assistant = node(shaky);
    assistant.start();
    await expect.poll(() => failures).toBeLessThan(1);
    await expect
      .poll(async () => {
        timers.advance(10_000);
        return answersIn(await desk.log(id)).length;
      })
      .toBe(1);
  });

  it('[RT13] hands over when a person is asked for: queued again, said so, and told why', async () => {
    const { desk, node } = await openChatDesk();
    const id = await openChat(desk, 'Can I talk to a human, please?');
    await settle(node(), id);
    expect(await desk.store.get('supportSessions', id)).toMatchObject({
      status: 'queued',
      type: 'live-chat',
      handovers: 1,
      audience: ['buyer', 'queue'],
    });
    const [message, escalated] = answersIn(await desk.log(id));
    expect(message).toMatchObject({
      visibility: 'public',
      data: { handover: { reason: 'asked', channel: 'live-chat' }, body: expect.stringContaining('person') },
    });
    expect(escalated).toMatchObject({
      kind: 'escalated',
      visibility: 'staff',
      data: { reason: 'asked', channel: 'live-chat' },
    });
    await say(desk, id, bleed);
    await settle(node(), id);
    expect(answersIn(await desk.log(id))).toHaveLength(2);
  });

  it('[RT13] asks when it does not know, and hands over when it does not know again', async () => {
    const { desk, node } = await openChatDesk();
    const id = await openChat(desk, nonsense);
    await settle(node(), id);
    expect(answersIn(await desk.log(id))).toMatchObject([{ data: { sources: [], unsure: true } }]);
    await say(desk, id, nonsense);
    await settle(node(), id);
    expect(await desk.store.get('supportSessions', id)).toMatchObject({ status: 'queued' });
    expect(answersIn(await desk.log(id)).at(-1)).toMatchObject({ data: { reason: 'unsure' } });
  });

  it('[RT13] hands over what is critical, first in the queue', async () => {
    const { desk, node } = await openChatDesk();
    const buyer = await desk.customer('buyer');
    const { id } = await desk.open(buyer, { type: 'ai-chatbot', issue: bleed, urgency: 'critical' });
    await settle(node(), id);
    expect(await desk.store.get('supportSessions', id)).toMatchObject({
      status: 'queued',
      urgency: 'critical',
    });
    expect(answersIn(await desk.log(id)).at(-1)).toMatchObject({ data: { reason: 'critical' } });
  });

  it('[RT13] [RO2] what was handed over did not end well on the assistant’s channel', async () => {
    const { desk, node } = await openChatDesk();
    const agent = await desk.agent('agent');
    const id = await openChat(desk, 'Can I talk to a human, please?');
    await settle(node(), id);
    expect(await desk.settled(id)).toMatchObject({ status: 'active', agentId: 'agent' });
    await desk.sessions.update(agent, id, { status: 'completed', resolution: 'resolved' });
    const { items } = await desk.store.list('channelOutcomes', {
      orderBy: 'id',
      direction: 'ascending',
      limit: 9,
    });
    expect(items).toMatchObject([{ channel: 'ai-chatbot', ended: 1, resolved: 0 }]);
  });

  it('[RT13] says so when the shop offers no person, and keeps the session', async () => {
    const { desk, node } = await openChatDesk();
    await offer(desk, ['ai-chatbot']);
    const id = await openChat(desk, 'Can I talk to a human, please?');
    await settle(node(), id);
    expect(await desk.store.get('supportSessions', id)).toMatchObject({
      status: 'active',
      type: 'ai-chatbot',
    });
    expect(answersIn(await desk.log(id))).toMatchObject([
      { data: { body: expect.stringContaining('No person') } },
    ]);
  });

  it('[RT13] leaves every other session alone', async () => {
    const { desk, node } = await openChatDesk();
    const buyer = await desk.customer('buyer');
    const { id } = await desk.open(buyer, { issue: bleed });
    await settle(node(), id);
    await desk.agent('agent');
    await desk.settled(id);
    await settle(node(), id);
    expect(answersIn(await desk.log(id))).toEqual([]);
  });
});
