import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import type { FactMember, RouteSide } from '../../../protocol/fact-sides.ts';
import { emptySummary, type FileSummary, type OperationFound } from './file-summary.ts';
import { lineOfText } from './lines.ts';
import { followReference } from './openapi-reference.ts';
import { bodyMembers, schemaMember } from './openapi-schema.ts';

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const;

const parameterSchema = z.object({
  name: z.string(),
  in: z.string(),
  required: z.boolean().optional(),
  schema: z.unknown().optional(),
});

const bodySchema = z.object({
  content: z.record(z.string(), z.object({ schema: z.unknown().optional() })),
});

const operationSchema = z.object({
  summary: z.string().optional(),
  deprecated: z.boolean().optional().catch(undefined),
  parameters: z.array(z.unknown()).optional(),
  requestBody: z.unknown().optional(),
  responses: z.record(z.string(), z.unknown()).optional(),
});

const documentSchema = z.looseObject({
  paths: z.record(z.string(), z.unknown()),
  basePath: z.string().optional().catch(undefined),
  servers: z
    .array(z.object({ url: z.string() }))
    .optional()
    .catch(undefined),
});

type Document = z.infer<typeof documentSchema>;

const itemSchema = z.record(z.string(), z.unknown());

/** Swagger has the type of a parameter beside its name, and a body among the parameters. */
const parameterMembers = (document: Document, value: unknown): FactMember[] => {
  const found = followReference(document, value);
  const { data } = parameterSchema.safeParse(found);
  if (!data || data.in === 'path') return [];
  if (data.in === 'body') return bodyMembers(document, data.schema);
  const place = data.in === 'formData' ? 'body' : data.in;
  return [schemaMember(`${place}.${data.name}`, data.required ?? false, data.schema ?? found)];
};

/** What an operation says of a parameter stands before what its path says. */
const membersOf = (document: Document, values: readonly unknown[]): FactMember[] => {
  const members = values.flatMap((value) => parameterMembers(document, value));
  return [...new Map(members.map((member) => [member.name, member])).values()];
};

const requestMembers = (document: Document, body: unknown): FactMember[] => {
  const { data } = bodySchema.safeParse(followReference(document, body));
  const [media] = Object.values(data?.content ?? {});
  return bodyMembers(document, media?.schema);
};

/** `/orders/{id}` as routers write it: `/orders/:id`. */
export const routerPath = (path: string): string => path.replace(/\{([^}]+)\}/g, ':$1');

export const pathParameters = (path: string): string[] =>
  [...path.matchAll(/:([A-Za-z_]\w*)/g)].flatMap(([, name]) => name ?? []);

/** What stands before every path: that of the first server, which may be a whole address. */
const basePath = ({ basePath: base, servers = [] }: Document): string => {
  const address = base ?? servers[0]?.url ?? '';
  const path = address.replace(/^(https?:)?\/\/[^/]*/, '');
  return path.includes('{') ? '' : path.replace(/\/+$/, '');
};

const readOperation = (
  document: Document,
  path: string,
  method: string,
  value: unknown,
  shared: unknown,
): RouteSide => {
  const operation = operationSchema.safeParse(followReference(document, value)).data ?? {};
  const common = Array.isArray(shared) ? shared : [];
  return {
    type: 'route',
    method: method.toUpperCase(),
    path: routerPath(path),
    source: 'openapi',
    pathParameters: pathParameters(routerPath(path)),
    parameters: [
      ...membersOf(document, [...common, ...(operation.parameters ?? [])]),
      ...requestMembers(document, operation.requestBody),
    ],
    responses: Object.keys(operation.responses ?? {}).sort(),
    ...(operation.summary ? { summary: operation.summary } : {}),
    ...(operation.deprecated ? { deprecated: true } : {}),
  };
};

const readOperations = (document: Document, text: string): OperationFound[] => {
  const base = basePath(document);
  return Object.entries(document.paths).flatMap(([path, value]) => {
    const item = itemSchema.safeParse(followReference(document, value)).data ?? {};
    const pathLine = text.indexOf(path);
    return methods
      .filter((method) => item[method] !== undefined)
      .map((method) => ({
        line: lineOfText(text, method, Math.max(0, pathLine)),
        side: readOperation(document, `${base}${path}`, method, item[method], item.parameters),
      }));
  });
};

/** The operations of an OpenAPI or Swagger document, JSON or YAML. */
export const summariseOpenApi = (text: string): FileSummary => {
  try {
    const value: unknown = text.trimStart().startsWith('{') ? JSON.parse(text) : parseYaml(text);
    const document = documentSchema.parse(value);
    return { ...emptySummary(), operations: readOperations(document, text) };
  } catch {
    const reason = 'It is not a valid OpenAPI document.';
    return {
      ...emptySummary(),
      unresolved: [{ what: 'file', subject: 'OpenAPI document', reason, line: 1 }],
    };
  }
};
