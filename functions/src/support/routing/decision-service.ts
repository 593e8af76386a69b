import { newId } from '../../ids/new-id.ts';
import type { AiEngine } from '../../ports/ai-engine.ts';
import { type Clock, isoTime } from '../../ports/clock.ts';
import type { RecordStore } from '../../ports/record-store.ts';
import type { RoutingDecision, ShopSettings } from '../../ports/records.ts';
import { channels } from '../../protocol/enumerations.ts';
import { createOpeningCheck, type Opening, openingText } from '../shop/business-hours.ts';
import { recommendChannel } from './channel-policy.ts';
import type { CustomerPasts } from './customer-past.ts';
import { decisionOf, mergedHistory, type RoutingRequest } from './decision-record.ts';
import { createIssueReader } from './issue-reading.ts';
import type { LearnedState } from './learned-state.ts';

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

const noticeOf = ({ awayText, timeZone }: ShopSettings, opensAt: number | undefined): ClosedNotice => {
  if (opensAt === undefined) return { open: false, text: awayText };
  const text = [awayText, openingText(timeZone, opensAt)].filter((part) => part !== '').join(' ');
  return { open: false, opensAt: isoTime(opensAt), text };
};

export const createDecisionService = (options: DecisionServiceOptions): DecisionService => {
  const { store, clock, engine, learned, pasts } = options;
  const read = createIssueReader();
  const openingOf = createOpeningCheck();
  let lastNotice: { opening: Opening; notice: ClosedNotice } | undefined;

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
      availability: { offered, open: openingOf(settings, at).open, busy: snapshot.busy },
    });
    const { calibration } = snapshot;
    return decisionOf({
      id: newId(),
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
    const settings = await options.settings();
    const opening = openingOf(settings, at);
    if (opening.open) return undefined;
    if (lastNotice?.opening !== opening)
      lastNotice = { opening, notice: noticeOf(settings, opening.opensAt) };
    return lastNotice.notice;
  };

  return { consider, decide, closedNotice };
};
