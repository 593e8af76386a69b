import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { categories } from '../../protocol/enumerations.ts';
import { type TurnInput, turnFor } from './assistant-turn.ts';

const source = { articleId: 'set-up-bleed', title: 'Set up bleed', revision: 1 };
const grounded = {
  text: 'Bleed is artwork that runs past the trim line.',
  confidence: 0.8,
  sources: [source],
};
const question = { text: 'Which file?', confidence: 0.7, sources: [] };

const turn = (input: Partial<TurnInput> = {}) =>
  turnFor({
    session: { urgency: 'medium', language: 'en' },
    message: 'How much bleed does a flyer need?',
    analysis: { category: 'question', language: 'en', urgency: 'low' },
    suggestions: [grounded],
    unsure: 0,
    said: new Set(),
    channel: 'live-chat',
    ...input,
  });

describe('a turn of the assistant', () => {
  it('[RO9] answers in the words of an article and names it', () => {
    expect(turn()).toEqual({ kind: 'answer', body: grounded.text, sources: [source], unsure: false });
  });

  it('[RT13] asks once when it does not know, and calls a person the second time', () => {
    const asked = turn({ suggestions: [question] });
    expect(asked).toMatchObject({
      kind: 'answer',
      sources: [],
      unsure: true,
      body: expect.stringMatching(/\?$/),
    });
    expect(turn({ suggestions: [question], unsure: 1 })).toMatchObject({
      kind: 'handover',
      reason: 'unsure',
    });
    expect(turn({ unsure: 1 })).toMatchObject({ kind: 'answer', unsure: false });
  });

  it('[RT13] does not say the same twice: then it does not know', () => {
    expect(turn({ said: new Set([grounded.text]) })).toMatchObject({ unsure: true });
  });

  it('[RT15] does not say nearly the same either: another choice of the sentences it has said', () => {
    const said = new Set(['A price needs seven facts. Prices stand in your quote. What: product and use.']);
    const price = (text: string) => turn({ said, suggestions: [{ ...grounded, text }] });
    expect(price('A price needs seven facts. What: product and use.')).toMatchObject({ unsure: true });
    expect(price('A price needs seven facts. What: product and use. Size: finished.')).toMatchObject({
      unsure: true,
    });
    const other = 'A price needs seven facts. Size: finished. Quantity: one figure.';
    expect(price(other)).toMatchObject({ body: other, unsure: false });
  });

  it('[RT13] calls a person at once who is asked for, and when it is critical', () => {
    expect(turn({ message: 'I want to talk to a human' })).toMatchObject({
      kind: 'handover',
      reason: 'asked',
    });
    const critical = { kind: 'handover', reason: 'critical' };
    expect(turn({ session: { urgency: 'critical', language: 'en' } })).toMatchObject(critical);
    expect(turn({ analysis: { category: 'urgent', language: 'en', urgency: 'critical' } })).toMatchObject(
      critical,
    );
  });

  it('[RT15] says once that nobody is there, and then helps as well as it can', () => {
    const alone = { session: { urgency: 'critical', language: 'en' }, channel: undefined } as const;
    const first = turn(alone);
    expect(first).toMatchObject({ kind: 'answer', body: expect.stringContaining('No person') });
    const said = new Set([first.kind === 'answer' ? first.body : '']);
    expect(turn({ ...alone, said })).toMatchObject({ body: grounded.text });
    expect(turn({ ...alone, said, message: 'I want to talk to a human' })).toMatchObject({
      body: grounded.text,
    });
    expect(turn({ ...alone, said, suggestions: [question], unsure: 1 })).toMatchObject({ unsure: true });
    const calm = { channel: undefined, suggestions: [question], unsure: 1 };
    expect(turn(calm)).toMatchObject({ body: expect.stringContaining('No person'), unsure: false });
  });

  it('[RT15] asks nothing twice where nobody is there, and says what it can do instead', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('en', 'de', 'fr', 'es', 'other'),
        fc.array(fc.constantFrom(...categories), { minLength: 12, maxLength: 24 }),
        (language, asked) => {
          let newestFirst: string[] = [];
          let unsure = 0;
          for (const category of asked) {
            const analysis = { category, language, urgency: 'low' } as const;
            const said = new Set(newestFirst);
            const answer = turn({ analysis, said, unsure, suggestions: [question], channel: undefined });
            if (answer.kind !== 'answer') throw new Error('there is nobody to hand over to');
            expect(answer.body).not.toBe(newestFirst[0]);
            newestFirst = [answer.body, ...newestFirst];
            if (answer.unsure) unsure += 1;
          }
          const questions = newestFirst.filter((body) => body.includes('?'));
          expect(questions).toHaveLength(new Set(questions).size);
          const statements = newestFirst.filter((body) => !body.includes('?'));
          expect(new Set(statements).size).toBe(2);
        },
      ),
      { seed: 42, numRuns: 100 },
    );
  });

  it('[RT13] answers thanks, greetings and agreement without taking them for a question it does not know', () => {
    for (const message of ['Thanks a lot!', 'Hello', 'ok', '👍', 'Bye']) {
      expect(turn({ message, suggestions: [question], unsure: 1 })).toMatchObject({
        kind: 'answer',
        unsure: false,
      });
    }
  });

  it.each(['Thanks a lot!', 'Hello', 'ok', 'Vielen Dank', 'Bonjour'])(
    '[RT15] however often somebody writes %s, no courtesy comes twice in a row',
    (message) => {
      let newestFirst: string[] = [];
      for (let times = 0; times < 8; times += 1) {
        const answer = turn({ message, said: new Set(newestFirst) });
        const body = answer.kind === 'answer' ? answer.body : '';
        expect(body).not.toBe(newestFirst[0] ?? '');
        newestFirst = [body, ...newestFirst];
      }
      expect(new Set(newestFirst.slice(-2)).size).toBe(2);
    },
  );

  it.each([
    ['de', /^Welche|^Um welche/],
    ['fr', /^De quel|^Quel/],
    ['es', /^¿/],
  ] as const)('[RT13] speaks the language of the message: %s', (language, shape) => {
    const analysis = { category: 'question', language, urgency: 'low' } as const;
    expect(turn({ analysis, suggestions: [question] })).toMatchObject({ body: expect.stringMatching(shape) });
  });

  it('[RT13] falls back to the language of the session where a text is too short to tell', () => {
    const analysis = { category: 'question', language: 'other', urgency: 'low' } as const;
    const session = { urgency: 'low', language: 'de' } as const;
    expect(turn({ analysis, session, message: 'Mitarbeiter bitte' })).toMatchObject({ language: 'de' });
  });
});
