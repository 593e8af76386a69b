import type { z } from 'zod';
import { AppError } from '../../errors/app-error.ts';
import { type ClientEventName, clientEvents } from '../../protocol/realtime.ts';

/** Names that objects have by nature are no events. */
export const isClientEvent = (event: string): event is ClientEventName => Object.hasOwn(clientEvents, event);

const invalid = (message: string): AppError => new AppError('validation_failed', message);

const problemOf = ({ issues }: z.core.$ZodError): string => {
  const [issue] = issues;
  if (issue === undefined) return 'The event cannot be read.';
  return issue.path.length === 0 ? issue.message : `${issue.path.join('.')}: ${issue.message}`;
};

/**
 * The one payload of an event, as its schema lets it through; events that need nothing may leave it out. AppError
 * `validation_failed` names the place that is wrong.
 */
export const readEvent = (event: ClientEventName, payloads: readonly unknown[]): unknown => {
  if (payloads.length > 1) throw invalid('An event has one payload.');
  let result: z.ZodSafeParseResult<unknown>;
  try {
    result = clientEvents[event].safeParse(payloads[0] ?? {});
  } catch (error) {
    // A text can be nested deeper than a parser can follow.
    if (error instanceof RangeError) throw invalid('The payload is nested too deeply.');
    throw error;
  }
  if (!result.success) throw invalid(problemOf(result.error));
  return result.data;
};
