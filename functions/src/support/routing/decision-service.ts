import { v7 as uuidv7 } from 'uuid';
import type { AiEngine, Analysis } from '../../ports/ai-engine.ts';
import { type Clock, isoTime } from '../../ports/clock.ts';
import type { RecordStore } from '../../ports/record-store.ts';
import type { CustomerHistory, RoutingDecision, ShopSettings } from '../../ports/records.ts';
import { type Channel, channels, type Urgency } from '../../protocol/enumerations.ts';
import { createOpenCheck, openingAt, openingText } from '../shop/business-hours.ts';
import { type Recommendation, recommendChannel } from './channel-policy.ts';
import { policyVersion } from './channel-weights.ts';
import type { CustomerPast, CustomerPasts } from './customer-past.ts';
import { createIssueReader, type IssueReading } from './issue-reading.ts';
import type { LearnedSnapshot, LearnedState } from './learned-state.ts';
import type { KnownHistory, Tally } from './policy-input.ts';

/** What a recommendation is asked for. */
export interface RoutingRequest {
  /** Whose issue it is; what is stored of this customer's sessions counts as history. */
  userId: string;
  issue: string;
  urgency?: Urgency | undefined;
  customerHistory?: CustomerHistory | undefined;
}

/** Nobody is there now: what the customer should know of it. */
export interface ClosedNotice {
  open: false;
  /** ISO 8601; absent when no opening is planned. */
  opensAt?: string;
  text: string;
}

/** Recommends channels and remembers each recommendation. */
export interface DecisionService {
  /**
   * Understands the issue, runs the policy and stores the decision before it answers (rule RO4). AppError
   * `unavailable` when no engine or no store answers.
   */
  decide(request: RoutingRequest): Promise<RoutingDecision>;
  /** The decision as it would be, without storing it. */
  consider(request: RoutingRequest): Promise<RoutingDecision>;
  /** What to say outside business hours; undefined within them. */
  closedNotice(at: number): Promise<ClosedNotice | undefined>;
}

export interface DecisionServiceOptions {
  store: RecordStore;
  clock: Clock;
  /** Behind its cache, so that a text is understood once a day (rule HT6). */
  engine: AiEngine;
  learned: LearnedState;
  pasts: CustomerPasts;
  /** How the shop works now; cheap to ask. */
  settings(): Promise<ShopSettings>;
}

const plus = (tally: Tally | undefined, more: Tally): Tally => ({
  ended: (tally?.ended ?? 0) + more.ended,
  resolved: (tally?.resolved ?? 0) + more.resolved,
});

/** What the request tells and what the store knows, together. */
const mergedHistory = (
  given: CustomerHistory | undefined,
  past: CustomerPast,
  read: (issue: string) => IssueReading,
): KnownHistory => {
  const tallies: Partial<Record<Channel, Tally>> = { ...past.tallies };
  for (const channel of given?.successfulChannels ?? []) {
    tallies[channel] = plus(tallies[channel], { ended: 1, resolved: 1 });
  }
  return {
    preferredChannel: given?.preferredChannel,
    previousIssues: [...(given?.previousIssues ?? []).map(read), ...past.previousIssues],
    tallies,
  };
};

const rounded = (probability: number): number => Math.round(probability * 10_000) / 10_000;

interface Judged {
  id: string;
  at: number;
  request: RoutingRequest;
  analysis: Analysis;
  engineVersion: string;
  recommendation: Recommendation;
  calibration: LearnedSnapshot['calibration'];
}

const decisionOf = (judged: Judged): RoutingDecision => {
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
      score: rounded(calibration.apply(score)),
      reason,
    })),
    factors: recommendation.factors,
    reasoning: recommendation.reasoning,
  };
};

export const createDecisionService = (options: DecisionServiceOptions): DecisionService => {
  const { store, clock, engine, learned, pasts } = options;
  const read = createIssueReader();
  const isOpen = createOpenCheck();

  const consider = async (request: RoutingRequest): Promise<RoutingDecision> => {
    const { userId, issue, urgency, customerHistory } = request;
    const [analysis, snapshot, settings, past] = await Promise.all([
      engine.analyze(issue),
      learned.current(),
      options.settings(),
      pasts.of(userId),
    ]);
    const at = clock.now();
    const offered = channels.filter((channel) => settings.channels.includes(channel));
    const recommendation = recommendChannel({
      reading: read(issue),
      analysis,
      urgency,
      history: mergedHistory(customerHistory, past, read),
      outcomes: snapshot.outcomesOf(analysis.category, analysis.complexity),
      availability: { offered, open: isOpen(settings, at), busy: snapshot.busy },
    });
    const { calibration } = snapshot;
    return decisionOf({
      id: uuidv7(),
      at,
      request,
      analysis,
      engineVersion: engine.version,
      recommendation,
      calibration,
    });
  };

  const decide = async (request: RoutingRequest): Promise<RoutingDecision> => {
    const decision = await consider(request);
    await store.write((writer) => writer.create('routingDecisions', decision));
    return decision;
  };

  const closedNotice = async (at: number): Promise<ClosedNotice | undefined> => {
    const { awayText, timeZone, hours, holidays } = await options.settings();
    const opening = openingAt({ timeZone, hours, holidays }, at);
    if (opening.open) return undefined;
    const { opensAt } = opening;
    if (opensAt === undefined) return { open: false, text: awayText };
    const text = [awayText, openingText(timeZone, opensAt)].filter((part) => part !== '').join(' ');
    return { open: false, opensAt: isoTime(opensAt), text };
  };

  return { consider, decide, closedNotice };
};
