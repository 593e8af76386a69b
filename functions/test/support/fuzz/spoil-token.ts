import fc from 'fast-check';
import { SignJWT } from 'jose';
import { loadSigningKey } from '../../../src/engines/local-accounts/signing-key.ts';
import type { BadRequest } from './bad-request.ts';
import { type GoodRequest, sentAs } from './spoil-operation.ts';

interface Claims {
  issuer?: string;
  subject?: string;
  expires?: number;
  generation?: unknown;
}

const signed = (key: Uint8Array, claims: Claims): Promise<string> => {
  const {
    issuer = 'proofdesk',
    subject = 'admin',
    expires = Date.now() / 1_000 + 600,
    generation = 0,
  } = claims;
  return new SignJWT({ generation })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(issuer)
    .setSubject(subject)
    .setExpirationTime(Math.floor(expires))
    .sign(key);
};

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const unsigned = (): string => {
  const claims = { sub: 'admin', iss: 'proofdesk', generation: 0, exp: Math.floor(Date.now() / 1_000) + 600 };
  return `${part({ alg: 'none' })}.${part(claims)}.`;
};

/** Tokens that look right and are not: each lacks one thing that a good one has. */
export const forgedTokens = async (dataDir: string): Promise<string[]> => {
  const key = await loadSigningKey(dataDir, undefined);
  return [
    await signed(new TextEncoder().encode('another key of thirty-two bytes!!'), {}),
    await signed(key, { expires: Date.now() / 1_000 - 1 }),
    await signed(key, { issuer: 'somebody-else' }),
    await signed(key, { subject: 'nobody' }),
    await signed(key, { subject: '__proto__' }),
    await signed(key, { generation: 7 }),
    await signed(key, { generation: '0' }),
    unsigned(),
  ];
};

const noTokens = [
  '',
  'Bearer',
  'Bearer ',
  'Basic YWRtaW46YWRtaW4=',
  'Bearer a b',
  'Token x',
  'Bearer ..',
  'Bearer {}',
  'null',
];

const withoutOneByte = (token: string, at: number): string => token.slice(0, at) + token.slice(at + 1);

/** Good requests of operations that want a user, by somebody who is none. */
export const spoiledToken = (
  goods: readonly GoodRequest[],
  forged: readonly string[],
): fc.Arbitrary<BadRequest> => {
  const guarded = goods.filter(({ token }) => token !== '');
  const headers = fc.oneof(
    fc.constantFrom(...noTokens, ...forged.map((token) => `Bearer ${token}`)),
    fc.base64String({ minLength: 1, maxLength: 200 }).map((text) => `Bearer ${text}`),
    fc.integer({ min: 1_000, max: 8_000 }).map((length) => `Bearer ${'a.'.repeat(length / 2)}`),
  );
  const cut = fc.tuple(fc.constantFrom(...guarded), fc.nat()).map(([good, at]) => ({
    good,
    authorization: `Bearer ${withoutOneByte(good.token, at % good.token.length)}`,
  }));
  const random = fc.record({ good: fc.constantFrom(...guarded), authorization: headers });
  return fc.oneof({ weight: 3, arbitrary: random }, cut).map(({ good, authorization }) => {
    const base = sentAs(good, 'token');
    return { ...base, headers: { ...base.headers, authorization }, statuses: [401] };
  });
};
