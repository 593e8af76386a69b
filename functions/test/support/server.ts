import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import type { z } from 'zod';
import { compose } from '../../src/compose.ts';
import { parseConfig } from '../../src/config.ts';
import { issuedTokenSchema } from '../../src/protocol/accounts.ts';
import { demoPassword } from '../../src/support/demo/demo-people.ts';
import { signInWithFirebase, useAuthEmulator } from './firebase-people.ts';
import { freshRedis } from './fresh-redis.ts';
import { chosenRecords } from './records.ts';
import { firebaseSignsIn, outsideParts, type RecordsPlace } from './records-place.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A Redis for servers under test; absent where they have nothing in common with others. */
    redis?: string;
  }
}

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

/** The Firebase projects of servers that do not sign people in themselves. */
const firebaseProjects = new Map<string, string>();

/** What the test project has chosen beside the records: a Redis of the server's own. */
const chosenShared = async (): Promise<{ REDIS_URL?: string }> => {
  const redis = inject('redis');
  return redis === undefined ? {} : { REDIS_URL: await freshRedis(redis) };
};

const placeOf = async (settings: Record<string, string>): Promise<RecordsPlace> => ({
  DATA_DIR: settings.DATA_DIR ?? (await mkdtemp(join(tmpdir(), 'proofdesk-test-'))),
  ...(await chosenRecords()),
  ...(settings.AUTH_MODE !== undefined && { AUTH_MODE: settings.AUTH_MODE }),
});

/**
 * Starts a demo server on the engines that the test project has chosen; `settings` are environment variables on
 * top of raised limits. With AUTH_MODE=local it signs people in itself on every engine.
 */
export const startTestServer = async (settings: Record<string, string> = {}): Promise<TestServer> => {
  const place = await placeOf(settings);
  const shared = await chosenShared();
  const elsewhere = place.DATABASE_URL ?? place.FIREBASE_PROJECT_ID ?? shared.REDIS_URL;
  const config = parseConfig({
    PORT: '0',
    LOG_LEVEL: 'silent',
    ...place,
    ...shared,
    // Beside embedded engines a demo is what a server makes of itself.
    ...(elsewhere !== undefined && { DEMO: '1' }),
    ...raisedLimits,
    ...settings,
  });
  if (firebaseSignsIn(place)) useAuthEmulator();
  const proofdesk = await compose(config, await outsideParts(place));
  const { url } = await proofdesk.start();
  if (firebaseSignsIn(place)) firebaseProjects.set(url, place.FIREBASE_PROJECT_ID ?? '');
  return {
    url,
    dataDir: place.DATA_DIR,
    stop: proofdesk.stop,
    place,
    close: async () => {
      await proofdesk.stop();
      firebaseProjects.delete(url);
      await rm(place.DATA_DIR, { recursive: true, force: true });
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

/** Signs in, where people of that server do, and gives the token. */
export const tokenOf = async (url: string, email: string, password = demoPassword): Promise<string> => {
  const project = firebaseProjects.get(url);
  if (project !== undefined) return signInWithFirebase(project, email, password);
  const reply = await apiOf(url)('POST', '/api/v1/auth/token', { email, password });
  if (reply.status !== 200) throw new Error(`sign-in of ${email} answered ${reply.status}`);
  return bodyOf(reply, issuedTokenSchema).token;
};

/** Signs in and gives the API as that user. */
export const signIn = async (url: string, email: string, password = demoPassword): Promise<Api> =>
  apiOf(url, await tokenOf(url, email, password));
