import { deleteApp, initializeApp } from 'firebase-admin/app';
import { type Firestore, getFirestore } from 'firebase-admin/firestore';

/** A way to a Firestore, and how to let go of it. */
export interface FirestoreConnection {
  firestore: Firestore;
  disconnect(): Promise<void>;
}

/** Firestore of a project, with the credentials of the surroundings. */
export const connectFirestore = (projectId: string): FirestoreConnection => {
  const app = initializeApp({ projectId }, `proofdesk-records-${crypto.randomUUID()}`);
  return { firestore: getFirestore(app), disconnect: () => deleteApp(app) };
};
