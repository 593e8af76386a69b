import { randomUUID } from 'node:crypto';
import { FirestoreMock } from '@firebase-bridge/firestore-admin';
import { deleteApp, initializeApp } from 'firebase-admin/app';
import { type Firestore, getFirestore } from 'firebase-admin/firestore';
import { createFirestoreStore } from '../engines/firestore/firestore-store.ts';
import type { LoggedRecordStore } from '../ports/session-log.ts';

/**
 * Where tests of the Firestore engine run: over memory when TEST_FIRESTORE is unset, on Google's emulator when
 * it is an address (127.0.0.1:8080), in a real project when it is a project's id.
 */
const target = process.env.TEST_FIRESTORE;

interface TestDatabase {
  /** A connection of its own, as another process would have it. */
  connect(): { firestore: Firestore; disconnect(): Promise<void> };
  /** Tests of a real project share it, each below a document of its own. */
  parent?: string;
  dispose(): Promise<void>;
}

const inMemory = (): TestDatabase => {
  const environment = new FirestoreMock();
  const database = environment.createDatabase();
  return {
    connect: () => {
      const firestore = database.firestore();
      return { firestore, disconnect: () => firestore.terminate() };
    },
    dispose: async () => environment.deleteAll(),
  };
};

/** One connection to an empty Firestore over memory. */
export const connectInMemory = (): ReturnType<TestDatabase['connect']> => inMemory().connect();

const onServer = (address: string): TestDatabase => {
  const isEmulator = address.includes(':');
  if (isEmulator) process.env.FIRESTORE_EMULATOR_HOST = address;
  const projectId = isEmulator ? `demo-${randomUUID()}` : address;
  const parent = `proofdeskTests/${randomUUID()}`;
  const connect = () => {
    const app = initializeApp({ projectId }, randomUUID());
    return { firestore: getFirestore(app), disconnect: () => deleteApp(app) };
  };
  const dispose = async (): Promise<void> => {
    const { firestore, disconnect } = connect();
    await firestore.recursiveDelete(firestore.doc(parent));
    await disconnect();
  };
  return { connect, parent, dispose };
};

/** An empty Firestore, and as many stores on it as are wanted. */
export const openTestFirestore = async () => {
  const database = target === undefined ? inMemory() : onServer(target);
  const { parent } = database;
  const another = async (): Promise<LoggedRecordStore> =>
    createFirestoreStore({ ...database.connect(), ...(parent !== undefined && { parent }) });
  return { store: await another(), another, dispose: database.dispose };
};
