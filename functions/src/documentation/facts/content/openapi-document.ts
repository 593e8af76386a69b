import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import type { FactMember, RouteSide } from '../../../protocol/fact-sides.ts';
import { emptySummary, type FileSummary, type OperationFound } from './file-summary.ts';
import { lineOfText } from './lines.ts';

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const;

const schemaSchema = z.object({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).optional().catch(undefined),
  default: z.unknown().optional(),
  $ref: z.string().optional(),
});

const parameterSchema = z.object({
  name: z.string(),
  in: z.string(),
  required: z.boolean().optional(),
  schema: schemaSchema.optional().catch(undefined),
});

const operationSchema = z.object({
  summary: z.string().optional(),
  deprecated: z.boolean().optional().catch(undefined),
  parameters: z.array(z.unknown()).optional(),
  requestBody: z
    .object({ content: z.record(z.string(), z.object({ schema: z.unknown().optional() })) })
    .optional()
    .catch(undefined),
  responses: z.record(z.string(), z.unknown()).optional(),
});

const documentSchema = z.object({
  openapi: z.string().optional(),
  swagger: z.string().optional(),
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  components: z
    .object({ schemas: z.record(z.string(), z.unknown()).optional() })
    .optional()
    .catch(undefined),
});

type Document = z.infer<typeof documentSchema>;

const typeOf = (schema: z.infer<typeof schemaSchema> | undefined): string | undefined =>
  schema?.$ref?.slice(schema.$ref.lastIndexOf('/') + 1) ??
  (schema?.type ? [schema.type].flat().join(' | ') : undefined);

const member = (
  name: string,
  required: boolean,
  schema: z.infer<typeof schemaSchema> | undefined,
): FactMember => {
  const type = typeOf(schema);
  const fallback = schema?.default;
  return {
    name,
    required,
    ...(type === undefined ? {} : { type }),
    ...(fallback === undefined ? {} : { default: JSON.stringify(fallback) }),
  };
};

const resolveSchema = (document: Document, value: unknown): z.infer<typeof schemaSchema> | undefined => {
  const { data } = schemaSchema.safeParse(value);
  const name = data?.$ref?.match(/^#\/components\/schemas\/(.+)$/)?.[1];
  if (name === undefined) return data;
  return schemaSchema.safeParse(document.components?.schemas?.[name]).data;
};

const bodyMembers = (document: Document, operation: z.infer<typeof operationSchema>): FactMember[] => {
  const [media] = Object.values(operation.requestBody?.content ?? {});
  const schema = resolveSchema(document, media?.schema);
  return Object.entries(schema?.properties ?? {}).map(([name, value]) =>
    member(`body.${name}`, schema?.required?.includes(name) ?? false, schemaSchema.safeParse(value).data),
  );
};

const parameterMembers = (values: readonly unknown[]): FactMember[] =>
  values.flatMap((value) => {
    const { data } = parameterSchema.safeParse(value);
    if (!data || data.in === 'path') return [];
    return [member(`${data.in}.${data.name}`, data.required ?? false, data.schema)];
  });

/** `/orders/{id}` as routers write it: `/orders/:id`. */
export const routerPath = (path: string): string => path.replace(/\{([^}]+)\}/g, ':$1');

export const pathParameters = (path: string): string[] =>
  [...path.matchAll(/:([A-Za-z_]\w*)/g)].flatMap(([, name]) => name ?? []);

const readOperation = (
  document: Document,
  path: string,
  method: string,
  value: unknown,
  shared: unknown,
): RouteSide => {
  const operation = operationSchema.safeParse(value).data ?? {};
  const common = Array.isArray(shared) ? shared : [];
  return {
    type: 'route',
    method: method.toUpperCase(),
    path: routerPath(path),
    source: 'openapi',
    pathParameters: pathParameters(routerPath(path)),
    parameters: [
      ...parameterMembers([...common, ...(operation.parameters ?? [])]),
      ...bodyMembers(document, operation),
    ],
    responses: Object.keys(operation.responses ?? {}).sort(),
    ...(operation.summary ? { summary: operation.summary } : {}),
    ...(operation.deprecated ? { deprecated: true } : {}),
  };
};

const readOperations = (document: Document, text: string): OperationFound[] =>
  Object.entries(document.paths).flatMap(([path, item]) => {
    const pathLine = text.indexOf(path);
    return methods
      .filter((method) => item[method] !== undefined)
      .map((method) => ({
        line: lineOfText(text, method, Math.max(0, pathLine)),
        side: readOperation(document, path, method, item[method], item.parameters),
      }));
  });

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
