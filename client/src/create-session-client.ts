import { createIndexedDbOutbox } from './indexed-db-outbox.ts';
import { createMemoryOutbox, type Outbox } from './outbox.ts';
import { SessionClient } from './session-client.ts';
import { socketTransport } from './socket-transport.ts';
import { realSurroundings, type Surroundings } from './surroundings.ts';
import { type GetToken, Tokens } from './tokens.ts';
import type { Connect } from './transport.ts';

export interface SessionClientOptions {
  /** Address of the server, such as https://desk.example. */
  url: string;
  sessionId: string;
  /** A token; when it ends so does the client, unless `renew` was called. */
  token?: string;
  /** Where tokens come from; preferred to `token`, as it keeps the client alive over their ends. */
  getToken?: GetToken;
  /** The user, as signing in said; operations are kept apart by it, so in a browser it is needed to keep them. */
  userId?: string;
  /** Default: IndexedDB where there is one and `userId` is given, else memory. */
  outbox?: Outbox;
  /** Names this client in the server's log; made when absent. */
  clientId?: string;
  /** Default: Socket.IO to `url`. */
  connect?: Connect;
  /** Default: the real clock, timers and chance. */
  surroundings?: Surroundings;
}

const outboxFor = ({ userId, sessionId }: SessionClientOptions): Outbox =>
  userId !== undefined && 'indexedDB' in globalThis
    ? createIndexedDbOutbox({ userId, sessionId })
    : createMemoryOutbox();

/** A client of one session; call `start` to connect. */
export const createSessionClient = (options: SessionClientOptions): SessionClient => {
  const { url, sessionId, userId, surroundings = realSurroundings } = options;
  return new SessionClient({
    sessionId,
    userId,
    surroundings,
    clientId: options.clientId ?? surroundings.newId(),
    tokens: new Tokens(options),
    outbox: options.outbox ?? outboxFor(options),
    connect: options.connect ?? socketTransport(url),
  });
};
