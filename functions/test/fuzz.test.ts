import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OperationId, permissions } from '../src/access/permissions.ts';
import { type ErrorCode, errorCodes } from '../src/protocol/error-codes.ts';
import { callers, type Desk, openDesk } from './support/desk.ts';
import { badBytes } from './support/fuzz/bad-bytes.ts';
import type { BadBytes, BadRequest, ReceivedReply } from './support/fuzz/bad-request.ts';
import { createSender, sendBytes } from './support/fuzz/send.ts';
import { spoiledMethod, spoiledPath } from './support/fuzz/spoil-address.ts';
import { type GoodRequest, spoiledOperation, strangeBodies } from './support/fuzz/spoil-operation.ts';
import { forgedTokens, spoiledToken } from './support/fuzz/spoil-token.ts';
import { newSubject, validRequests } from './support/valid-requests.ts';

const concurrency = 16;
const requests = 10_000;
const warmUpRequests = 1_600;
const bodyLimitBytes = 100_000;
/** What the heap may grow by over all the requests: less than two kilobytes each, far below one kept body. */
const maximumGrowthBytes = 12_000_000;

const internals =
  /\n\s+at |node_modules|file:\/\/\/|SQLITE_|relation "|google-cloud|\.[cm]?[jt]s:\d+|Zod|TypeError|ReferenceError/;
/** Refused by the server below HTTP, where a status says more than the code's usual one. */
const unreadableStatuses = [408, 417, 431];

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const heapAfterCollection = (): number => {
  collectGarbage();
  return process.memoryUsage().heapUsed;
};

const isBytes = (bad: BadRequest | BadBytes): bad is BadBytes => 'bytes' in bad;

/** Enough of a request to send it again by hand. */
const described = (bad: BadRequest | BadBytes): string => {
  if (isBytes(bad)) return `${bad.kind}: ${JSON.stringify(bad.bytes.toString('latin1').slice(0, 300))}`;
  const { authorization: _, ...headers } = bad.headers;
  const body = JSON.stringify(bad.body?.toString('latin1').slice(0, 500));
  return `${bad.kind}: ${bad.method} ${bad.target.slice(0, 300)} ${JSON.stringify(headers)} ${body}`;
};

/** Runs work on so many generated things, some at a time; the first failure is told as it is. */
const inBatches = async <Thing>(
  things: fc.Arbitrary<Thing>,
  work: (thing: Thing) => Promise<void>,
  count: number,
  seed: number,
): Promise<void> => {
  const batches = fc.array(things, { minLength: concurrency, maxLength: concurrency });
  const { failed, errorInstance } = await fc.check(
    fc.asyncProperty(batches, async (batch) => void (await Promise.all(batch.map(work)))),
    { seed, numRuns: Math.ceil(count / concurrency), endOnFailure: true },
  );
  if (failed) throw errorInstance;
};

const newSeed = (): number => {
  const seed = Number(process.env.FUZZ_SEED ?? process.hrtime.bigint() % 2_147_483_647n);
  console.log(`FUZZ_SEED=${seed}`);
  return seed;
};

