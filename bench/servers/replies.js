/** What the bare servers answer: about as much as GET /health. */
export const smallReply = {
  status: 'healthy',
  timestamp: '2026-01-01T00:00:00.000Z',
  websocket: { connections: 0, sessions: 0 },
  engines: {
    records: { name: 'sqlite', healthy: true },
    identity: { name: 'local-accounts', healthy: true },
    ai: { name: 'local', healthy: true },
    cache: { name: 'memory', healthy: true },
  },
};

/** @param {string} name */
const factor = (name) => ({ name, value: 'it is about something on the screen', contribution: 0.725 });

/** What the usual stack answers: as much as POST /support/route. */
export const routeReply = {
  recommendedRoute: 'ai-chatbot',
  confidence: 0.7638,
  reasoning:
    'For a technical matter about bleed settings, the AI assistant fits best because there is no hurry, it ' +
    'takes somebody a few steps and it has solved 14 of 16 earlier issues of yours.',
  alternativeRoutes: ['live-chat', 'co-browse', 'video-call'].map((route) => ({
    route,
    score: 0.2088,
    reason: 'It has solved 7 of 8 earlier issues of yours and nothing has to be looked at together.',
  })),
  decisionId: '01a202e3-0b97-76bc-8177-7a2bef65e825',
  category: 'technical',
  sentiment: 'neutral',
  urgency: 'low',
  complexity: 3,
  engine: 'local',
  factors: [
    'urgency',
    'category',
    'complexity',
    'relatedIssue',
    'ownHistory',
    'base',
    'sentiment',
    'visual',
    'onScreenPlace',
    'emotion',
  ].map(factor),
  calibration: 'labelled-set',
};
