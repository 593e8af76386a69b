import { Agent, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type GatewayHarness, startGateway } from '../testing/gateway-harness.ts';
import { answering, sampleOperations } from '../testing/sample-operations.ts';

interface Reply {
  status: number | undefined;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A request whose connection is chosen by the test. */
const send = (url: string, agent: Agent, headers: Record<string, string> = {}): Promise<Reply> =>
  new Promise((resolve, reject) => {
    httpRequest(url, { agent, headers }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => {
        body += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body }));
    })
      .on('error', reject)
      .end();
  });

/** Everything that the server writes to a connection on which these bytes were sent. */
const exchangeBytes = (port: number, bytes: string): Promise<string> =>
  new Promise((resolve, reject) => {
    let received = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (chunk) => {
      received += chunk;
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(received));
  });

/** An operation that is under way until the test lets it finish. */
const heldOperation = () => {
  let finish = () => {};
  let arrived = () => {};
  const done = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const started = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  const operation = answering(async () => {
    arrived();
    await done;
    return { status: 200, body: { finished: true } };
  });
  return { operation, started, finish };
};

const staff = { authorization: 'Bearer admin-root' };

describe('graceful stop', () => {
  let gateway: GatewayHarness;
  afterEach(() => gateway.server.stop());

  it('[HT7] finishes what is under way, refuses new work, and ends', async () => {
    const held = heldOperation();
    gateway = await startGateway({ operations: [held.operation, ...sampleOperations] });
    const underWay = gateway.fetch('/api/v1/settings', { headers: staff });
    await held.started;
    expect(gateway.server.inFlight()).toBe(1);
    const stopped = gateway.server.stop();

    const ready = await gateway.fetch('/ready');
    expect([ready.status, ready.headers.get('connection')]).toEqual([503, 'close']);
    const refused = await gateway.fetch('/api/v1/me', { headers: staff });
    expect([refused.status, refused.headers.get('connection')]).toEqual([503, 'close']);
    expect(refused.headers.get('retry-after')).toBe('1');

    held.finish();
    const finished = await underWay;
    expect([finished.status, finished.headers.get('connection')]).toEqual([200, 'close']);
    expect(await finished.json()).toEqual({ finished: true });
    await stopped;
    await expect(gateway.fetch('/ready')).rejects.toThrow();
  });

  it('[HT7] closes idle keep-alive connections at once', async () => {
    gateway = await startGateway();
    const agent = new Agent({ keepAlive: true });
    await send(`${gateway.url}/health`, agent);
    const [socket] = Object.values(agent.freeSockets).flat();
    const closed = new Promise((resolve) => socket?.once('close', resolve));
    await gateway.server.stop();
    await closed;
    expect(socket?.destroyed).toBe(true);
    agent.destroy();
  });

  it('[HT7] waits no longer than the grace time', async () => {
    const held = heldOperation();
    gateway = await startGateway({ operations: [held.operation], shutdownGraceMs: 50 });
    const underWay = gateway.fetch('/api/v1/settings', { headers: staff });
    const outcome = expect(underWay).rejects.toThrow();
    await held.started;
    await gateway.server.stop();
    await outcome;
    held.finish();
  });

  it('[HT7] stops once, however often it is told to', async () => {
    gateway = await startGateway();
    const first = gateway.server.stop();
    expect(gateway.server.stop()).toBe(first);
    await first;
    await gateway.server.stop();
  });

  it('[HT7] a connection that sends nothing does not delay the end', async () => {
    gateway = await startGateway();
    const silent = exchangeBytes(gateway.server.port, '');
    await gateway.fetch('/health');
    await gateway.server.stop();
    expect(await silent).toBe('');
  });
});

describe('connections', () => {
  let gateway: GatewayHarness;
  afterEach(() => gateway.server.stop());

  it('[HT] a taken port is an error that says so', async () => {
    gateway = await startGateway();
    const { startHttpServer } = await import('./http-server.ts');
    await expect(
      startHttpServer({
        handler: gateway.app.handler,
        host: '127.0.0.1',
        port: gateway.server.port,
        lifecycle: gateway.lifecycle,
        shutdownGraceMs: 0,
      }),
    ).rejects.toThrow(/EADDRINUSE/);
  });

  it('[HT2] bytes that are no HTTP get a problem, and the connection ends', async () => {
    gateway = await startGateway();
    const reply = await exchangeBytes(gateway.server.port, 'HELP ME\r\n\r\n');
    expect(reply).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(reply).toContain('Content-Type: application/problem+json');
    expect(reply).toContain('"code":"malformed_request"');
  });

  it('[FA] headers without end are 431', async () => {
    gateway = await startGateway();
    const bytes = `GET /health HTTP/1.1\r\nHost: a\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`;
    expect(await exchangeBytes(gateway.server.port, bytes)).toMatch(/^HTTP\/1\.1 431 /);
  });

  it('[FA] a request that trickles is ended by the server', async () => {
    gateway = await startGateway({ headersTimeoutMs: 50, requestTimeoutMs: 50 });
    const reply = await exchangeBytes(gateway.server.port, 'GET /health HTTP/1.1\r\nHost: a\r\n');
    expect(reply).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('[FA] a caller that leaves in the middle of a body harms nobody', async () => {
    gateway = await startGateway({ operations: sampleOperations });
    const head =
      'POST /api/v1/sessions HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer customer-anna\r\n' +
      'Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"issue":';
    await new Promise<void>((resolve) => {
      const socket = connect(gateway.server.port, '127.0.0.1', () => socket.write(head));
      gateway.server.server.once('request', () => socket.destroy());
      gateway.server.server.once('connection', (served) => served.once('close', () => resolve()));
    });
    expect((await gateway.fetch('/health')).status).toBe(200);
    await gateway.server.stop();
    expect(gateway.logLines().map((line) => line.status)).toEqual([499, 200]);
  });

  it('[HT] the absolute form of an address is understood', async () => {
    gateway = await startGateway();
    const bytes = 'GET http://desk.example.com/ready?x=1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n';
    expect(await exchangeBytes(gateway.server.port, bytes)).toMatch(/^HTTP\/1\.1 200 /);
  });
});
