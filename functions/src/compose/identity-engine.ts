import { type Config, identityEngine } from '../config.ts';
import { createLocalAccounts } from '../engines/local-accounts/local-accounts.ts';
import { loadSigningKey } from '../engines/local-accounts/signing-key.ts';
import type { Accounts, LocalAccounts } from '../ports/identity.ts';
import type { RecordStore } from '../ports/record-store.ts';
import { folderRefusal } from '../start-refusal.ts';
import { clock } from './system-time.ts';

/** Who people are, as the configuration says. */
export interface OpenedAccounts {
  accounts: Accounts;
  /** The same, where Proofdesk signs people in itself. */
  localAccounts: LocalAccounts | undefined;
  /** The same accounts, for making those of the demo shop. */
  demoAccounts: Accounts;
  close(): Promise<void>;
}

/** The password of demo accounts is public: a costly hash would only make the start slow. */
const demoPasswordCost = { N: 2 ** 10, r: 8, p: 1 };

const openLocalAccounts = async (config: Config, store: RecordStore): Promise<OpenedAccounts> => {
  const { dataDir, authSigningKey, tokenTtlMs } = config;
  const signingKey = await loadSigningKey(dataDir, authSigningKey).catch((error: unknown) => {
    throw folderRefusal(dataDir, error);
  });
  const options = { store, clock, signingKey, tokenTtlMs };
  const localAccounts = createLocalAccounts(options);
  return {
    accounts: localAccounts,
    localAccounts,
    demoAccounts: createLocalAccounts({ ...options, passwordCost: demoPasswordCost }),
    close: async () => undefined,
  };
};

/** A vendor's library is loaded only when its engine is chosen (rule EN6). */
const openFirebaseAccounts = async (
  { firebase, signup }: Config,
  store: RecordStore,
): Promise<OpenedAccounts> => {
  const [{ connectAuth }, { createFirebaseAccounts }] = await Promise.all([
    import('../engines/firebase-auth/connect-auth.ts'),
    import('../engines/firebase-auth/firebase-accounts.ts'),
  ]);
  const { auth, disconnect } = connectAuth(firebase?.projectId ?? '');
  const roleOfNewcomers = signup === 'open' ? 'customer' : undefined;
  const accounts = createFirebaseAccounts({ auth, store, clock, roleOfNewcomers });
  return { accounts, localAccounts: undefined, demoAccounts: accounts, close: disconnect };
};

export const openAccounts = (config: Config, store: RecordStore): Promise<OpenedAccounts> =>
  identityEngine(config) === 'firebase-auth'
    ? openFirebaseAccounts(config, store)
    : openLocalAccounts(config, store);
