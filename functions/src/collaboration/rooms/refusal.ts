import { AppError } from '../../errors/app-error.ts';
import { errorCodes } from '../../protocol/error-codes.ts';
import type { OperationAck, RefusedAck } from '../../protocol/realtime.ts';

const unknown = new AppError('internal', 'Something went wrong on our side: try again.');

/** A failure as a socket is told of it; of what is no AppError nothing is shown. */
export const refusalOf = (error: unknown): RefusedAck => {
  const { code, detail, retryAfterMs } = error instanceof AppError ? error : unknown;
  return {
    ok: false,
    code,
    message: detail,
    retryable: errorCodes[code].retryable,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
};

/** A refusal as it is answered over HTTP. */
export const failureOf = ({ code, message, retryAfterMs }: RefusedAck): AppError =>
  new AppError(code, message, retryAfterMs === undefined ? {} : { retryAfterMs });

/** The ack of what was done; fails when it was refused. */
export const accepted = (ack: OperationAck | RefusedAck): OperationAck => {
  if (ack.ok) return ack;
  throw failureOf(ack);
};
