import fc from 'fast-check';
import type { BadBytes } from './bad-request.ts';

const route = '/api/v1/support/route';

const message = (kind: string, startLine: string, headers: readonly string[], body = ''): BadBytes => ({
  kind,
  bytes: Buffer.from(`${[startLine, ...headers].join('\r\n')}\r\n\r\n${body}`, 'latin1'),
});

const host = 'Host: desk.example.com';
const get = 'GET /api/v1/me HTTP/1.1';
const post = `POST ${route} HTTP/1.1`;

const controls = Array.from({ length: 32 }, (_, code) => String.fromCharCode(code))
  .filter((control) => !'\t\n\r'.includes(control))
  .concat('\u007f');

const control = fc.constantFrom(...controls);

const badHeaderLines = fc.oneof(
  control.map((character) => `X-Note: a${character}b`),
  control.map((character) => `X-No${character}te: a`),
  control.map((character) => `Authorization: Bearer a${character}b`),
  fc.constantFrom('no colon', ': no name', 'X Note: a', '(X): a', 'X-Note : a', '[x]: 1', '"x": 1', 'ü: 1'),
);

const badStartLines = [
  'GET  /api/v1/me HTTP/1.1',
  'GET /api/v1/me HTTP/9.9',
  'GET /api/v1/me HTTP/1',
  'GET /api/v1/me HTTPS/1.1',
  'GET /api/v1/m e HTTP/1.1',
  'GET /api/v1/me\u0000 HTTP/1.1',
  'GET * HTTP/1.1',
  'GET http:// HTTP/1.1',
  'GET http://elsewhere.example/api/v1/nothing HTTP/1.1',
  'GET //elsewhere.example/api/v1/me HTTP/1.1',
  'GET ../../etc/passwd HTTP/1.1',
  'FOO /api/v1/me HTTP/1.1',
  'get /api/v1/me HTTP/1.1',
  '/api/v1/me',
  '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001',
  'SSH-2.0-OpenSSH_9.2',
  '{"method": "GET"}',
];

const badLengths = [
  ['Content-Length: -1'],
  ['Content-Length: abc'],
  ['Content-Length: 1e3'],
  ['Content-Length: 0x10'],
  ['Content-Length: 5, 6'],
  ['Content-Length: 5', 'Content-Length: 6'],
  ['Content-Length: 5', 'Transfer-Encoding: chunked'],
  ['Transfer-Encoding: gzip'],
  ['Transfer-Encoding: chunked, identity'],
  [`Content-Length: ${'9'.repeat(40)}`],
];

const large = fc.integer({ min: 17_000, max: 40_000 });

/** Bytes that are no HTTP request, or one that asks for nothing an outsider may have. */
export const badBytes: fc.Arbitrary<BadBytes> = fc.oneof(
  { weight: 6, arbitrary: badHeaderLines.map((line) => message('header line', get, [host, line])) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(...badStartLines).map((line) => message('start line', line, [host])),
  },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom(...badLengths)
      .map((lines) => message('length', post, [host, ...lines], 'hello')),
  },
  {
    weight: 1,
    arbitrary: large.map((length) =>
      message('headers too large', get, [host, `X-Note: ${'a'.repeat(length)}`]),
    ),
  },
  { weight: 1, arbitrary: fc.constant(message('no host', get, [])) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('200-ok', '100-continue, x', '')
      .map((value) => message('expectation', get, [host, `Expect: ${value}`])),
  },
  {
    weight: 1,
    arbitrary: fc.constant(message('upgrade', get, [host, 'Connection: upgrade', 'Upgrade: websocket'])),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('zz\r\nhello\r\n', '5\r\nhello', '-1\r\n\r\n')
      .map((body) => message('chunks', post, [host, 'Transfer-Encoding: chunked'], body)),
  },
);
