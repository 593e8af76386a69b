import { type CustomerPasts, createCustomerPasts } from './customer-past.ts';
import {
  createDecisionService,
  type DecisionService,
  type DecisionServiceOptions,
} from './decision-service.ts';
import { createLearnedState, type LearnedStateOptions } from './learned-state.ts';
import { createOutcomeLearning, type OutcomeLearning } from './outcome-learning.ts';

/** The router: it recommends, and it learns from how sessions end. */
export interface Routing {
  decisions: DecisionService;
  /** To be subscribed to the sessions (ports/session-events.ts). */
  learning: OutcomeLearning;
  /** Fulfilled when no reading of outcomes is under way. */
  settled(): Promise<void>;
}

export type RoutingOptions = Omit<DecisionServiceOptions, 'learned' | 'pasts'> & LearnedStateOptions;

export const createRouting = (options: RoutingOptions): Routing => {
  const learned = createLearnedState(options);
  const pasts: CustomerPasts = createCustomerPasts(options);
  return {
    decisions: createDecisionService({ ...options, learned, pasts }),
    learning: createOutcomeLearning({ clock: options.clock, learned, pasts }),
    settled: learned.settled,
  };
};
