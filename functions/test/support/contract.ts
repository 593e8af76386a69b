import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { JsonSchema } from '../../src/gateway/openapi-schemas.ts';
import type { OpenApiDocument, OperationObject } from '../../src/gateway/openapi-types.ts';
import { expectPublishedReply } from './openapi-contract.ts';
import { type Api, type ApiReply, apiOf } from './server.ts';

/** One operation of the published document. */
export interface PublishedOperation {
  id: string;
  method: string;
  path: string;
  described: OperationObject;
}

/** A request as the document speaks of it. */
export interface OperationCall {
  params?: Record<string, string> | undefined;
  query?: Record<string, string> | undefined;
  body?: unknown;
  /** A body that is a file. */
  file?: Buffer;
  headers?: Record<string, string>;
}

/** What a server publishes about itself, and judge of whether its replies keep it. */
export interface Contract {
  document: OpenApiDocument;
  operations: ReadonlyMap<string, PublishedOperation>;
  /** Throws when the document does not name the operation. */
  operation(id: string): PublishedOperation;
  /** Why a value does not fit a schema of the document; empty when it does. */
  mistakes(schema: JsonSchema, value: unknown): string[];
  /** Fails when the reply is not one that the operation publishes. */
  check(id: string, reply: ApiReply): void;
  /** Makes the request, as the document writes it. */
  call(api: Api, id: string, call?: OperationCall): Promise<ApiReply>;
}

/** The path of an operation with its parameters filled in and its query behind. */
export const targetOf = (path: string, { params = {}, query = {} }: OperationCall): string => {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const search = new URLSearchParams(query).toString();
  return search === '' ? filled : `${filled}?${search}`;
};

const createValidator = (document: OpenApiDocument) => {
  const ajv = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true });
  addFormats.default(ajv);
  ajv.addVocabulary(['components']);
  const compiled = new Map<JsonSchema, ValidateFunction>();
  return (schema: JsonSchema): ValidateFunction => {
    const known = compiled.get(schema);
    if (known !== undefined) return known;
    const validate = ajv.compile({ ...schema, components: document.components });
    compiled.set(schema, validate);
    return validate;
  };
};

const operationsOf = (document: OpenApiDocument): Map<string, PublishedOperation> =>
  new Map(
    Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, described]) => [
        described.operationId,
        { id: described.operationId, method: method.toUpperCase(), path, described },
      ]),
    ),
  );

/** Reads the document of a running server. */
export const readContract = async (url: string): Promise<Contract> => {
  const document = (await apiOf(url)('GET', '/openapi.json')).body as OpenApiDocument;
  const operations = operationsOf(document);
  const validatorOf = createValidator(document);

  const operation = (id: string): PublishedOperation => {
    const found = operations.get(id);
    if (found === undefined) throw new Error(`the document names no operation ${id}`);
    return found;
  };

  const mistakes = (schema: JsonSchema, value: unknown): string[] => {
    const validate = validatorOf(schema);
    if (validate(value)) return [];
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath || 'body'} ${message}`);
  };

  return {
    document,
    operations,
    operation,
    mistakes,
    check: (id, { status, headers, body }) => {
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      expectPublishedReply(document, operation(id), { status, headers, body: text });
    },
    call: (api, id, call = {}) => {
      const { method, path } = operation(id);
      return api(method, targetOf(path, call), call.file ?? call.body, call.headers);
    },
  };
};
