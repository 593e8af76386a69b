import { createHmac, randomBytes } from 'node:crypto';
import { differentTexts, labelledTexts } from '../http/issue-texts.ts';
import { demoCustomers, type ProofdeskProcess, signIn, startProofdesk } from '../http/proofdesk-process.ts';
import { type RequestParts, requestText } from '../http/request.ts';
import { type ServerProcess, startServerProcess } from '../http/server-process.ts';
import type { Candidate } from './candidate.ts';

export interface FieldOptions {
  /** Logs and data are kept here. */
  folder: string;
  /** Offer gzip, so that replies above the threshold are compressed. */
  gzip: boolean;
  /** Node options for Proofdesk's process alone. */
  nodeOptions: readonly string[];
}

/** Everything that is measured. */
export interface Field {
  express: Candidate;
  control: Candidate;
  usual: Candidate;
  /** Measured one after another, each beside the three above. */
  subjects: Record<SubjectName, Candidate>;
  proofdesk: ProofdeskProcess;
  stop(): Promise<void>;
}

export const subjectNames = ['node', 'health', 'me', 'cached', 'uncached'] as const;
export type SubjectName = (typeof subjectNames)[number];

/** Issues that are asked again and again; several, so that no single text decides. */
const cachedIssueCount = 20;
const routePath = '/api/v1/support/route';

const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

/** A token of the usual form and size for the usual stack: HMAC with SHA-256, an hour long. */
const signedToken = (secret: string): string => {
  const issuedAt = Math.floor(Date.now() / 1_000);
  const claims = { sub: 'customer', role: 'customer', iat: issuedAt, exp: issuedAt + 3_600, iss: 'bench' };
  const content = `${encoded({ alg: 'HS256', typ: 'JWT' })}.${encoded(claims)}`;
  return `${content}.${createHmac('sha256', secret).update(content).digest('base64url')}`;
};

/** Gives the entries in turn, for ever. */
const inTurn = <Entry>(entries: readonly Entry[]): (() => Entry) => {
  let next = 0;
  return () => {
    const entry = entries[next % entries.length] as Entry;
    next += 1;
    return entry;
  };
};

const constantRequest = (parts: RequestParts): (() => string) => {
  const request = requestText(parts);
  return () => request;
};

const startServers = async ({ folder, nodeOptions }: FieldOptions) => {
  const started: ServerProcess[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(started.map((server) => server.stop()));
  };
  const keep = async <Server extends ServerProcess>(starting: Promise<Server>): Promise<Server> => {
    const server = await starting;
    started.push(server);
    return server;
  };
  const reference = (name: string, file: string, environment: Record<string, string> = {}) => {
    const entry = new URL(`../servers/${file}`, import.meta.url);
    return keep(startServerProcess({ name, entry, folder, environment }));
  };
  const tokenSecret = randomBytes(32).toString('base64url');
  try {
    return {
      node: await reference('node', 'node-http.js'),
      express: await reference('express', 'bare-express.js'),
      control: await reference('control', 'bare-express.js'),
      usual: await reference('usual', 'usual-stack.js', { TOKEN_SECRET: tokenSecret }),
      proofdesk: await keep(startProofdesk({ folder, nodeOptions })),
      tokenSecret,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
};

type Servers = Awaited<ReturnType<typeof startServers>>;

/** Requests to Proofdesk; two customers in turn, each with the history of the demo data. */
const proofdeskRequests = async ({ url }: ServerProcess, acceptEncoding: string | undefined) => {
  const nextToken = inTurn(await Promise.all(demoCustomers.map((account) => signIn(url, account))));
  const texts = labelledTexts();
  const nextText = differentTexts(texts);
  const step = Math.floor(texts.length / cachedIssueCount);
  const cachedTexts = texts.filter((_, index) => index % step === 0).slice(0, cachedIssueCount);
  const route = (issue: string): string =>
    requestText({ method: 'POST', path: routePath, token: nextToken(), body: { issue }, acceptEncoding });
  return {
    health: constantRequest({ method: 'GET', path: '/health', acceptEncoding }),
    me: () => requestText({ method: 'GET', path: '/api/v1/me', token: nextToken(), acceptEncoding }),
    // The second lap is shifted by one, so that each of the two customers asks each issue.
    cached: inTurn([...cachedTexts, ...cachedTexts.slice(1), ...cachedTexts.slice(0, 1)].map(route)),
    uncached: () => route(nextText()),
  };
};

const joinField = async (servers: Servers, { gzip }: FieldOptions): Promise<Field> => {
  const acceptEncoding = gzip ? 'gzip' : undefined;
  const candidate = (label: string, server: ServerProcess, nextRequest: () => string): Candidate => ({
    label,
    server,
    nextRequest,
    answered: 0,
  });
  const get = constantRequest({ method: 'GET', path: '/health', acceptEncoding });
  const post = constantRequest({
    method: 'POST',
    path: routePath,
    token: signedToken(servers.tokenSecret),
    body: { issue: 'Need help with bleed settings' },
    acceptEncoding,
  });
  const requests = await proofdeskRequests(servers.proofdesk, acceptEncoding);
  const { node, express, control, usual, proofdesk } = servers;
  return {
    express: candidate('Express 5, bare', express, get),
    control: candidate('Express 5, bare (control)', control, get),
    usual: candidate('Express 5 with the usual stack', usual, post),
    subjects: {
      node: candidate('node:http, bare', node, get),
      health: candidate('Proofdesk GET /health', proofdesk, requests.health),
      me: candidate('Proofdesk GET /me', proofdesk, requests.me),
      cached: candidate('Proofdesk POST /support/route, cached', proofdesk, requests.cached),
      uncached: candidate('Proofdesk POST /support/route, uncached', proofdesk, requests.uncached),
    },
    proofdesk,
    stop: servers.stop,
  };
};

/** Starts every server and signs in. */
export const prepareField = async (options: FieldOptions): Promise<Field> => {
  const servers = await startServers(options);
  try {
    return await joinField(servers, options);
  } catch (error) {
    await servers.stop();
    throw error;
  }
};
