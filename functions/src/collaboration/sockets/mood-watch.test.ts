import { afterEach, describe, expect, it } from 'vitest';
import { next } from '../../testing/next-event.ts';
import { type RealtimeHarness, record, settled, startRealtime } from '../../testing/realtime-harness.ts';
import { createToldAiEngine, sampleAnalysis } from '../../testing/told-ai-engine.ts';

const join = { sessionId: 's1' };
const angry = { sentiment: 'negative', emotion: 'angry', urgency: 'high' } as const;
const calm = { sentiment: 'neutral', emotion: 'neutral', urgency: 'medium' } as const;

const engine = createToldAiEngine({
  'Where is it?': sampleAnalysis(calm),
  'This is a disgrace!': sampleAnalysis(angry),
  'I said it is a disgrace!': sampleAnalysis(angry),
  'Thank you.': sampleAnalysis(calm),
});

describe('what staff are told of the mood of a customer', () => {
  let desk: RealtimeHarness;
  afterEach(() => desk.close());

  it('[RT14] each change of mood reaches staff in the room, and nothing else does', async () => {
    desk = await startRealtime({ engine, session: calm });
    const [anna, ben] = await Promise.all([desk.connect('customer-anna'), desk.connect('agent-ben')]);
    await Promise.all([anna, ben].map((socket) => socket.emitWithAck('session:join', join)));
    const atAnna = record(anna, 'session:insight');
    const atBen = record(ben, 'session:insight');
    const say = (body: string) => anna.emitWithAck('chat:message', { body });
    await say('Where is it?');
    const first = next(ben, 'session:insight');
    await say('This is a disgrace!');
    await first;
    await say('I said it is a disgrace!');
    const second = next(ben, 'session:insight');
    await say('Thank you.');
    await second;
    await Promise.all([settled(anna), settled(ben)]);
    expect(atBen).toEqual([
      ['session:insight', { sessionId: 's1', seq: 2, ...angry }],
      ['session:insight', { sessionId: 's1', seq: 4, ...calm }],
    ]);
    expect(atAnna).toEqual([]);
  });

  it('[RT14] what staff write is not analysed, and an engine that fails disturbs nobody', async () => {
    desk = await startRealtime({ engine, session: calm });
    const [anna, ben] = await Promise.all([desk.connect('customer-anna'), desk.connect('agent-ben')]);
    await Promise.all([anna, ben].map((socket) => socket.emitWithAck('session:join', join)));
    const atBen = record(ben, 'session:insight');
    expect(await ben.emitWithAck('chat:message', { body: 'This is a disgrace!' })).toMatchObject({
      ok: true,
    });
    expect(await anna.emitWithAck('chat:message', { body: 'nobody was told' })).toMatchObject({ ok: true });
    const changed = next(ben, 'session:insight');
    await anna.emitWithAck('chat:message', { body: 'I said it is a disgrace!' });
    await changed;
    expect(atBen).toHaveLength(1);
  });

  it('[RT14] support:preview answers with what the engine for previews understands so far', async () => {
    desk = await startRealtime({ previewEngine: engine });
    const anna = await desk.connect('customer-anna');
    const answer = await anna.emitWithAck('support:preview', { text: 'This is a disgrace!' });
    expect(answer).toMatchObject({ ok: true, ...angry, category: 'technical', engine: 'local' });
    expect(await anna.emitWithAck('support:preview', { text: ' ' })).toMatchObject({
      code: 'validation_failed',
    });
  });
});
