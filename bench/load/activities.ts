import type { Reply } from '../http/connection.ts';
import { differentTexts, labelledTexts } from '../http/issue-texts.ts';
import { type RequestParts, requestText } from '../http/request.ts';

export const activityNames = ['route', 'sessions', 'list'] as const;
export type ActivityName = (typeof activityNames)[number];

/** Sends one request of an activity and gives the reply's body. */
export type Send = (kind: string, request: string) => Promise<Reply>;

/** What a customer does in one go: one request or several. */
export type Activity = (send: Send) => Promise<void>;

const sessions = '/api/v1/sessions';

const texts = labelledTexts();

/** The activities of one connection; `connection` makes its texts its own. */
export const createActivities = (token: string, connection: number): Record<ActivityName, Activity> => {
  const nextText = differentTexts(texts, connection);
  const request = (parts: Omit<RequestParts, 'token'>): string => requestText({ ...parts, token });
  return {
    route: async (send) => {
      const body = { issue: nextText() };
      await send('POST /support/route', request({ method: 'POST', path: '/api/v1/support/route', body }));
    },
    // Ended at once: otherwise the queue would only grow, and no shop has that load.
    sessions: async (send) => {
      const body = { issue: nextText() };
      const opened = await send('POST /sessions', request({ method: 'POST', path: sessions, body }));
      if (opened.status !== 201) return;
      const { id } = JSON.parse(opened.body) as { id: string };
      const end = { method: 'PATCH', path: `${sessions}/${id}`, body: { status: 'completed' } } as const;
      await send('PATCH /sessions/:id', request(end));
    },
    list: async (send) => {
      await send('GET /sessions', request({ method: 'GET', path: `${sessions}?limit=20` }));
    },
  };
};
