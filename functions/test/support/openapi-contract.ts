import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

/** The parts of an OpenAPI document that a reply is checked against. */
export interface PublishedApi {
  paths: Record<
    string,
    Record<string, { operationId: string; responses: Record<string, PublishedResponse> }>
  >;
}

interface PublishedResponse {
  content?: Record<string, unknown>;
}

/** A request as it was sent: only what finds its operation. */
export interface SentRequest {
  method: string;
  /** With or without query. */
  path: string;
}

/** A reply as it was received, its body as text. */
export interface ReceivedReply {
  status: number;
  headers: Headers;
  body: string;
}

const documentKey = 'https://proofdesk.invalid/openapi.json';

const validators = new WeakMap<PublishedApi, Ajv2020>();

const validatorOf = (api: PublishedApi): Ajv2020 => {
  const known = validators.get(api);
  if (known !== undefined) return known;
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  // OpenAPI's own keywords are no schema; only the places that are referred to are read as such.
  ajv.addSchema({ ...api, $id: documentKey }, documentKey, false, false);
  validators.set(api, ajv);
  return ajv;
};

const pointer = (...names: string[]): string =>
  names.map((name) => `/${encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))}`).join('');

const templateFits = (template: string, path: string): boolean =>
  new RegExp(`^${template.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{\w+\}/g, '[^/]+')}$`).test(path);

/** The published path of a request; a path without parameters wins over one with. */
const templateOf = (api: PublishedApi, path: string): string => {
  const [plain = ''] = path.split('?');
  if (api.paths[plain] !== undefined) return plain;
  const template = Object.keys(api.paths).find((candidate) => templateFits(candidate, plain));
  if (template === undefined) throw new Error(`${plain} is not published.`);
  return template;
};

/** Compiled once for each place, because replies are checked by the hundred. */
const schemaCheck = (api: PublishedApi, place: readonly string[]): ValidateFunction => {
  const check = validatorOf(api).getSchema(`${documentKey}#${pointer(...place)}`);
  if (check === undefined) throw new Error(`There is no schema at ${place.join(' ')}.`);
  return check;
};

const bodyOf = (mediaType: string, body: string): unknown =>
  /^application\/(\w+\+)?json$/.test(mediaType) ? JSON.parse(body) : body;

/**
 * Fails unless the reply is one that the document publishes for this request: status, media type and every
 * part of the body. Addresses and methods that are not published must be answered as such.
 */
export const expectPublishedReply = (api: PublishedApi, request: SentRequest, reply: ReceivedReply): void => {
  const method = request.method.toLowerCase();
  const template = templateOf(api, request.path);
  const operation = api.paths[template]?.[method];
  const place = `${request.method} ${template} → ${reply.status}`;
  if (operation === undefined) throw new Error(`${place}: the method is not published.`);
  const response = operation.responses[String(reply.status)];
  if (response === undefined)
    throw new Error(`${place}: the status is not published: ${reply.body.slice(0, 300)}`);
  const published = Object.keys(response.content ?? {});
  if (published.length === 0) {
    if (reply.body !== '') throw new Error(`${place}: no body is published, this one came: ${reply.body}`);
    return;
  }
  const [mediaType = ''] = (reply.headers.get('content-type') ?? '').split(';');
  if (!published.includes(mediaType)) throw new Error(`${place}: ${mediaType} is not published.`);
  const where = [
    'paths',
    template,
    method,
    'responses',
    String(reply.status),
    'content',
    mediaType,
    'schema',
  ];
  const check = schemaCheck(api, where);
  if (check(bodyOf(mediaType, reply.body))) return;
  const mistakes = (check.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  throw new Error(`${place}: ${mistakes.join('; ')}: ${reply.body.slice(0, 1_000)}`);
};

/** Sends a request and checks the reply; gives it back for further questions. */
export const fetchPublished = async (
  api: PublishedApi,
  baseUrl: string,
  path: string,
  init: RequestInit = {},
): Promise<ReceivedReply> => {
  const response = await fetch(`${baseUrl}${path}`, init);
  const reply = { status: response.status, headers: response.headers, body: await response.text() };
  expectPublishedReply(api, { method: init.method ?? 'GET', path }, reply);
  return reply;
};
