import type { LiveEvents } from '../../ports/live-events.ts';
import type { SupportSession } from '../../ports/records.ts';
import type { QueueView } from './queue-watch.ts';
import { queuePlace } from './session-presenter.ts';

/**
 * Tells each waiting customer the place in the queue, and staff how many wait, when that has changed. To be
 * called after each look at the queue, with those that still wait.
 */
export const createQueueNews = (live: LiveEvents, queue: QueueView) => {
  let told = new Map<string, string>();
  return (waiting: readonly SupportSession[]): void => {
    const places = new Map<string, string>();
    for (const session of waiting) {
      const place = queuePlace(session, queue);
      if (place === undefined) continue;
      const { id: sessionId, customerId } = session;
      const text = JSON.stringify(place);
      places.set(sessionId, text);
      if (told.get(sessionId) === text) continue;
      live.publish({ userIds: [customerId] }, { event: 'queue:position', payload: { sessionId, ...place } });
    }
    const same = told.size === places.size && [...places.keys()].every((id) => told.has(id));
    told = places;
    if (same) return;
    const payload = { queued: waiting.length };
    live.publish({ roles: ['agent', 'admin'] }, { event: 'queue:updated', payload });
  };
};