describe('bad requests', () => {
  let desk: Desk;
  let sender: ReturnType<typeof createSender>;
  let goods: GoodRequest[];
  let anything: fc.Arbitrary<BadRequest | BadBytes>;
  const counts = new Map<string, number>();

  const goodRequests = async (): Promise<GoodRequest[]> => {
    const goods = (Object.keys(permissions) as OperationId[]).map(async (id) => {
      const call = await validRequests[id](await newSubject(desk, id));
      const permission: readonly string[] | 'anyone' = permissions[id];
      const caller =
        permission === 'anyone'
          ? 'anonymous'
          : ([...callers].reverse().find((one) => permission.includes(one)) ?? 'admin');
      return { operation: desk.contract.operation(id), call, token: desk.tokenOf(caller) };
    });
    return Promise.all(goods);
  };

  beforeAll(async () => {
    desk = await openDesk({ SIGNUP: 'open', JSON_BODY_LIMIT: `${bodyLimitBytes}b` });
    await desk.setPlaces(0);
    sender = createSender(desk.server.url, concurrency);
    goods = await goodRequests();
    const spoiled = goods.map((good) => ({
      weight: good.call.body === undefined ? 1 : 3,
      arbitrary: spoiledOperation(desk.contract, good, bodyLimitBytes),
    }));
    anything = fc.oneof<fc.MaybeWeightedArbitrary<BadRequest | BadBytes>[]>(
      { weight: 12, arbitrary: fc.oneof(...spoiled) },
      { weight: 2, arbitrary: spoiledToken(goods, await forgedTokens(desk.server.dataDir)) },
      { weight: 1, arbitrary: spoiledMethod(desk.contract, goods) },
      { weight: 1, arbitrary: spoiledPath(desk.contract, goods) },
      { weight: 1, arbitrary: badBytes },
    );
  });
  afterAll(async () => {
    sender.close();
    await desk.close();
  });

  const problemSchema = { $ref: '#/components/schemas/Problem' };

  const judge = (bad: BadRequest | BadBytes, { status, headers, text }: ReceivedReply): void => {
    const statuses = isBytes(bad) ? undefined : bad.statuses;
    if (statuses === undefined) expect(status).toSatisfy((value: number) => value >= 400 && value < 500);
    else expect(statuses).toContain(status);
    expect(status).not.toBe(429);
    expect(headers['content-type']).toBe('application/problem+json');
    expect(text).not.toMatch(internals);
    const problem = JSON.parse(text) as { code: ErrorCode; status: number; requestId: string };
    expect(desk.contract.mistakes(problemSchema, problem)).toEqual([]);
    expect(problem.status).toBe(status);
    expect(problem.requestId).toBe(headers['x-request-id']);
    if (!unreadableStatuses.includes(status)) expect(errorCodes[problem.code].status).toBe(status);
  };

  const sendAndJudge = async (bad: BadRequest | BadBytes): Promise<void> => {
    const reply = isBytes(bad) ? await sendBytes(desk.server.url, bad) : await sender.send(bad);
    try {
      judge(bad, reply);
    } catch (error) {
      throw new Error(`${described(bad)}\nanswered ${reply.status} ${reply.text.slice(0, 500)}`, {
        cause: error,
      });
    }
    const name = `${bad.kind} ${reply.status}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  };

  const sendMany = (count: number, seed: number) => inBatches(anything, sendAndJudge, count, seed);

  it('[FA] 10,000 of them are refused with a 4xx that tells nothing of the inside, and leave nothing behind', async () => {
    const seed = newSeed();
    const records = await desk.stateOfRecords();
    await sendMany(warmUpRequests, seed + 1);
    counts.clear();
    const before = heapAfterCollection();
    await sendMany(requests, seed);
    const grown = heapAfterCollection() - before;
    const table = [...counts].sort().map(([name, count]) => `${name.padEnd(28)}${String(count).padStart(7)}`);
    console.log(`${table.join('\n')}\nheap grew by ${Math.round(grown / 1_000)} kB`);
    expect([...counts.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(requests);
    expect(grown).toBeLessThan(maximumGrowthBytes);
    expect(await desk.stateOfRecords()).toBe(records);
    expect(await desk.apiAs('customer')('GET', '/health')).toMatchObject({
      status: 200,
      body: { status: 'healthy' },
    });
    expect(await desk.apiAs('customer')('GET', '/api/v1/me')).toMatchObject({ status: 200 });
  }, 180_000);

  /** Passwords are hashed at a cost that is not to be paid hundreds of times, and tokens are needed to the end. */
  const costly = ['createToken', 'registerAccount', 'revokeTokens'];

  it('[FA] strange requests that fit the schema are answered without a failure of ours', async () => {
    const seed = newSeed();
    const strange = goods
      .filter(({ operation }) => !costly.includes(operation.id))
      .flatMap((good) => strangeBodies(desk.contract, good) ?? []);
    const send = async (request: BadRequest): Promise<void> => {
      const { status, text } = await sender.send(request);
      expect(status, `${described(request)} answered ${text.slice(0, 500)}`).toBeLessThan(500);
    };
    await inBatches(fc.oneof(...strange), send, 800, seed);
  }, 120_000);
});
