import type { Auth, DecodedIdToken, UserRecord } from 'firebase-admin/auth';
import type { Clock } from '../../ports/clock.ts';
import type { Accounts, Identity, NewAccount, VerifiedToken } from '../../ports/identity.ts';
import type { RecordStore } from '../../ports/record-store.ts';
import type { User } from '../../ports/records.ts';
import type { Role } from '../../protocol/enumerations.ts';
import { invalidToken, Questions } from './failure.ts';
import { UserLookup } from './user-lookup.ts';
import { identityOf, userOf } from './user-record.ts';

export interface FirebaseAccountsOptions {
  auth: Auth;
  store: RecordStore;
  clock: Clock;
  /** What an account without a role is; undefined when it may do nothing. */
  roleOfNewcomers: Role | undefined;
  /** How long roles and revocations are believed: 15 s, because the gateway adds as much. */
  maximumAgeMs?: number;
}

const defaultMaximumAgeMs = 15_000;
const usersPerPage = 1000;

const isRevoked = ({ disabled, tokensValidAfterTime }: UserRecord, { auth_time }: DecodedIdToken): boolean =>
  disabled || (tokensValidAfterTime !== undefined && auth_time * 1000 < Date.parse(tokensValidAfterTime));

/** Keeps the user among the records, where names are looked up. */
const keepUser = async (store: RecordStore, user: User): Promise<void> => {
  const kept = await store.get('users', user.id);
  if (JSON.stringify(kept) === JSON.stringify(user)) return;
  await store.write((writer) => writer.put('users', user));
};

/**
 * Accounts of Firebase Auth. A token is verified by its signature; its user's role (the custom claim `role`) and
 * revocations are asked of Firebase and remembered for seconds, since what a token says is up to an hour old.
 */
export const createFirebaseAccounts = (options: FirebaseAccountsOptions): Accounts => {
  const { auth, store, clock, roleOfNewcomers, maximumAgeMs = defaultMaximumAgeMs } = options;
  const questions = new Questions();
  const ask = <Result>(call: () => Promise<Result>): Promise<Result> => questions.ask(call);
  const users = new UserLookup({ auth, clock, questions, maximumAgeMs });

  const verify = async (token: string): Promise<VerifiedToken> => {
    const decoded = await questions.askAboutToken(() => auth.verifyIdToken(token));
    const user = await users.get(decoded.uid);
    if (isRevoked(user, decoded)) throw invalidToken();
    const identity = identityOf(user, roleOfNewcomers);
    await keepUser(store, userOf(user));
    return { identity, expiresAt: decoded.exp * 1000 };
  };

  const give = async (uid: string, role: Role): Promise<UserRecord> => {
    const { customClaims } = await ask(() => auth.getUser(uid));
    await ask(() => auth.setCustomUserClaims(uid, { ...customClaims, role }));
    users.forget(uid);
    const user = await ask(() => auth.getUser(uid));
    await keepUser(store, userOf(user));
    return user;
  };

  const create = async ({ uid, email, name, role, password }: NewAccount): Promise<Identity> => {
    const account = { email: email.trim(), displayName: name, password, ...(uid !== undefined && { uid }) };
    const made = await ask(() => auth.createUser(account));
    return identityOf(await give(made.uid, role), undefined);
  };

  const find = async (person: string): Promise<User | undefined> => {
    const { users: found } = await ask(() =>
      auth.getUsers([person.includes('@') ? { email: person.trim() } : { uid: person }]),
    );
    return found[0] && userOf(found[0]);
  };

  async function* list(): AsyncGenerator<User> {
    let pageToken: string | undefined;
    do {
      const page = await ask(() => auth.listUsers(usersPerPage, pageToken));
      yield* page.users.map(userOf);
      pageToken = page.pageToken;
    } while (pageToken !== undefined);
  }

  const revoke = async (uid: string): Promise<void> => {
    await ask(() => auth.revokeRefreshTokens(uid));
    users.forget(uid);
  };

  const lock = async (uid: string): Promise<void> => {
    await ask(() => auth.updateUser(uid, { disabled: true }));
    await revoke(uid);
  };

  const setRole = async (uid: string, role: Role): Promise<void> => {
    await give(uid, role);
  };

  const remove = async (uid: string): Promise<void> => {
    await ask(() => auth.deleteUser(uid));
    users.forget(uid);
    await store.write((writer) => writer.delete('users', uid));
  };

  const healthy = (): boolean => !questions.failing;

  return { healthy, verify, create, find, list, revoke, lock, setRole, remove };
};
