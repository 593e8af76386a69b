import { describe, expect, it } from 'vitest';
import type { LiveAudience, LiveEvent } from '../../ports/live-events.ts';
import { sampleSession } from '../../testing/support-session.ts';
import { createQueueNews } from './queue-news.ts';

const waiting = (id: string) => sampleSession({ id, customerId: `customer-of-${id}`, status: 'queued' });

/** News of a queue whose places are set by hand. */
const createDesk = () => {
  const places = new Map<string, number>();
  const told: [LiveAudience, LiveEvent][] = [];
  const tell = createQueueNews(
    { publish: (audience, event) => told.push([audience, event]) },
    { positionOf: (id) => places.get(id), placesOn: () => 2 },
  );
  return {
    look: (...ids: string[]) => {
      ids.forEach((id, index) => {
        places.set(id, index + 1);
      });
      told.length = 0;
      tell(ids.map(waiting));
      return told;
    },
  };
};

const position = (sessionId: string, place: number, estimatedWaitSeconds: number) => [
  { userIds: [`customer-of-${sessionId}`] },
  { event: 'queue:position', payload: { sessionId, position: place, estimatedWaitSeconds } },
];
const staff = (queued: number) => [
  { roles: ['agent', 'admin'] },
  { event: 'queue:updated', payload: { queued } },
];

describe('news of the queue', () => {
  it('[RO7] each waiting customer is told the own place with its wait, and staff how many wait', () => {
    const desk = createDesk();
    expect(desk.look('a', 'b')).toEqual([position('a', 1, 300), position('b', 2, 600), staff(2)]);
  });

  it('[RO7] only what has changed is told', () => {
    const desk = createDesk();
    desk.look('a', 'b');
    expect(desk.look('a', 'b')).toEqual([]);
    expect(desk.look('b')).toEqual([position('b', 1, 300), staff(1)]);
    expect(desk.look()).toEqual([staff(0)]);
  });

  it('[RO7] a changed order is told to those it moves, and not to staff', () => {
    const desk = createDesk();
    desk.look('a', 'b', 'c');
    expect(desk.look('b', 'a', 'c')).toEqual([position('b', 1, 300), position('a', 2, 600)]);
  });
});
