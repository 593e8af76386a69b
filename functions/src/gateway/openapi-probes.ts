import { z } from 'zod';
import { timeSchema } from '../protocol/common.ts';
import { errorResponsesOf } from './openapi-errors.ts';
import type { SchemaCollection } from './openapi-schemas.ts';
import type { OpenApiDocument, OperationObject } from './openapi-types.ts';

const countSchema = z.number().int().min(0);

const healthSchema = z.strictObject({
  status: z.enum(['healthy', 'degraded']),
  timestamp: timeSchema,
  websocket: z.strictObject({ connections: countSchema, sessions: countSchema }),
  engines: z.record(z.string(), z.object({ name: z.string(), healthy: z.boolean() })),
});

const readySchema = z.strictObject({ status: z.literal('ready') });

/** Describes the addresses that are no operations of the API: probes and the documentation itself. */
export const probePaths = (schemas: SchemaCollection): OpenApiDocument['paths'] => {
  const get = (
    operationId: string,
    summary: string,
    contentType: string,
    schema: z.ZodType,
    failures: OperationObject['responses'] = {},
  ): Record<string, OperationObject> => ({
    get: {
      operationId,
      tags: ['Server'],
      summary,
      responses: {
        '200': {
          description: summary,
          content: { [contentType]: { schema: schemas.schemaOf(schema, 'output') } },
        },
        ...failures,
      },
      security: [],
      'x-roles': ['anyone'],
    },
  });
  const failing = (code: Parameters<typeof errorResponsesOf>[0][number]) =>
    errorResponsesOf([code]) as OperationObject['responses'];
  const text = z.string();
  return {
    '/health': get('getHealth', 'State of the server and its engines', 'application/json', healthSchema),
    '/ready': get(
      'getReadiness',
      'Whether it takes work',
      'application/json',
      readySchema,
      failing('unavailable'),
    ),
    '/metrics': get(
      'getMetrics',
      'Figures for Prometheus: with METRICS_TOKEN or from the machine itself',
      'text/plain',
      text,
      failing('not_authenticated'),
    ),
    '/openapi.json': get('getOpenApi', 'This document', 'application/json', z.looseObject({ openapi: text })),
    '/docs': get('getDocumentation', 'This document as a page', 'text/html', text),
    '/docs/errors': get('getErrorDocumentation', 'Every error code, explained', 'text/html', text),
  };
};
