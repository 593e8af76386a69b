import type { z } from 'zod';
import { type Permission, permissions } from '../access/permissions.ts';
import {
  errorCodesOf,
  errorResponsesOf,
  headerComponents,
  problemSchema,
  replyHeaders,
} from './openapi-errors.ts';
import { probePaths } from './openapi-probes.ts';
import { createSchemaCollection, type JsonSchema, type SchemaCollection } from './openapi-schemas.ts';
import type { OpenApiDocument, OperationObject, ParameterObject, ResponseObject } from './openapi-types.ts';
import type { Operation, PublishedReply } from './operation.ts';

const description = [
  'The support desk for businesses that make things from artwork.',
  'Send JSON, and a token as `Authorization: Bearer <token>`; POST /api/v1/auth/token gives one where accounts are kept by the server itself.',
  'Times are ISO 8601 in UTC with milliseconds; ids are opaque.',
  'Lists are newest first, 50 items unless `limit` says otherwise (at most 200), and go on with `cursor` = `nextCursor` of the page before.',
  'Failures are `application/problem+json`: decide by `code`, explained under [/docs/errors](/docs/errors).',
  'Replies to counted requests carry `RateLimit-*` headers; reads carry an `ETag` and answer 304 to `If-None-Match`.',
].join('\n\n');

const parametersOf = (
  schemas: SchemaCollection,
  schema: z.ZodType | undefined,
  place: 'path' | 'query',
): ParameterObject[] => {
  if (schema === undefined) return [];
  const { properties, required } = schemas.schemaOf(schema, 'input');
  const names = Array.isArray(required) ? required : [];
  return Object.entries((properties ?? {}) as Record<string, JsonSchema>).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || names.includes(name),
    ...(typeof property.description === 'string' ? { description: property.description } : {}),
    schema: property,
  }));
};

const responseOf = (schemas: SchemaCollection, reply: PublishedReply): ResponseObject => {
  const { contentType = 'application/json', otherContentTypes = [], schema } = reply;
  const published = schema && schemas.schemaOf(schema, 'output');
  const others = otherContentTypes.map((type) => [type, { schema: { type: 'string' } }] as const);
  return {
    description: reply.description,
    headers: replyHeaders,
    ...(published === undefined
      ? {}
      : { content: { [contentType]: { schema: published }, ...Object.fromEntries(others) } }),
  };
};

const responsesOf = (schemas: SchemaCollection, operation: Operation, permission: Permission) => {
  const replies = Object.entries(operation.replies).map(([status, reply]) => [
    status,
    responseOf(schemas, reply),
  ]);
  const isRead = operation.method === 'get' && operation.replies[200] !== undefined;
  return {
    ...Object.fromEntries(replies),
    ...(isRead
      ? { '304': { description: 'What If-None-Match names is still right.', headers: replyHeaders } }
      : {}),
    ...errorResponsesOf(errorCodesOf(operation, permission)),
  } as Record<string, ResponseObject>;
};

/** A body is JSON, or a file as it is. */
const requestBodyOf = (schemas: SchemaCollection, { body, takesFile }: Operation) => {
  if (takesFile !== undefined) {
    const schema = { type: 'string', format: 'binary', description: takesFile.description };
    return { requestBody: { required: true, content: { 'application/octet-stream': { schema } } } };
  }
  if (body === undefined) return {};
  const schema = schemas.schemaOf(body, 'input');
  return { requestBody: { required: true, content: { 'application/json': { schema } } } };
};

const operationObjectOf = (schemas: SchemaCollection, operation: Operation): OperationObject => {
  const permission: Permission = permissions[operation.id];
  const parameters = [
    ...parametersOf(schemas, operation.params, 'path'),
    ...parametersOf(schemas, operation.query, 'query'),
  ];
  return {
    operationId: operation.id,
    tags: [operation.tag],
    summary: operation.summary,
    ...(operation.description === undefined ? {} : { description: operation.description }),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...requestBodyOf(schemas, operation),
    responses: responsesOf(schemas, operation, permission),
    security: permission === 'anyone' ? [] : [{ bearer: [] }],
    'x-roles': permission === 'anyone' ? ['anyone'] : [...permission],
  };
};

/** Makes the document from the same schemas that validate requests. */
export const createOpenApiDocument = (operations: readonly Operation[], version: string): OpenApiDocument => {
  const schemas = createSchemaCollection();
  const paths: OpenApiDocument['paths'] = {};
  for (const operation of operations) {
    paths[operation.path] = {
      ...paths[operation.path],
      [operation.method]: operationObjectOf(schemas, operation),
    };
  }
  Object.assign(paths, probePaths(schemas));
  const tags = new Set(
    Object.values(paths).flatMap((path) => Object.values(path).flatMap(({ tags }) => tags)),
  );
  return {
    openapi: '3.1.1',
    info: { title: 'Proofdesk', version, description, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: '/' }],
    tags: [...tags].map((name) => ({ name })),
    paths,
    components: {
      schemas: { Problem: problemSchema, ...schemas.components },
      headers: headerComponents,
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
    },
  };
};
