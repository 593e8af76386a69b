import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { z } from 'zod';
import { compose } from '../../src/compose.ts';
import { parseConfig } from '../../src/config.ts';
import { issuedTokenSchema } from '../../src/protocol/accounts.ts';
import { demoPassword } from '../../src/support/demo/demo-people.ts';
import { chosenRecords } from './records.ts';
import type { RecordsPlace } from './records-place.ts';

/** Limits raised for tests; never removed. */
const raisedLimits = {
  RATE_LIMIT_MAX: '1000000000',
  RATE_LIMIT_STAFF_MAX: '1000000000',
  SIGN_IN_MAX: '1000000',
};

/** A whole server of this process, on a port and in a folder of its own. */
export interface TestServer {
  url: string;
  dataDir: string;
  /** Stops the server and keeps its folder, for another one to start on. */
  stop(): Promise<void>;
  /** Where its records are; a second handle on them is opened with it. */
  place: RecordsPlace;
  /** Stops the server and removes its folder. */
  close(): Promise<void>;
}

/** Starts a demo server; `settings` are environment variables on top of raised limits. */
export const startTestServer = async (settings: Record<string, string> = {}): Promise<TestServer> => {
  const dataDir = settings.DATA_DIR ?? (await mkdtemp(join(tmpdir(), 'proofdesk-test-')));
  const records = await chosenRecords();
  const place = { DATA_DIR: dataDir, ...records };
  const config = parseConfig({
    PORT: '0',
    LOG_LEVEL: 'silent',
    ...place,
    // Beside an embedded engine a demo is what a server makes of itself.
    ...(records.DATABASE_URL !== undefined && { DEMO: '1' }),
    ...raisedLimits,
    ...settings,
  });
  const proofdesk = await compose(config);
  const { url } = await proofdesk.start();
  return {
    url,
    dataDir,
    stop: proofdesk.stop,
    place,
    close: async () => {
      await proofdesk.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
};

export interface ApiReply {
  status: number;
  headers: Headers;
  /** Parsed when it is JSON, else the text; `bodyOf` gives it a type. */
  body: unknown;
}

/** The body of a reply as its schema types it; fails the test when it does not fit. */
export const bodyOf = <Schema extends z.ZodType>(reply: ApiReply, schema: Schema): z.output<Schema> =>
  schema.parse(reply.body);

/** Calls the API as one user (or nobody). */
export type Api = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<ApiReply>;

export const apiOf =
  (url: string, token?: string): Api =>
  async (method, path, body, headers = {}) => {
    const file = body instanceof Uint8Array ? Uint8Array.from(body) : undefined;
    const type = file !== undefined ? 'application/octet-stream' : 'application/json';
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': type }),
        ...headers,
      },
      ...(body !== undefined && { body: file ?? JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    return {
      status: response.status,
      headers: response.headers,
      body: isJson && text ? JSON.parse(text) : text,
    };
  };

/** Signs in and gives the token. */
export const tokenOf = async (url: string, email: string, password = demoPassword): Promise<string> => {
  const reply = await apiOf(url)('POST', '/api/v1/auth/token', { email, password });
  if (reply.status !== 200) throw new Error(`sign-in of ${email} answered ${reply.status}`);
  return bodyOf(reply, issuedTokenSchema).token;
};

/** Signs in and gives the API as that user. */
export const signIn = async (url: string, email: string, password = demoPassword): Promise<Api> =>
  apiOf(url, await tokenOf(url, email, password));
