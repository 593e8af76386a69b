import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import type { BadRequest } from './bad-request.ts';
import { jsonOf } from './junk.ts';
import { type GoodRequest, sentAs } from './spoil-operation.ts';

const notJson = [
  '{a: 1}',
  "{'a': 1}",
  '[1,]',
  '{"a": 1,}',
  'NaN',
  '-Infinity',
  'undefined',
  'nul',
  '01',
  '+1',
  '.5',
  '1.',
  '0x10',
  '{"a": "\u0001"}',
  '\ufeff{}',
  '{"a": 1}{"b": 2}',
  '/* */ {}',
  '\u0000',
  '{"a": "\\x41"}',
  '{"a": "\\u12"}',
].map((text) => Buffer.from(text));

const notUtf8 = [
  Buffer.from([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]),
  Buffer.from([0x22, 0xc0, 0xaf, 0x22]),
  Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]),
  Buffer.from([0x80]),
];

/** Depths at which walking through a value would overflow the stack. */
const deep = fc
  .tuple(fc.integer({ min: 201, max: 40_000 }), fc.constantFrom('[', '{"a":'))
  .map(([depth, open]) => Buffer.from(`${open.repeat(depth)}1${(open === '[' ? ']' : '}').repeat(depth)}`));

/** Bodies that are no JSON text. */
export const spoiledBytes = (good: GoodRequest): fc.Arbitrary<BadRequest> => {
  const whole = Buffer.from(jsonOf(good.call.body));
  const sent = (kind: string) => (body: Buffer) => ({ ...sentAs(good, kind), body, statuses: [400] });
  const cut = fc.integer({ min: 1, max: whole.length - 1 }).map((length) => whole.subarray(0, length));
  return fc.oneof(
    fc.oneof(cut, fc.constantFrom(...notJson, ...notUtf8)).map(sent('not JSON')),
    deep.filter((body) => body.length < 90_000).map(sent('nesting')),
  );
};

const otherTypes = [
  '',
  'text/plain',
  'text/json',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/jsonx',
  'application/ld+json',
  'application/json; charset=utf-16',
  'application/json, text/plain',
  'json',
  '*/*',
  '__proto__',
];

const bomb = gzipSync(Buffer.alloc(3_000_000, 0x20));

/** Bodies of another type, in another coding, or too large. */
export const spoiledMedia = (good: GoodRequest, bodyLimitBytes: number): fc.Arbitrary<BadRequest> => {
  const base = sentAs(good, 'content type');
  const headersWith = (name: string, value: string) => ({ ...base.headers, [name]: value });
  const typed = fc.constantFrom(...otherTypes).map((type) => ({
    ...base,
    headers: headersWith('content-type', type),
    statuses: [415],
  }));
  const coded = fc.constantFrom('zip', 'gzip', 'br', 'deflate', 'gzip, gzip', 'x').map((coding) => ({
    ...base,
    kind: 'content coding',
    headers: headersWith('content-encoding', coding),
    statuses: [400, 415],
  }));
  const packed = fc.constant({
    ...base,
    kind: 'content coding',
    body: bomb,
    headers: headersWith('content-encoding', 'gzip'),
    statuses: [413],
  });
  const large = fc.tuple(fc.integer({ min: 1, max: 30_000 }), fc.boolean()).map(([excess, chunked]) => ({
    ...base,
    kind: 'body too large',
    body: Buffer.alloc(bodyLimitBytes + excess, 0x20),
    chunked,
    statuses: [413],
  }));
  return fc.oneof(
    { weight: 4, arbitrary: typed },
    { weight: 3, arbitrary: coded },
    { weight: 1, arbitrary: packed },
    { weight: 1, arbitrary: large },
  );
};
