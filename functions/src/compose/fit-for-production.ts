import { type Config, identityEngine } from '../config.ts';
import type { RecordStore } from '../ports/record-store.ts';
import { settings } from '../settings.ts';
import { StartRefusal } from '../start-refusal.ts';
import { demoAccounts } from '../support/demo/demo-people.ts';

/** Whether there is any account, or any of this role. */
export const hasUser = async (store: RecordStore, role?: 'admin'): Promise<boolean> => {
  const { items } = await store.list('users', {
    ...(role !== undefined && { where: [{ field: 'role', operator: '==', value: role }] as const }),
    orderBy: 'createdAt',
    direction: 'ascending',
    limit: 1,
  });
  return items.length > 0;
};

/** Whether any of the accounts is a demo account, whose password everybody knows. */
export const hasDemoUser = async (store: RecordStore): Promise<boolean> => {
  const users = await Promise.all(demoAccounts.map(({ uid }) => store.get('users', uid)));
  return users.some((user) =>
    demoAccounts.some(({ uid, email }) => user?.id === uid && user.email === email),
  );
};

/** Production wants its accounts chosen on purpose and somebody who can manage them (rule EN3). */
export const ensureFitForProduction = async (config: Config, store: RecordStore): Promise<void> => {
  if (!config.production || identityEngine(config) === 'firebase-auth') return;
  if (!config.localAccountsChosen) {
    throw new StartRefusal(
      'In production AUTH_MODE must say which accounts are wanted: set AUTH_MODE=local, or FIREBASE_PROJECT_ID.',
    );
  }
  if (config.authSigningKey === settings.AUTH_SIGNING_KEY.example) {
    throw new StartRefusal(
      'AUTH_SIGNING_KEY is the example that everybody can read: choose a long random text of your own.',
    );
  }
  if (!(await hasUser(store, 'admin'))) {
    throw new StartRefusal(
      'With AUTH_MODE=local an administrator must exist: npx proofdesk users add EMAIL --role admin.',
    );
  }
};
