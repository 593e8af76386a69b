import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SessionLogEntry } from '../../src/ports/records.ts';
import { errorCodes } from '../../src/protocol/error-codes.ts';
import { next } from '../../src/testing/next-event.ts';
import { type Desk, openDesk } from '../support/desk.ts';
import { badEvent, type FuzzEvent } from '../support/fuzz/bad-event.ts';

const events = 100_000;
const batchSize = 500;
/** What the heap may grow by: what the sessions hold is bounded, and nothing is kept of what was refused. */
const maximumGrowthBytes = 40_000_000;
const internals = /\n\s+at |node_modules|file:\/\/\/|SQLITE_|\.[cm]?[jt]s:\d+|Zod|TypeError|ReferenceError/;

/** Raised, and not removed. */
const raisedLimits = {
  SOCKET_MESSAGE_LIMIT: '2mb',
  ...Object.fromEntries(
    ['CURSOR_RATE', 'OPERATION_RATE', 'OPERATION_BURST', 'CHAT_RATE', 'CHAT_BURST', 'READ_RATE', 'OTHER_RATE']
      .concat(['PREVIEW_RATE', 'CALL_RATE', 'SIGNAL_RATE', 'REFUSAL_RATE'])
      .map((name) => [`SOCKET_${name}`, '1000000']),
  ),
};

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const heapAfterCollection = (): number => {
  collectGarbage();
  return process.memoryUsage().heapUsed;
};

type Ack = { ok: boolean; code?: string; message?: string; opId?: string; seq?: number; dup?: boolean };

