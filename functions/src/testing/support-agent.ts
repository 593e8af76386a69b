import type { Agent } from '../ports/records.ts';

/** An agent who is there and has nothing to do; `changes` say what matters. */
export const sampleAgent = (changes: Partial<Agent> = {}): Agent => ({
  id: 'agent-1',
  name: 'Agent',
  skills: [],
  languages: ['en'],
  capacity: { 'ai-chatbot': 5, 'live-chat': 4, 'co-browse': 2, 'video-call': 1 },
  open: { 'ai-chatbot': 0, 'live-chat': 0, 'co-browse': 0, 'video-call': 0 },
  status: 'online',
  ratingSum: 0,
  ratingCount: 0,
  idleSince: '2026-01-01T00:00:00.000Z',
  ...changes,
});
