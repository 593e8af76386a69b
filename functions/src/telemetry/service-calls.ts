import { withinDeadline } from '../ports/deadline.ts';

/** What an engine tells its operators; pino's loggers fit. */
export interface OperatorLog {
  error(details: object, message: string): void;
  info(details: object, message: string): void;
}

/** What a failed call means: the error for whoever called, and whether the service is in trouble. */
export interface CallFailure {
  error: unknown;
  inTrouble: boolean;
}

export interface ServiceCallsOptions {
  /** As its operators know it, e.g. "Firestore". */
  service: string;
  /** Longest wait for one answer; what takes longer fails with a DOMException named TimeoutError. */
  deadlineMs: number;
  logger?: OperatorLog | undefined;
  /** Tells a service in trouble from one that has answered, although not with what was wanted. */
  judge(error: unknown): CallFailure;
}

/**
 * Every call of an outside service goes through here: it has a deadline, its failure has a code of ours, and
 * operators are told once that the service is in trouble and once that it answers again.
 */
export class ServiceCalls {
  readonly #options: ServiceCallsOptions;
  #inTrouble = false;

  constructor(options: ServiceCallsOptions) {
    this.#options = options;
  }

  async make<Result>(call: () => Promise<Result>): Promise<Result> {
    const { deadlineMs, logger, service } = this.#options;
    try {
      const result = await withinDeadline({ limitMs: deadlineMs }, call);
      if (this.#inTrouble) logger?.info({}, `${service} answers again`);
      this.#inTrouble = false;
      return result;
    } catch (error) {
      throw this.failure(error);
    }
  }

  /** What the caller is told of a failure, e.g. of a stream that was no call. */
  failure(cause: unknown): unknown {
    const { judge, logger, service } = this.#options;
    const { error, inTrouble } = judge(cause);
    if (inTrouble && !this.#inTrouble) logger?.error({ err: cause }, `${service} does not answer`);
    if (inTrouble) this.#inTrouble = true;
    return error;
  }
}
