import { createHash } from 'node:crypto';
import { documentationPage } from './documentation-page.ts';
import { documentationStyle } from './documentation-style.ts';
import { errorPage } from './error-page.ts';
import type { OpenApiDocument } from './openapi-types.ts';
import type { Pipeline } from './pipeline.ts';
import type { ReplySender } from './reply.ts';
import type { Route } from './route-table.ts';

/** What lets the pages' own style sheet through the content security policy. */
export const documentationStyleSource = `'sha256-${createHash('sha256').update(documentationStyle).digest('base64')}'`;

const htmlType = 'text/html; charset=utf-8';

/** GET /openapi.json, /docs and /docs/errors: rendered once, exempt from limits. */
export const createDocumentationRoutes = (
  openapi: OpenApiDocument,
  pipeline: Pipeline,
  sender: ReplySender,
): Route[] => {
  const page = (id: string, path: string, contentType: string, body: string): Route => ({
    id,
    method: 'get',
    path,
    handle: pipeline.exempt((exchange) => sender.reply(exchange, { status: 200, contentType, body })),
  });
  return [
    page('getOpenApi', '/openapi.json', 'application/json', JSON.stringify(openapi)),
    page('getDocumentation', '/docs', htmlType, documentationPage(openapi)),
    page('getErrorDocumentation', '/docs/errors', htmlType, errorPage()),
  ];
};
