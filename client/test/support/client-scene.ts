import { createSessionClient, type SessionClientOptions } from '../../src/create-session-client.ts';
import type { Operation } from '../../src/operation.ts';
import type { RefusedAck } from '../../src/protocol.ts';
import type { SessionClient } from '../../src/session-client.ts';
import { createManualSurroundings, type ManualSurroundings, settled } from './manual-surroundings.ts';
import { sessionId } from './model-log.ts';
import { ModelServer } from './model-server.ts';

/** A started client with the server that it talks to, unless told to talk to another. */
export interface ClientScene {
  server: ModelServer;
  surroundings: ManualSurroundings;
  client: SessionClient;
  /** Why it ended, each time it did. */
  ended: RefusedAck[];
}

export const otherSays = (body: string): Operation => ({
  opId: `ben-${body}`,
  name: 'chat:message',
  payload: { body },
  askedAt: 0,
});

/** Everything that was said, in the order of the log. */
export const bodiesIn = (server: ModelServer): string[] =>
  server.log.flatMap(({ event, payload }) => (event === 'chat:message' ? [payload.body] : []));

/** Makes scenes and closes their clients. */
export const createScenes = () => {
  const clients: SessionClient[] = [];
  const begin = async (options: Partial<SessionClientOptions> = {}): Promise<ClientScene> => {
    const server = new ModelServer();
    const surroundings = createManualSurroundings();
    const { connect } = server;
    const client = createSessionClient({
      url: '',
      sessionId,
      token: 'anna',
      connect,
      surroundings,
      ...options,
    });
    clients.push(client);
    const ended: RefusedAck[] = [];
    client.on('ended', (reason) => ended.push(reason));
    await client.start();
    await settled();
    return { server, surroundings, client, ended };
  };
  const close = (): void => {
    for (const client of clients.splice(0)) client.close();
  };
  return { begin, close };
};

/** The connection breaks and comes back. */
export const blink = async ({ server, surroundings }: ClientScene): Promise<void> => {
  server.link.break();
  await surroundings.advance(1_000);
};
