import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ClientPages, serveClientPages } from '../support/client-pages.ts';
import { startTestServer, type TestServer, tokenOf } from '../support/server.ts';

/** The demo session that is going on, on co-browse. */
const sessionId = 'session-123';

/** Runs in the page: one of the two, from joining the room to the picture of the other. */
const script = `
import { createSessionClient, Negotiation } from '@proofdesk/client';

const until = (session, event) => new Promise((resolve) => { const stop = session.on(event, (payload) => { stop(); resolve(payload); }); });

const frames = (video, count) => new Promise((resolve) => {
  let seen = 0;
  const frame = () => { seen += 1; if (seen >= count) resolve(seen); else video.requestVideoFrameCallback(frame); };
  video.requestVideoFrameCallback(frame);
});

window.join = async (url, sessionId, token) => {
  const session = createSessionClient({ url, sessionId, token });
  window.session = session;
  window.invited = until(session, 'call:invite');
  window.over = until(session, 'call:end');
  const joined = new Promise((resolve) => session.on('phase', (phase) => phase === 'joined' && resolve()));
  await session.start();
  await joined;
};

const talk = async (call) => {
  const peer = new RTCPeerConnection({ iceServers: call.iceServers });
  const failures = [];
  const negotiation = new Negotiation({
    peer, call,
    send: (signal) => window.session.calls.signal(call.callId, call.with, signal),
    failed: (error) => failures.push(String(error)),
  });
  window.session.on('call:signal', (signal) => negotiation.received(signal));
  const video = document.createElement('video');
  video.muted = true;
  video.autoplay = true;
  document.body.append(video);
  peer.ontrack = ({ streams }) => { video.srcObject = streams[0]; };
  window.picture = { video, failures };
  return peer;
};

const show = async (peer) => {
  const media = await navigator.mediaDevices.getUserMedia({ video: true });
  for (const track of media.getTracks()) peer.addTrack(track, media);
};

window.call = async () => {
  const accepted = until(window.session, 'call:accept');
  const call = await window.session.calls.invite();
  if (!call.ok) throw new Error(call.message);
  const peer = await talk(call);
  await accepted;
  await show(peer);
  return call;
};

window.answer = async () => {
  const { callId } = await window.invited;
  const call = await window.session.calls.accept(callId);
  if (!call.ok) throw new Error(call.message);
  await show(await talk(call));
  return call;
};

window.see = async (count) => {
  const { video, failures } = window.picture;
  const seen = await frames(video, count);
  return { seen, width: video.videoWidth, failures };
};
window.ready = true;
`;

interface Talking {
  callId: string;
  polite: boolean;
  iceServers: unknown[];
}

/** What the page's script offers. */
interface PageWindow {
  ready?: boolean;
  join(url: string, sessionId: string, token: string): Promise<void>;
  call(): Promise<Talking>;
  answer(): Promise<Talking>;
  see(count: number): Promise<{ seen: number; width: number; failures: string[] }>;
  over: Promise<{ reason: string }>;
  session: { calls: { hangUp(callId: string): Promise<unknown> } };
}

describe('a video call between two browsers', () => {
  let browser: Browser;
  let pages: ClientPages;
  let server: TestServer;

  beforeAll(async () => {
    pages = await serveClientPages(script);
    server = await startTestServer({ CORS_ORIGIN: pages.url });
    browser = await chromium.launch({
      executablePath: '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-background-networking',
        '--use-fake-device-for-media-stream',
        '--use-fake-ui-for-media-stream',
      ],
    });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await pages?.close();
  });

  const enter = async (email: string): Promise<Page> => {
    const page = await (await browser.newContext()).newPage();
    await page.goto(pages.url);
    await page.waitForFunction(() => (globalThis as unknown as PageWindow).ready);
    await page.evaluate(
      ([url = '', id = '', token = '']) => (globalThis as unknown as PageWindow).join(url, id, token),
      [server.url, sessionId, await tokenOf(server.url, email)],
    );
    return page;
  };

  it('[RT13] both see frames of the other, until one of them hangs up', async () => {
    const customer = await enter('customer@demo.local');
    const agent = await enter('agent@demo.local');
    const [called, answered] = await Promise.all([
      customer.evaluate(() => (globalThis as unknown as PageWindow).call()),
      agent.evaluate(() => (globalThis as unknown as PageWindow).answer()),
    ]);
    expect(answered.callId).toBe(called.callId);
    expect([called.polite, answered.polite]).toEqual([false, true]);
    for (const page of [customer, agent]) {
      const picture = await page.evaluate(() => (globalThis as unknown as PageWindow).see(10));
      expect(picture).toMatchObject({ seen: 10, failures: [] });
      expect(picture.width).toBeGreaterThan(0);
    }
    const over = agent.evaluate(() => (globalThis as unknown as PageWindow).over);
    await customer.evaluate((callId) => {
      return (globalThis as unknown as PageWindow).session.calls.hangUp(callId);
    }, called.callId);
    expect(await over).toMatchObject({ reason: 'ended', by: 'customer' });
  });
});
