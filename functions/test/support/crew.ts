import { connectAuth } from '../../src/engines/firebase-auth/connect-auth.ts';
import { createFirebaseAccounts } from '../../src/engines/firebase-auth/firebase-accounts.ts';
import { createLocalAccounts } from '../../src/engines/local-accounts/local-accounts.ts';
import type { Accounts } from '../../src/ports/identity.ts';
import type { RecordStore } from '../../src/ports/record-store.ts';
import type { Agent } from '../../src/ports/records.ts';
import { newAgent } from '../../src/support/agents/agent-service.ts';
import { signInWithFirebase, useAuthEmulator } from './firebase-people.ts';
import { firebaseSignsIn, openRecords, type RecordsPlace } from './records-place.ts';
import { type Api, apiOf } from './server.ts';

/** The key that servers of these tests sign with, so that tokens can be made without signing in. */
export const signingKey = 'the signing key of tests that need many people';

/** Somebody with an account and a token. */
export interface CrewMember {
  uid: string;
  token: string;
  api: Api;
}

/** People of a running server, made beside it on the same records, as the command line does. */
export interface Crew {
  store: RecordStore;
  customers(count: number): Promise<CrewMember[]>;
  /** Agents who are online; `changes` say what matters. */
  agents(count: number, changes?: Partial<Agent>): Promise<CrewMember[]>;
  admin(): Promise<CrewMember>;
  close(): Promise<void>;
}

const password = 'a password of the crew';

const clock = { now: Date.now, monotonicMs: () => performance.now() };

interface CrewAccounts {
  accounts: Accounts;
  tokenOf(email: string): Promise<string>;
  disconnect(): Promise<void>;
}

const openLocalAccounts = (store: RecordStore): CrewAccounts => {
  const accounts = createLocalAccounts({
    store,
    clock,
    signingKey: new TextEncoder().encode(signingKey),
    tokenTtlMs: 3_600_000,
    passwordCost: { N: 2 ** 4, r: 8, p: 1 },
  });
  const tokenOf = async (email: string) => (await accounts.signIn(email, password)).token;
  return { accounts, tokenOf, disconnect: async () => undefined };
};

const openFirebaseAccounts = (projectId: string, store: RecordStore): CrewAccounts => {
  useAuthEmulator();
  const { auth, disconnect } = connectAuth(projectId);
  const accounts = createFirebaseAccounts({ auth, store, clock, roleOfNewcomers: undefined });
  return { accounts, tokenOf: (email) => signInWithFirebase(projectId, email, password), disconnect };
};

const openAccounts = (place: RecordsPlace, store: RecordStore): CrewAccounts =>
  firebaseSignsIn(place)
    ? openFirebaseAccounts(place.FIREBASE_PROJECT_ID ?? '', store)
    : openLocalAccounts(store);

export const openCrew = async ({ url, place }: { url: string; place: RecordsPlace }): Promise<Crew> => {
  const store = await openRecords(place);
  const { accounts, tokenOf, disconnect } = openAccounts(place, store);

  const member = async (uid: string, role: 'customer' | 'agent' | 'admin'): Promise<CrewMember> => {
    const email = `${uid}@crew.example`;
    await accounts.create({ uid, email, name: uid, role, password });
    const token = await tokenOf(email);
    return { uid, token, api: apiOf(url, token) };
  };
  const members = (count: number, role: 'customer' | 'agent') =>
    Promise.all(Array.from({ length: count }, (_, index) => member(`${role}-${index}`, role)));

  return {
    store,
    customers: (count) => members(count, 'customer'),
    agents: async (count, changes = {}) => {
      const hired = await members(count, 'agent');
      await store.write((writer) => {
        for (const { uid } of hired)
          writer.put('agents', { ...newAgent(uid, uid, Date.now()), status: 'online', ...changes });
      });
      return hired;
    },
    admin: () => member('admin', 'admin'),
    close: async () => {
      await disconnect();
      await store.close();
    },
  };
};
