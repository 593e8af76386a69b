import { io } from 'socket.io-client';
import type { ProtocolVersion, RefusedAck } from './protocol.ts';
import type { Connect } from './transport.ts';

/** Checked by the compiler to be the version that the types are of. */
const proto: typeof ProtocolVersion = 1;

const connectTimeoutMs = 10_000;

const isRefusal = (value: unknown): value is RefusedAck =>
  typeof value === 'object' && value !== null && 'code' in value && 'retryable' in value;

/** Connections over Socket.IO; WebSocket first, polling where a proxy lets nothing else through. */
export const socketTransport =
  (url: string): Connect =>
  ({ token, clientId, sessionId }, listener) => {
    const socket = io(url, {
      auth: { token, clientId, proto },
      // A balancer may hash it, so that a session stays on one node.
      query: { session: sessionId },
      transports: ['websocket', 'polling'],
      tryAllTransports: true,
      reconnection: false,
      forceNew: true,
      timeout: connectTimeoutMs,
    });
    let ended = false;
    const end = (refusal?: RefusedAck): void => {
      if (ended) return;
      ended = true;
      socket.disconnect();
      listener.closed(refusal);
    };
    socket.on('connect', () => listener.opened());
    socket.onAny((event: string, payload: unknown) => {
      if (!ended) listener.received(event, payload);
    });
    socket.on('connect_error', (error: Error & { data?: unknown }) => {
      end(isRefusal(error.data) ? error.data : undefined);
    });
    socket.on('disconnect', () => end());
    return {
      send: (event, payload, answered) => {
        if (ended) return;
        if (answered === undefined) socket.emit(event, payload);
        else socket.emit(event, payload, (answer: unknown) => ended || answered(answer));
      },
      close: () => {
        ended = true;
        socket.disconnect();
      },
    };
  };
