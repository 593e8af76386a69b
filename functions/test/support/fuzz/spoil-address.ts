import { METHODS } from 'node:http';
import fc from 'fast-check';
import type { Contract } from '../contract.ts';
import type { BadRequest } from './bad-request.ts';
import { type GoodRequest, sentAs } from './spoil-operation.ts';

/** Preflights are right everywhere, CONNECT asks for a tunnel, and HEAD is answered without a body. */
const neverTried = ['OPTIONS', 'CONNECT', 'HEAD'];
const madeUp = ['FOO', 'GETT', 'PRI', 'BREW'];

/** Methods that the address does not take. */
export const spoiledMethod = (contract: Contract, goods: readonly GoodRequest[]): fc.Arbitrary<BadRequest> =>
  fc.constantFrom(...goods).chain((good) => {
    const taken = Object.keys(contract.document.paths[good.operation.path] ?? {}).map((method) =>
      method.toUpperCase(),
    );
    const others = [...METHODS, ...madeUp].filter((method) => ![...taken, ...neverTried].includes(method));
    return fc.constantFrom(...others).map((method) => ({
      ...sentAs(good, 'method'),
      method,
      statuses: METHODS.includes(method) ? [405] : [400],
    }));
  });

const nowhere = [
  '/api',
  '/api/',
  '/api/v1',
  '/api/v1/',
  '/api/v2/me',
  '/API/V1/ME',
  '/api/v1/Me',
  '/api/v1/me/',
  '/api/v1/me/me',
  '/api//v1/me',
  '/api/v1/me%2f',
  '/api/v1/me;a=b',
  '/api/v1/./me',
  '/api/v1/../v1/me',
  '/api/v1/%6De',
  '/api/v1/..%2f..%2f..%2fetc%2fpasswd',
  '/api/v1/__proto__',
  '/api/v1/constructor',
  '/api/v1/sessions//claim',
  '/api/v1/sessions/a/b/c',
  '/api/v1/{id}',
  '/api/v1/:id',
  '/api/v1/*',
];

const templatesOf = (contract: Contract): RegExp[] =>
  Object.keys(contract.document.paths).map((path) => new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`));

/** Addresses that nothing has, and some that cannot be decoded. */
export const spoiledPath = (contract: Contract, goods: readonly GoodRequest[]): fc.Arbitrary<BadRequest> => {
  const templates = templatesOf(contract);
  const unreserved = fc.constantFrom(...'abcdefmst0123456789-._~!$&()*+,;=:@%/[]^|');
  const random = fc
    .string({ unit: unreserved, minLength: 1, maxLength: 200 })
    .map((text) => `/api/v1/${text}`)
    .filter((path) => !templates.some((template) => template.test(path)));
  const long = fc.integer({ min: 200, max: 6_000 }).map((length) => `/api/v1/${'a/'.repeat(length)}`);
  return fc
    .tuple(fc.constantFrom(...goods), fc.oneof(fc.constantFrom(...nowhere), random, long))
    .map(([good, target]) => ({ ...sentAs(good, 'path'), target, statuses: [400, 404] }));
};
