import type { RequestListener } from 'node:http';
import { createCutUploads } from '../collaboration/proofs/cut-uploads.ts';
import { readAgain } from '../gateway/function-request.ts';
import { type HttpServer, startHttpServer } from '../gateway/http-server.ts';
import { addressRefusal } from '../start-refusal.ts';
import { createRetention } from '../upkeep/retention.ts';
import type { Gateway } from './gateway.ts';
import type { Parts } from './parts.ts';
import { hearRooms } from './room-hearers.ts';
import { clock, timers } from './system-time.ts';

const urlOf = ({ host, port }: HttpServer): string =>
  `http://${host.includes(':') ? `[${host}]` : host}:${port}`;

/** Opens the gateway and the queue to the world, and ends them; the engines stay open. */
export const createServer = (
  { config, engines, logger, services, documentation }: Parts,
  gateway: Gateway,
) => {
  const { host, port, shutdownGraceMs, retentionDays: days } = config;
  const { store, files } = engines;
  const retention = createRetention({ store, files, clock, timers, days, logger });
  const cutUploads = createCutUploads({ files, notes: services.uploadNotes, timers, logger });
  const { app, lifecycle, realtime } = gateway;
  let http: HttpServer | undefined;
  let deafen = (): void => undefined;
  return {
    start: async () => {
      const listening = startHttpServer({
        handler: app.handler,
        host,
        port,
        lifecycle,
        shutdownGraceMs,
        whileDraining: realtime.drain,
      });
      http = await listening.catch((error: unknown) => {
        throw addressRefusal(host, port, error);
      });
      realtime.attach(http.server);
      services.sessions.queue.start();
      services.sessions.silence.start();
      services.assistant.start();
      retention.start();
      cutUploads.start();
      deafen = hearRooms(services);
      lifecycle.state = 'ready';
      return { url: urlOf(http) };
    },
    /** Serves requests that somebody else receives: nothing listens, and there are no sockets. */
    serve: (): RequestListener => {
      lifecycle.state = 'ready';
      return (request, response) => app.handler(readAgain(request), response);
    },
    stop: async () => {
      await documentation.documentation.stop();
      await http?.stop();
      if (http === undefined) await realtime.drain(0);
      deafen();
      await Promise.all([
        services.sessions.queue.stop(),
        services.sessions.silence.stop(),
        services.assistant.stop(),
        retention.stop(),
        cutUploads.stop(),
      ]);
      await services.rooms.close();
    },
  };
};
