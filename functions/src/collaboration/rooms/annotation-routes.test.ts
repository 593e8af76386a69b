import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { annotationListSchema, annotationSchema } from '../../protocol/annotations.ts';
import { messagePageSchema } from '../../protocol/messages.ts';
import { type GatewayHarness, startGateway } from '../../testing/gateway-harness.ts';
import { person } from '../../testing/person.ts';
import { openRoomHouse, openSession } from '../../testing/room-house.ts';
import { annotationOperations } from './annotation-routes.ts';
import type { RoomOperation } from './room-operation.ts';

/** Tokens of the harness name the user: `customer-anna` is the customer `anna`. */
const people = { customerId: 'anna', agentId: 'ben' };
const sessionId = 'session-9';
const pen = { sessionId, type: 'pen', data: { path: [[0.1, 0.2]] } };

const problemSchema = z.object({ code: z.string(), detail: z.string() });

describe('annotation routes', () => {
  let gateway: GatewayHarness | undefined;
  afterEach(() => gateway?.server.stop());

  const open = async () => {
    const house = await openRoomHouse();
    await house.store.write((writer) =>
      writer.create('supportSessions', openSession({ id: sessionId, ...people })),
    );
    const { rooms, forCustomers } = house.node();
    await rooms.refresh(sessionId);
    const ensureMayRead = rooms.ensureMayJoin;
    const harness = await startGateway({
      operations: annotationOperations({ rooms, store: house.store, ensureMayRead }),
    });
    gateway = harness;
    const call = (token: string, method: string, path: string, body?: unknown) =>
      harness.fetch(`/api/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
    const say = (role: 'customer' | 'agent', uid: string, operation: RoomOperation) =>
      rooms.apply(person(role, uid), sessionId, operation);
    return { call, say, heard: forCustomers };
  };

  it('[RT5] what is written over HTTP reaches the room, and is read back with its place', async () => {
    const { call, heard } = await open();
    const reply = await call('customer-anna', 'POST', '/annotations', { ...pen, layer: 'front' });
    const added = annotationSchema.parse(await reply.json());
    expect(reply.status).toBe(201);
    expect(added).toMatchObject({ userId: 'anna', layer: 'front', page: 1, seq: 1, rev: 1, status: 'open' });
    const told = JSON.parse(JSON.stringify(heard));
    expect(told).toMatchObject([{ event: 'annotation:added', payload: { ...added, by: 'anna' } }]);
    const listed = await call('agent-ben', 'GET', `/annotations/${sessionId}`);
    const list = annotationListSchema.parse(await listed.json());
    expect(list).toEqual({ annotations: [added], head: 1, epoch: 'epoch-1' });
  });

  it('[RT3] a resend over HTTP gets the same answer and adds nothing', async () => {
    const { call, heard } = await open();
    const body = { ...pen, opId: 'op-1' };
    const first = await (await call('customer-anna', 'POST', '/annotations', body)).json();
    const second = await call('customer-anna', 'POST', '/annotations', body);
    expect([second.status, await second.json()]).toEqual([201, first]);
    const other = await call('customer-anna', 'POST', '/annotations', { ...body, page: 2 });
    expect(problemSchema.parse(await other.json()).code).toBe('operation_id_reused');
    expect(heard).toHaveLength(1);
  });

  it('[RT10] data that cannot be kept is refused by its name', async () => {
    const { call } = await open();
    const deep = JSON.parse(`${'['.repeat(40)}${']'.repeat(40)}`);
    for (const body of [
      { ...pen, data: deep },
      { sessionId, type: 'pen' },
    ]) {
      const reply = await call('customer-anna', 'POST', '/annotations', body);
      expect([reply.status, await reply.json()]).toMatchObject([422, { errors: [{ path: 'data' }] }]);
    }
  });

  it('[RT6] deleting twice answers the same, and the room hears it once', async () => {
    const { call, heard } = await open();
    const reply = await call('customer-anna', 'POST', '/annotations', pen);
    const { id } = annotationSchema.parse(await reply.json());
    for (const token of ['customer-anna', 'agent-ben']) {
      expect((await call(token, 'DELETE', `/annotations/${id}`)).status).toBe(204);
    }
    expect(heard.map(({ event }) => event)).toEqual(['annotation:added', 'annotation:deleted']);
  });

  it('[HT3] a customer is told the same of annotations of others as of those that nobody made', async () => {
    const { call } = await open();
    const reply = await call('customer-anna', 'POST', '/annotations', pen);
    const { id } = annotationSchema.parse(await reply.json());
    const told = await Promise.all(
      [id, 'nobody-made-this'].map(async (one) => {
        const refused = await call('customer-eve', 'DELETE', `/annotations/${one}`);
        return [refused.status, problemSchema.parse(await refused.json())];
      }),
    );
    expect(told[0]).toEqual(told[1]);
    expect(told[0]).toMatchObject([404, { code: 'not_found' }]);
  });

  it('[RE3] messages and comments are listed newest first, page by page, staff notes to staff only', async () => {
    const { call, say } = await open();
    await say('customer', 'anna', { name: 'chat:message', body: 'one' });
    await say('customer', 'anna', { name: 'annotation:add', id: 'mark-1', type: 'pen', data: null });
    await say('agent', 'ben', { name: 'comment:add', annotationId: 'mark-1', body: 'two' });
    await say('agent', 'ben', { name: 'chat:message', body: 'note', visibility: 'staff' });
    await say('customer', 'anna', { name: 'chat:message', body: 'three' });
    const pages = async (token: string) => {
      const said: string[][] = [];
      let cursor = '';
      do {
        const reply = await call(token, 'GET', `/sessions/${sessionId}/messages?limit=2${cursor}`);
        const { items, nextCursor } = messagePageSchema.parse(await reply.json());
        said.push(items.map(({ seq, body, annotationId = '' }) => `${seq} ${body} ${annotationId}`.trim()));
        cursor = nextCursor === undefined ? '' : `&cursor=${nextCursor}`;
      } while (cursor !== '');
      return said;
    };
    expect(await pages('agent-ben')).toEqual([
      ['5 three', '4 note'],
      ['3 two mark-1', '1 one'],
    ]);
    expect((await pages('customer-anna')).flat()).toEqual(['5 three', '3 two mark-1', '1 one']);
    expect((await call('customer-eve', 'GET', `/sessions/${sessionId}/messages`)).status).toBe(404);
  });
});
