import fc from 'fast-check';
import type { JsonSchema } from '../../../src/gateway/openapi-schemas.ts';
import type { ParameterObject } from '../../../src/gateway/openapi-types.ts';
import { type Contract, type OperationCall, type PublishedOperation, targetOf } from '../contract.ts';
import type { BadRequest } from './bad-request.ts';
import { jsonOf, junkText, prototypeKeys } from './junk.ts';
import { spoiledBytes, spoiledMedia } from './spoil-body.ts';
import { spoiled } from './spoil-value.ts';

/** A good request of an operation, by somebody who may make it. */
export interface GoodRequest {
  operation: PublishedOperation;
  call: OperationCall;
  token: string;
}

type Requests = fc.Arbitrary<BadRequest>;

const headersOf = ({ token, call }: GoodRequest): Record<string, string> => ({
  ...(token !== '' && { authorization: `Bearer ${token}` }),
  ...(call.body !== undefined && { 'content-type': 'application/json' }),
});

/** The good request as it would be sent. */
export const sentAs = (good: GoodRequest, kind: string): BadRequest => ({
  kind,
  method: good.operation.method,
  target: targetOf(good.operation.path, good.call),
  headers: headersOf(good),
  ...(good.call.body !== undefined && { body: Buffer.from(jsonOf(good.call.body)) }),
  ...(good.call.file !== undefined && { body: good.call.file }),
});

const bodySchemaOf = ({ operation }: GoodRequest): JsonSchema | undefined =>
  operation.described.requestBody?.content['application/json']?.schema;

const spoiledBodies = (good: GoodRequest, schema: JsonSchema): fc.Arbitrary<unknown> => {
  const known = Object.keys((schema.properties ?? {}) as object);
  const optional = known.filter((key) => !Object.hasOwn(good.call.body as object, key));
  return spoiled(good.call.body, optional);
};

const badBodies = (contract: Contract, good: GoodRequest, schema: JsonSchema): Requests =>
  spoiledBodies(good, schema)
    .filter((value) => contract.mistakes(schema, value).length > 0)
    .map((value) => ({ ...sentAs(good, 'body'), body: Buffer.from(jsonOf(value)), statuses: [422] }));

const badLimits = [
  '0',
  '-1',
  '201',
  '1.5',
  'NaN',
  'Infinity',
  '1e999',
  'abc',
  '',
  '１２',
  '5;',
  `1${'0'.repeat(400)}`,
];

const badValue = (contract: Contract, { name, schema }: ParameterObject): fc.Arbitrary<string> =>
  name === 'limit'
    ? fc.constantFrom(...badLimits)
    : junkText.filter((text) => contract.mistakes(schema, text).length > 0);

/** Whether there are texts that the schema refuses. */
const isPicky = (contract: Contract, { name, schema }: ParameterObject): boolean =>
  name === 'limit' ||
  ['', '\u0000', 'x'.repeat(10_000)].some((text) => contract.mistakes(schema, text).length > 0);

const queryKeys = fc.oneof(
  fc.constantFrom(...prototypeKeys, 'limit[]', 'limit[$gt]', 'q.q', 'a[b][c]', '', '%zz'),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
);

const search = (pairs: readonly (readonly [string, string])[]): string =>
  pairs.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&');

const encodable = (text: string): boolean => !/\p{Cs}/u.test(text);

/** Queries with a name too many, a name twice, or a value that its schema refuses. */
const badQueries = (contract: Contract, good: GoodRequest): Requests => {
  const parameters = (good.operation.described.parameters ?? []).filter(
    (parameter) => parameter.in === 'query',
  );
  const names = parameters.map(({ name }) => name);
  const path = targetOf(good.operation.path, { ...good.call, query: {} });
  const sent = (kind: string, query: string): BadRequest => ({
    ...sentAs(good, kind),
    target: `${path}?${query}`,
    statuses: [422],
  });
  const unknown = fc
    .tuple(
      queryKeys,
      junkText.map((text) => text.slice(0, 200)),
    )
    .filter(([name, value]) => !names.includes(name) && encodable(name) && encodable(value))
    .map((pair) => sent('query, unknown name', search([pair])));
  const judged = parameters.filter((parameter) => isPicky(contract, parameter));
  if (judged.length === 0) return unknown;
  const twice = fc.constantFrom(...names).map((name) =>
    sent(
      'query, name twice',
      search([
        [name, '5'],
        [name, '5'],
      ]),
    ),
  );
  const wrong = fc.constantFrom(...judged).chain((parameter) =>
    badValue(contract, parameter)
      .filter((text) => encodable(text) && text.length < 12_000)
      .map((text) => sent('query, value', search([[parameter.name, text]]))),
  );
  return fc.oneof(unknown, twice, wrong);
};

const badCursors = (good: GoodRequest): Requests => {
  const list = Buffer.from('["supportSessions.startTime.descending"]').toString('base64url');
  const cursor = fc.oneof(
    fc.constantFrom('x', list, 'W10', 'bnVsbA', '__proto__', '%00', 'eyJhIjoxfQ=='),
    fc.base64String({ minLength: 1, maxLength: 60 }),
  );
  return cursor.map((text) => ({
    ...sentAs(good, 'cursor'),
    target: targetOf(good.operation.path, { ...good.call, query: { cursor: text } }),
    statuses: [400],
  }));
};

const undecodable = ['%', '%zz', '%e0%a4', '%c0%ae', '%ff', 'a%2'];

const badIds = (good: GoodRequest): Requests => {
  const at = (id: string): string =>
    targetOf(good.operation.path.replace('{id}', id), { ...good.call, params: {} });
  const wrong = junkText
    .filter((text) => encodable(text) && text.length < 5_000 && text !== '' && !/^[\w-]{1,64}$/.test(text))
    .map((text) => ({ ...sentAs(good, 'id'), target: at(encodeURIComponent(text)), statuses: [422] }));
  const unreadable = fc
    .constantFrom(...undecodable)
    .map((text) => ({ ...sentAs(good, 'percent-encoding'), target: at(text), statuses: [400] }));
  const unknown = fc
    .uuid()
    .map((id) => ({ ...sentAs(good, 'id of nothing'), target: at(id), statuses: [404] }));
  return fc.oneof(wrong, unreadable, unknown);
};

/** Bodies as strange as the bad ones that fit the schema all the same; undefined for operations without body. */
export const strangeBodies = (contract: Contract, good: GoodRequest): Requests | undefined => {
  const schema = bodySchemaOf(good);
  return (
    schema &&
    spoiledBodies(good, schema)
      .filter((value) => contract.mistakes(schema, value).length === 0)
      .map((value) => ({ ...sentAs(good, 'strange body'), body: Buffer.from(jsonOf(value)) }))
  );
};

/** Bad requests that an operation refuses for what they carry. */
export const spoiledOperation = (contract: Contract, good: GoodRequest, bodyLimitBytes: number): Requests => {
  const schema = bodySchemaOf(good);
  const takesCursor = good.operation.described.parameters?.some(({ name }) => name === 'cursor') === true;
  const bodies = schema && [
    { weight: 8, arbitrary: badBodies(contract, good, schema) },
    { weight: 3, arbitrary: spoiledBytes(good) },
    { weight: 3, arbitrary: spoiledMedia(good, bodyLimitBytes) },
  ];
  return fc.oneof(
    { weight: 3, arbitrary: badQueries(contract, good) },
    ...(takesCursor ? [{ weight: 2, arbitrary: badCursors(good) }] : []),
    ...(good.call.params === undefined ? [] : [{ weight: 3, arbitrary: badIds(good) }]),
    ...(bodies ?? []),
  );
};
