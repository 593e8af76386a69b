import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import { z } from 'zod';

declare module 'vitest' {
  interface ProvidedContext {
    /** Host and port of the Firebase Auth emulator; empty when firebase-tools are not installed. */
    authEmulator: string;
  }
}

const signedInSchema = z.object({ idToken: z.string() });

/** The emulator of this run, which the SDK finds by the environment. */
export const useAuthEmulator = (): string => {
  const host = inject('authEmulator');
  if (host === '') throw new Error('The Firebase Auth emulator is not installed: npm run test:setup');
  process.env.FIREBASE_AUTH_EMULATOR_HOST = host;
  return host;
};

/** A project of the test's own. Ids have 30 characters at most, and end in none but a letter or a digit. */
export const newProjectId = (): string => `demo-${randomUUID().replaceAll('-', '').slice(0, 20)}`;

/** Signs in as a web page does, and gives the ID token. */
export const signInWithFirebase = async (
  projectId: string,
  email: string,
  password: string,
): Promise<string> => {
  const url = `http://${useAuthEmulator()}/identitytoolkit.googleapis.com/v1/accounts:signInWithPassword`;
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer owner' },
    body: JSON.stringify({ email, password, returnSecureToken: true, targetProjectId: projectId }),
  });
  if (!response.ok)
    throw new Error(`sign-in of ${email} answered ${response.status}: ${await response.text()}`);
  return signedInSchema.parse(await response.json()).idToken;
};
