import { deleteApp, initializeApp } from 'firebase-admin/app';
import { type Auth, getAuth } from 'firebase-admin/auth';

/** Firebase Auth of a project, with the credentials of the surroundings. */
export const connectAuth = (projectId: string): { auth: Auth; disconnect(): Promise<void> } => {
  const app = initializeApp({ projectId }, `proofdesk-accounts-${crypto.randomUUID()}`);
  return { auth: getAuth(app), disconnect: () => deleteApp(app) };
};
