import type { Analysis } from '../../ports/ai-engine.ts';
import { isoTime } from '../../ports/clock.ts';
import type { CustomerHistory, RoutingDecision } from '../../ports/records.ts';
import type { Urgency } from '../../protocol/enumerations.ts';
import type { Calibration } from './calibration.ts';
import type { Recommendation } from './channel-policy.ts';
import { policyVersion } from './channel-weights.ts';
import type { CustomerPast } from './customer-past.ts';
import type { IssueReading } from './issue-reading.ts';
import type { KnownHistory } from './policy-input.ts';

/** What a recommendation is asked for. */
export interface RoutingRequest {
  /** Whose issue it is; what is stored of this customer's sessions counts as history. */
  userId: string;
  issue: string;
  urgency?: Urgency | undefined;
  customerHistory?: CustomerHistory | undefined;
}

/**
 * What the request tells and what the store knows, field by field: what is sent stands for what is stored,
 * because both tell of the same sessions and would count them twice.
 */
export const mergedHistory = (
  given: CustomerHistory | undefined,
  past: CustomerPast,
  read: (issue: string) => IssueReading,
): KnownHistory => ({
  preferredChannel: given?.preferredChannel,
  previousIssues:
    given?.previousIssues?.map((issue) => ({ reading: read(issue) })) ?? past.map(({ issue }) => issue),
  sessions: given?.successfulChannels?.map((channel) => ({ channel, endedWell: true })) ?? past,
});

const rounded = (probability: number): number => Math.round(probability * 10_000) / 10_000;

/** Everything a decision was made from. */
export interface JudgedRequest {
  id: string;
  at: number;
  request: RoutingRequest;
  analysis: Analysis;
  engineVersion: string;
  recommendation: Recommendation;
  calibration: Calibration;
}

/**
 * The decision as it is stored. Only recommended channels have been judged by outcomes, so only the confidence
 * can be calibrated by them; the alternatives keep their proportion to it.
 */
export const decisionOf = (judged: JudgedRequest): RoutingDecision => {
  const { request, analysis, recommendation, calibration } = judged;
  const confidence = rounded(calibration.apply(recommendation.confidence));
  return {
    id: judged.id,
    at: isoTime(judged.at),
    userId: request.userId,
    issue: request.issue,
    input: {
      ...(request.urgency && { urgency: request.urgency }),
      ...(request.customerHistory && { customerHistory: request.customerHistory }),
    },
    analysis,
    engine: analysis.engine,
    engineVersion: judged.engineVersion,
    policyVersion,
    category: analysis.category,
    urgency: request.urgency ?? analysis.urgency,
    complexity: analysis.complexity,
    recommendedRoute: recommendation.route,
    confidence,
    ...(calibration.source === 'outcomes' && { policyConfidence: rounded(recommendation.confidence) }),
    calibration: calibration.source,
    alternatives: recommendation.alternatives.map(({ route, score, reason }) => ({
      route,
      score: rounded((confidence * score) / recommendation.confidence),
      reason,
    })),
    factors: recommendation.factors,
    reasoning: recommendation.reasoning,
  };
};
