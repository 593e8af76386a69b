import { afterEach, describe, expect, it } from 'vitest';
import { type GatewayHarness, objectOf, startGateway } from '../testing/gateway-harness.ts';
import { sampleOperations } from '../testing/sample-operations.ts';

describe('probes', () => {
  let gateway: GatewayHarness;
  afterEach(() => gateway.server.stop());

  it('[HT] /health tells state, time, sockets and engines', async () => {
    gateway = await startGateway({ connections: () => ({ connections: 7, sessions: 3 }) });
    expect(await (await gateway.fetch('/health')).json()).toEqual({
      status: 'healthy',
      timestamp: '2026-01-31T09:30:00.000Z',
      websocket: { connections: 7, sessions: 3 },
      engines: { records: { name: 'sqlite', healthy: true } },
    });
  });

  it('[EN5] /health is degraded, and still 200, while an engine is down', async () => {
    const engines = { records: { name: 'sqlite', healthy: true }, ai: { name: 'openai', healthy: false } };
    gateway = await startGateway({ health: async () => ({ engines }) });
    const reply = await gateway.fetch('/health');
    expect(reply.status).toBe(200);
    expect(await reply.json()).toMatchObject({ status: 'degraded', engines });
  });

  it('[FA] a flood of probes asks the engines once a second', async () => {
    let asked = 0;
    const health = async () => ({ engines: { records: { name: `asked ${++asked}`, healthy: true } } });
    gateway = await startGateway({ health });
    await Promise.all(Array.from({ length: 20 }, () => gateway.fetch('/health')));
    expect(asked).toBe(1);
    gateway.clock.advance(1_000);
    await gateway.fetch('/health');
    expect(asked).toBe(2);
  });

  it('[HT7] /ready is 503 while starting and draining, and other work is refused with it', async () => {
    gateway = await startGateway({ operations: sampleOperations });
    expect(await objectOf(await gateway.fetch('/ready'))).toEqual({ status: 'ready' });
    for (const state of ['starting', 'draining'] as const) {
      gateway.lifecycle.state = state;
      for (const path of ['/ready', '/api/v1/me', '/api/v1/sessions/1', '/nothing']) {
        const reply = await gateway.fetch(path, { headers: { authorization: 'Bearer customer-anna' } });
        expect([state, path, reply.status]).toEqual([state, path, 503]);
        expect(reply.headers.get('retry-after')).toBe('1');
        expect((await objectOf(reply)).code).toBe('unavailable');
      }
      expect((await gateway.fetch('/health')).status).toBe(200);
      expect((await gateway.fetch('/metrics')).status).toBe(200);
    }
  });

  it('[HT] /metrics is for the machine itself, not for what a proxy on it forwards', async () => {
    gateway = await startGateway();
    const local = await gateway.fetch('/metrics');
    expect(local.status).toBe(200);
    expect(local.headers.get('content-type')).toContain('text/plain');
    for (const header of ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via']) {
      const reply = await gateway.fetch('/metrics', { headers: { [header]: '127.0.0.1' } });
      expect([header, reply.status]).toEqual([header, 401]);
    }
  });

  it('[HT] /metrics is for whoever has the token', async () => {
    gateway = await startGateway({ metricsToken: 'measure-me' });
    const ask = async (authorization: string) =>
      (await gateway.fetch('/metrics', { headers: { authorization, 'x-forwarded-for': '192.0.2.1' } }))
        .status;
    expect(await ask('Bearer measure-me')).toBe(200);
    expect(await ask('Bearer measure-m')).toBe(401);
    expect(await ask('Bearer admin-root')).toBe(401);
    expect(await ask('')).toBe(401);
  });

  it('[HT] /metrics counts requests by operation and status, never by path', async () => {
    gateway = await startGateway({ operations: sampleOperations });
    const headers = { authorization: 'Bearer customer-anna' };
    for (let index = 0; index < 20; index += 1) {
      await gateway.fetch(`/api/v1/sessions/s${index}`, { headers });
      await gateway.fetch(`/unknown/${index}`);
    }
    const text = await (await gateway.fetch('/metrics')).text();
    expect(text).toContain('http_request_duration_seconds_count{operation="getSession",status="200"} 20');
    expect(text).toContain('http_request_duration_seconds_count{operation="unknown",status="404"} 20');
    expect(text).not.toContain('/unknown');
    expect(text).toMatch(/process_resident_memory_bytes \d+/);
  });

  it('[EN] two servers in one process count apart', async () => {
    gateway = await startGateway({ operations: sampleOperations });
    const other = await startGateway({ operations: sampleOperations });
    await gateway.fetch('/api/v1/me');
    const text = await (await other.fetch('/metrics')).text();
    expect(text).not.toContain('operation="getMe"');
    await other.server.stop();
  });
});
