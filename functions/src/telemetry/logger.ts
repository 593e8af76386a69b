import { type DestinationStream, type Level, type Logger, pino } from 'pino';
import { scrub } from './scrub.ts';
import { openStandardOutput } from './standard-output.ts';

export type { Logger } from 'pino';

export interface LoggerOptions {
  level: Level | 'silent';
  /** Where lines go; standard output unless said otherwise. */
  destination?: DestinationStream;
}

/** Names that hold secrets or what people wrote; their values never reach a line, at either of two depths. */
const secretNames = [
  'authorization',
  'password',
  'passwordHash',
  'token',
  'secret',
  'apiKey',
  'cookie',
  'body',
  'query',
];

interface LoggedError {
  type: string;
  message: string;
  stack?: string;
  code?: string;
  cause?: LoggedError;
}

const maximumCauses = 4;

/** An error as it is logged: no properties that a library hung on it, such as requests with their headers. */
const loggedError = (error: unknown, depth = 0): LoggedError => {
  if (!(error instanceof Error)) return { type: typeof error, message: scrub(String(error)) };
  const code = 'code' in error ? { code: String(error.code) } : {};
  const stack = error.stack === undefined ? {} : { stack: scrub(error.stack) };
  const cause =
    error.cause === undefined || depth === maximumCauses
      ? {}
      : { cause: loggedError(error.cause, depth + 1) };
  return { type: error.name, message: scrub(error.message), ...stack, ...code, ...cause };
};

/** The server's logger: one JSON object a line, secrets taken out by name and by shape. */
export const createLogger = ({ level, destination }: LoggerOptions): Logger =>
  pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: (error: unknown) => loggedError(error) },
      redact: { paths: secretNames.flatMap((name) => [name, `*.${name}`]), censor: '[redacted]' },
    },
    destination ?? openStandardOutput(),
  );
