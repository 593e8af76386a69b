import { type Clock, isoTime } from '../../ports/clock.ts';
import type { RecordWriter } from '../../ports/record-store.ts';
import type { ConfidenceOutcome, RoutingDecision, SupportSession } from '../../ports/records.ts';
import type { SessionSubscriber } from '../../ports/session-events.ts';
import { type CustomerPasts, channelTaken, endedWell } from './customer-past.ts';
import type { LearnedState } from './learned-state.ts';
import { channelOutcomeId, complexityBandOf } from './outcome-tables.ts';

const countChannelOutcome = (
  writer: RecordWriter,
  session: SupportSession,
  decision: RoutingDecision | undefined,
): void => {
  const channel = channelTaken(session, decision);
  const { category } = session;
  const complexityBand = complexityBandOf(session.complexity);
  const id = channelOutcomeId(channel, category, complexityBand);
  const resolved = endedWell(session) ? 1 : 0;
  writer.increment('channelOutcomes', { id, channel, category, complexityBand, ended: 1, resolved }, [
    'ended',
    'resolved',
  ]);
};

/** The counter of one decision's confidence, as it was before any calibration by outcomes. */
const confidenceOutcomeOf = (decision: RoutingDecision, right: boolean): ConfidenceOutcome => {
  const confidence = decision.policyConfidence ?? decision.confidence;
  const tenth = Math.min(9, Math.floor(confidence * 10));
  const { policyVersion } = decision;
  return {
    id: `${policyVersion}-${tenth}`,
    policyVersion,
    tenth,
    decisions: 1,
    right: right ? 1 : 0,
    confidenceSum: confidence,
  };
};

/** How a decision turned out; whether it was right is known only when its channel was the one taken. */
const withOutcome = (decision: RoutingDecision, session: SupportSession, at: number): RoutingDecision => {
  const { resolution, satisfaction, duration } = session;
  const taken = channelTaken(session, decision) === decision.recommendedRoute;
  return {
    ...decision,
    ...(resolution !== undefined && { outcome: resolution }),
    ...(taken && { right: endedWell(session) }),
    ...(satisfaction !== undefined && { satisfaction }),
    ...(duration !== undefined && { duration }),
    outcomeAt: isoTime(at),
  };
};

export interface OutcomeLearningOptions {
  clock: Clock;
  learned: LearnedState;
  pasts: CustomerPasts;
}

export type OutcomeLearning = Required<SessionSubscriber>;

/** Writes what a session taught in the transaction that ends it (rules RO4 and RE5). */
export const createOutcomeLearning = ({
  clock,
  learned,
  pasts,
}: OutcomeLearningOptions): OutcomeLearning => ({
  ending: (writer, { session, decision }) => {
    countChannelOutcome(writer, session, decision);
    if (decision !== undefined) {
      const judged = withOutcome(decision, session, clock.now());
      writer.put('routingDecisions', judged);
      if (judged.right !== undefined) {
        const counter = confidenceOutcomeOf(decision, judged.right);
        writer.increment('confidenceOutcomes', counter, ['decisions', 'right', 'confidenceSum']);
      }
    }
    learned.outcomesChanged();
    pasts.sessionEnds(session.customerId);
  },
  rated: (writer, { satisfaction, decision }) => {
    if (decision !== undefined) writer.put('routingDecisions', { ...decision, satisfaction });
  },
});