describe('strange events', () => {
  const seed = Number(process.env.FUZZ_SEED ?? process.hrtime.bigint() % 2_147_483_647n);
  let desk: Desk;
  /** Sessions of the customer: `own` is the fuzzers', `quiet` is theirs who must hear nothing. */
  let own: string;
  let quiet: string;
  const sockets: Socket[] = [];
  const acknowledged = new Map<number, string>();
  const answers = new Map<string, number>();

  const connect = async (caller: 'customer' | 'customer2' | 'agent' | 'agent2'): Promise<Socket> => {
    const auth = { token: desk.tokenOf(caller) };
    const socket = io(desk.server.url, {
      auth,
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
    });
    sockets.push(socket);
    await new Promise((resolve, reject) => {
      socket.once('connect', () => resolve(undefined));
      socket.once('connect_error', reject);
    });
    return socket;
  };

  beforeAll(async () => {
    desk = await openDesk(raisedLimits);
    own = (await desk.plantSession('active')).id;
    quiet = (await desk.plantSession('active', { customerId: 'customer2', agentId: 'agent2' })).id;
  });
  afterAll(async () => {
    for (const socket of sockets) socket.disconnect();
    await desk.close();
  });

  const judge = ({ event, payloads }: FuzzEvent, ack: Ack): void => {
    const told = JSON.stringify(ack);
    const what = `FUZZ_SEED=${seed} ${event} ${JSON.stringify(payloads).slice(0, 500)} answered ${told.slice(0, 500)}`;
    expect(told, what).not.toMatch(internals);
    const name = ack.ok ? 'ok' : String(ack.code);
    answers.set(name, (answers.get(name) ?? 0) + 1);
    if (ack.ok === true) {
      if (ack.opId !== undefined && ack.seq !== undefined && !ack.dup) acknowledged.set(ack.seq, ack.opId);
      return;
    }
    expect(ack.ok, what).toBe(false);
    expect(Object.hasOwn(errorCodes, String(ack.code)), what).toBe(true);
    expect(ack.code, what).not.toBe('internal');
    expect(ack.message, what).toBeTypeOf('string');
  };

  const sendBatch = async (socket: Socket, batch: readonly FuzzEvent[]): Promise<void> => {
    const waiting = batch.map(
      ({ event, payloads }) =>
        new Promise<Ack>((resolve, reject) => {
          const gone = () => reject(new Error(`FUZZ_SEED=${seed}: ${event} ended the connection`));
          socket.once('disconnect', gone);
          socket.emit(event, ...payloads, (ack: Ack) => {
            socket.off('disconnect', gone);
            resolve(ack);
          });
        }),
    );
    for (const [index, ack] of (await Promise.all(waiting)).entries()) {
      const sent = batch[index];
      if (sent !== undefined) judge(sent, ack);
    }
  };

  const logOf = async (sessionId: string): Promise<readonly SessionLogEntry[]> => {
    const where = [{ field: 'sessionId', operator: '==', value: sessionId }] as const;
    const order = { orderBy: 'seq', direction: 'ascending', limit: 200_000 } as const;
    return (await desk.store.list('sessionLog', { where, ...order })).items;
  };

  it('[FA] [RT9] [RT10] 100,000 of them: honest answers, nothing heard in another session, nothing left behind', async () => {
    console.log(`FUZZ_SEED=${seed}`);
    const watcher = await connect('customer2');
    expect(await watcher.emitWithAck('session:join', { sessionId: quiet })).toMatchObject({ ok: true });
    const before = await logOf(quiet);
    const heard: string[] = [];
    watcher.onAny(
      (event: string, payload: unknown) =>
        event !== 'session:head' && heard.push(`${event} ${JSON.stringify(payload)}`),
    );
    const fuzzers = await Promise.all((['customer', 'agent', 'customer'] as const).map(connect));
    const any = badEvent({ own, foreign: quiet });
    const heapAtFirst = heapAfterCollection();
    for (let sent = 0, turn = 0; sent < events; sent += batchSize, turn += 1) {
      const fuzzer = fuzzers[turn % fuzzers.length];
      if (fuzzer === undefined) throw new Error('there are no fuzzers');
      await fuzzer.emitWithAck('session:join', { sessionId: own });
      await sendBatch(fuzzer, fc.sample(any, { seed: seed + turn, numRuns: batchSize }));
    }
    const grown = heapAfterCollection() - heapAtFirst;
    const table = [...answers]
      .sort()
      .map(([name, count]) => `${name.padEnd(22)}${String(count).padStart(7)}`);
    console.log(`${table.join('\n')}\nheap grew by ${Math.round(grown / 1_000)} kB`);
    await watcher.emitWithAck('typing:stop', {});
    expect(heard).toEqual([]);
    expect(await logOf(quiet)).toEqual(before);
    const log = new Map((await logOf(own)).map(({ seq, operation }) => [seq, operation?.split('/')[0]]));
    for (const [seq, opId] of acknowledged) expect(log.get(seq)).toBe(opId);
    expect(acknowledged.size).toBeGreaterThan(1_000);
    expect(grown).toBeLessThan(maximumGrowthBytes);
    expect(await desk.apiAs('customer')('GET', '/health')).toMatchObject({ body: { status: 'healthy' } });
  }, 600_000);

  it('[FA] [RT10] what cannot be read ends its own connection and no other', async () => {
    const watcher = await connect('customer2');
    await watcher.emitWithAck('session:join', { sessionId: quiet });
    const packets = [
      '2["chat:message",{"x":NaN}]',
      '2["chat:message",',
      '2{"not":"a list"}',
      '2[]',
      '2[null]',
      '3["an ack of nothing"]',
      '9',
      '51-["binary",{"_placeholder":true,"num":7}]',
      `2["chat:message",${'['.repeat(200_000)}`,
      `2["annotation:add",{"sessionId":"${own}","type":"pen","data":${'['.repeat(200_000)}${']'.repeat(200_000)}}]`,
      `2["chat:message","${'x'.repeat(3_000_000)}"]`,
    ];
    for (const packet of packets) {
      const socket = await connect('customer');
      socket.io.engine.write(packet);
      // It is answered when the connection lives on, and gone when not.
      await Promise.race([socket.emitWithAck('session:leave', {}), next(socket, 'disconnect')]);
      socket.disconnect();
    }
    expect(await watcher.emitWithAck('session:sync', { sessionId: quiet, since: 0 })).toMatchObject({
      ok: true,
    });
    expect(await desk.apiAs('customer')('GET', '/health')).toMatchObject({ body: { status: 'healthy' } });
  });
});
