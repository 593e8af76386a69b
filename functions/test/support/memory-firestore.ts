import { type FirestoreController, FirestoreMock } from '@firebase-bridge/firestore-admin';
import type { FirestoreConnection } from '../../src/engines/firestore/connect-firestore.ts';

const environment = new FirestoreMock();

const databaseOf = (projectId: string): FirestoreController =>
  environment.databaseExists(projectId)
    ? environment.getDatabase(projectId)
    : environment.createDatabase(projectId);

/** Firestore of a project over memory: all of this process who name the project see the same documents. */
export const connectMemoryFirestore = (projectId: string): FirestoreConnection => {
  const firestore = databaseOf(projectId).firestore();
  return { firestore, disconnect: () => firestore.terminate() };
};

/** All documents of a project as they are at one moment. */
export const documentsIn = (projectId: string) => databaseOf(projectId).database.toMetaArray();
