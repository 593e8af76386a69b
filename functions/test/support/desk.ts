import { v7 as newId } from 'uuid';
import { placeEntry } from '../../src/ports/log-entry.ts';
import type { RecordStore } from '../../src/ports/record-store.ts';
import type { SupportSession } from '../../src/ports/records.ts';
import type { SessionStatus } from '../../src/protocol/enumerations.ts';
import { withListFields } from '../../src/support/sessions/session-context.ts';
import { type Contract, readContract } from './contract.ts';
import { watchRecords } from './records.ts';
import { openRecords } from './records-place.ts';
import { type Api, apiOf, startTestServer, type TestServer, tokenOf } from './server.ts';
import { makeShopRepository, type ShopRepository } from './shop-repository.ts';

/** Everybody who may come to the desk: `customer` owns the records and `agent` has their sessions. */
export const callers = ['anonymous', 'customer', 'customer2', 'agent', 'agent2', 'admin'] as const;
export type Caller = (typeof callers)[number];

/** A demo server with everybody signed in, its contract, and its records as another process sees them. */
export interface Desk {
  server: TestServer;
  contract: Contract;
  store: RecordStore;
  /** Listed as `shop` in the server's DOCS_REPOSITORIES. */
  repository: ShopRepository;
  apiAs(caller: Caller): Api;
  /** Empty for nobody. */
  tokenOf(caller: Caller): string;
  /** Needed after a caller's tokens were ended. */
  signInAgain(caller: Caller): Promise<void>;
  /** Writes a session of `customer` (with `agent`, unless it waits) straight into the records. */
  plantSession(status: SessionStatus, change?: Partial<SupportSession>): Promise<SupportSession>;
  removeSession(id: string): Promise<void>;
  /** Leaves both agents so many free places for co-browse (the type of planted sessions), and none for the rest. */
  setPlaces(places: number): Promise<void>;
  /** Differs when any record was made, changed or deleted in between. */
  stateOfRecords(): Promise<string>;
  close(): Promise<void>;
}

export const webhookSecret = 'the secret of the test webhook';

const signedIn = callers.filter((caller) => caller !== 'anonymous');
const agentIds = ['agent', 'agent2'] as const;

const endedFields = { resolution: 'resolved', duration: 300 } as const;

const sessionLike = (model: SupportSession, status: SessionStatus): SupportSession => {
  const { agentId, assignedAt, openedAt, ...waiting } = model;
  const common = { ...waiting, id: newId(), epoch: newId(), status };
  if (status === 'queued') return common;
  const held = {
    ...common,
    ...(agentId && { agentId }),
    ...(assignedAt && { assignedAt }),
    ...(openedAt && { openedAt }),
  };
  return status === 'active' ? held : { ...held, ...endedFields, endedAt: new Date().toISOString() };
};

const createPlanter = (store: RecordStore, model: SupportSession): Desk['plantSession'] => {
  return async (status, change = {}) => {
    const session = withListFields({ ...sessionLike(model, status), ...change });
    await store.write((writer) => {
      writer.create('supportSessions', session);
      const said = {
        authorId: session.customerId,
        visibility: 'public',
        data: { body: session.issue },
      } as const;
      writer.create('sessionLog', placeEntry(session.id, 1, session.startTime, { kind: 'message', ...said }));
    });
    return session;
  };
};

const createPlaceSetter =
  (store: RecordStore) =>
  (places: number): Promise<void> =>
    store.transaction(async (transaction) => {
      for (const id of agentIds) {
        const agent = await transaction.get('agents', id);
        if (agent === undefined) throw new Error(`the demo has no agent ${id}`);
        const none = { 'ai-chatbot': 0, 'live-chat': 0, 'co-browse': 0, 'video-call': 0 };
        transaction.put('agents', {
          ...agent,
          status: 'online',
          capacity: { ...none, 'co-browse': places },
          open: none,
        });
      }
    });

/** Opens a desk; `settings` are environment variables of its server. */
export const openDesk = async (settings: Record<string, string> = {}): Promise<Desk> => {
  const repository = await makeShopRepository();
  const server = await startTestServer({
    DOCS_REPOSITORIES: `shop=${repository.folder}`,
    DOCS_WEBHOOK_SECRET: webhookSecret,
    ...settings,
  });
  const store = await openRecords(server.place);
  const watch = await watchRecords(server.place);
  const tokens = new Map<Caller, string>();
  const signIn = async (caller: Caller): Promise<void> => {
    if (caller !== 'anonymous') tokens.set(caller, await tokenOf(server.url, `${caller}@demo.local`));
  };
  await Promise.all(signedIn.map(signIn));
  const model = await store.get('supportSessions', 'session-123');
  if (model === undefined) throw new Error('the demo has no session-123');
  return {
    server,
    store,
    repository,
    contract: await readContract(server.url),
    apiAs: (caller) => apiOf(server.url, tokens.get(caller)),
    tokenOf: (caller) => tokens.get(caller) ?? '',
    signInAgain: signIn,
    plantSession: createPlanter(store, model),
    removeSession: (id) => store.write((writer) => writer.delete('supportSessions', id)),
    setPlaces: createPlaceSetter(store),
    stateOfRecords: watch.state,
    close: async () => {
      await watch.close();
      await store.close();
      await server.close();
      await repository.remove();
    },
  };
};
