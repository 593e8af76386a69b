import { operation } from '../../gateway/operation.ts';
import { type AiEngine, understandingOf } from '../../ports/ai-engine.ts';
import type { RoutingDecision } from '../../ports/records.ts';
import {
  analyzeReplySchema,
  analyzeTextSchema,
  type CategorizeReply,
  categorizeReplySchema,
  type RouteReply,
  routeIssueSchema,
  routeReplySchema,
  type SentimentReply,
  sentimentReplySchema,
} from '../../protocol/support.ts';
import type { ClosedNotice, DecisionService } from './decision-service.ts';

const tag = 'Support';
const understood = 'What the engine understood';

const presentDecision = (decision: RoutingDecision, closed: ClosedNotice | undefined): RouteReply => ({
  recommendedRoute: decision.recommendedRoute,
  confidence: decision.confidence,
  reasoning: decision.reasoning,
  alternativeRoutes: decision.alternatives,
  decisionId: decision.id,
  category: decision.category,
  sentiment: decision.analysis.sentiment,
  urgency: decision.urgency,
  complexity: decision.complexity,
  engine: decision.engine,
  factors: decision.factors,
  calibration: decision.calibration,
  ...(closed && { availability: closed }),
});

const routeOperation = (decisions: DecisionService) =>
  operation({
    id: 'routeIssue',
    method: 'post',
    path: '/api/v1/support/route',
    tag,
    summary: 'Recommend a channel for an issue',
    description:
      'The text is analysed once a day; the policy runs and its decision is stored on every request. What the ' +
      'history leaves out is taken from the caller’s own past sessions.',
    body: routeIssueSchema,
    replies: { 200: { description: 'The recommendation', schema: routeReplySchema } },
    errors: ['unavailable'],
    handle: async ({ user, body }) => {
      const decision = await decisions.decide({
        userId: user.uid,
        issue: body.issue,
        urgency: body.urgency,
        customerHistory: body.customerHistory,
      });
      const closed = await decisions.closedNotice(Date.parse(decision.at));
      return { status: 200, body: presentDecision(decision, closed) };
    },
  });

const sentimentOperation = (engine: AiEngine) =>
  operation({
    id: 'analyzeSentiment',
    method: 'post',
    path: '/api/v1/support/sentiment',
    tag,
    summary: 'Tell how the writer of a text feels',
    body: analyzeTextSchema,
    replies: { 200: { description: understood, schema: sentimentReplySchema } },
    errors: ['unavailable'],
    handle: async ({ body }) => {
      const { sentiment, score, sentimentConfidence, emotion } = await engine.analyze(body.text);
      const reply: SentimentReply = { sentiment, score, confidence: sentimentConfidence, emotion };
      return { status: 200, body: reply };
    },
  });

const categorizeOperation = (engine: AiEngine) =>
  operation({
    id: 'categorizeIssue',
    method: 'post',
    path: '/api/v1/support/categorize',
    tag,
    summary: 'Tell what the writer of a text wants first',
    body: analyzeTextSchema,
    replies: { 200: { description: understood, schema: categorizeReplySchema } },
    errors: ['unavailable'],
    handle: async ({ body }) => {
      const { category, confidence, scores, urgency } = await engine.analyze(body.text);
      const reply: CategorizeReply = { category, confidence, scores, urgency };
      return { status: 200, body: reply };
    },
  });

const analyzeOperation = (engine: AiEngine) =>
  operation({
    id: 'analyzeIssue',
    method: 'post',
    path: '/api/v1/support/analyze',
    tag,
    summary: 'Tell all that can be understood of a text',
    body: analyzeTextSchema,
    replies: { 200: { description: understood, schema: analyzeReplySchema } },
    errors: ['unavailable'],
    handle: async ({ body }) => ({ status: 200, body: understandingOf(await engine.analyze(body.text)) }),
  });

/** Recommendation and analysis of issues; `engine` is the cached one that the decisions use too. */
export const routingOperations = ({
  decisions,
  engine,
}: {
  decisions: DecisionService;
  engine: AiEngine;
}) => [
  routeOperation(decisions),
  sentimentOperation(engine),
  categorizeOperation(engine),
  analyzeOperation(engine),
];
