import type { Permission } from '../access/permissions.ts';
import { type ErrorCode, errorCodes } from '../protocol/error-codes.ts';
import type { JsonSchema } from './openapi-schemas.ts';
import type { Operation } from './operation.ts';
import { problemType } from './problem.ts';

/** The schema of every failure. */
export const problemSchema: JsonSchema = {
  type: 'object',
  description: 'A failure, as RFC 9457 describes it. Decide by `code`.',
  properties: {
    type: { type: 'string', description: 'Where the code is explained' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'What to do next' },
    code: { type: 'string', enum: Object.keys(errorCodes) },
    requestId: { type: 'string', description: 'Name it when you ask for help' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          path: { type: 'string', description: 'Dotted; empty for the whole' },
          message: { type: 'string' },
        },
        required: ['path', 'message'],
        additionalProperties: false,
      },
    },
  },
  required: ['type', 'title', 'status', 'code', 'requestId'],
  additionalProperties: false,
};

const always: readonly ErrorCode[] = [
  'malformed_request',
  'validation_failed',
  'rate_limited',
  'internal',
  'unavailable',
];

/** Every code that an operation can answer with. */
export const errorCodesOf = (operation: Operation, permission: Permission): ErrorCode[] => {
  const codes = new Set<ErrorCode>([...always, ...(operation.errors ?? [])]);
  if (permission !== 'anyone') codes.add('not_authenticated').add('forbidden');
  if (operation.body !== undefined) {
    codes.add('malformed_json').add('payload_too_large').add('unsupported_media_type');
  }
  if (operation.takesFile !== undefined) codes.add('payload_too_large').add('unsupported_media_type');
  return [...codes];
};

const header = (description: string, type: 'integer' | 'string') => ({ description, schema: { type } });

/** Headers on replies that need an explanation. */
export const headerComponents = {
  RequestId: header('Id of this request in our log', 'string'),
  RetryAfter: header('Seconds to wait before the next try', 'integer'),
  RateLimitLimit: header('Requests that the window takes', 'integer'),
  RateLimitRemaining: header('Requests that are left in the window', 'integer'),
  RateLimitReset: header('Seconds until the window begins again', 'integer'),
};

const referTo = (names: Record<string, keyof typeof headerComponents>) =>
  Object.fromEntries(
    Object.entries(names).map(([name, component]) => [name, { $ref: `#/components/headers/${component}` }]),
  );

const headersOf = (status: number) => ({
  ...referTo({ 'X-Request-Id': 'RequestId' }),
  ...(status === 429 || status === 503 ? referTo({ 'Retry-After': 'RetryAfter' }) : {}),
});

/** Headers of every counted reply. */
export const replyHeaders = referTo({
  'X-Request-Id': 'RequestId',
  'RateLimit-Limit': 'RateLimitLimit',
  'RateLimit-Remaining': 'RateLimitRemaining',
  'RateLimit-Reset': 'RateLimitReset',
});

/** The responses for these codes, by status. */
export const errorResponsesOf = (codes: readonly ErrorCode[]): Record<string, unknown> => {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of codes) {
    const { status } = errorCodes[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const responseOf = ([status, same]: [number, ErrorCode[]]) => [
    String(status),
    {
      description: same.map((code) => `\`${code}\`: ${errorCodes[code].title}.`).join(' '),
      headers: headersOf(status),
      content: {
        [problemType]: {
          schema: {
            allOf: [{ $ref: '#/components/schemas/Problem' }],
            properties: { code: { enum: same } },
          },
        },
      },
    },
  ];
  return Object.fromEntries([...byStatus].sort(([one], [other]) => one - other).map(responseOf));
};
