import { createHash } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import QuickLRU from 'quick-lru';
import { AppError } from '../../errors/app-error.ts';
import { newId } from '../../ids/new-id.ts';
import { type Clock, isoTime } from '../../ports/clock.ts';
import { everyRecord } from '../../ports/every-record.ts';
import type {
  Identity,
  IssuedToken,
  LocalAccounts,
  NewAccount,
  VerifiedToken,
} from '../../ports/identity.ts';
import type { RecordStore, RecordWriter, Transaction } from '../../ports/record-store.ts';
import type { User } from '../../ports/records.ts';
import { foldEmail } from '../../protocol/accounts.ts';
import type { Role } from '../../protocol/enumerations.ts';
import { decoyHash, hashPassword, type PasswordCost, verifyPassword } from './password-hash.ts';

export interface LocalAccountsOptions {
  store: RecordStore;
  clock: Clock;
  signingKey: Uint8Array;
  tokenTtlMs: number;
  /** What the hash of a new password costs; the usual cost unless the password is known to everybody anyway. */
  passwordCost?: PasswordCost;
}

const issuer = 'proofdesk';
const algorithm = 'HS256';

/** What a token says of itself. */
interface TokenClaims {
  uid: string;
  /** Wall time in milliseconds since 1970 UTC. */
  expiresAt: number;
  generation: unknown;
}

/** Tokens whose signature is remembered at least; up to twice as many are. */
const rememberedTokens = 10_000;

const invalidToken = (cause?: unknown) =>
  new AppError('not_authenticated', 'The token is not valid any more: sign in again.', { cause });

const wrongCredentials = () =>
  new AppError('bad_credentials', 'Check the e-mail address and the password, then try again.');

const isTaken = (error: unknown): boolean => error instanceof AppError && error.code === 'already_exists';

const accountId = (email: string): string =>
  createHash('sha256').update(foldEmail(email)).digest('base64url');

const identityOf = ({ id, email, name, role }: User): Identity => ({ uid: id, email, name, role });

/**
 * Accounts in the record store, passwords as scrypt hashes, tokens as signed JWTs. A token names its user and
 * the user's token generation; role and name are read from the record, so a change holds at once, and raising
 * the generation ends every token that was given out.
 */
export const createLocalAccounts = ({
  store,
  clock,
  signingKey,
  tokenTtlMs,
  passwordCost,
}: LocalAccountsOptions): LocalAccounts => {
  // An unknown address is checked against this hash, so that it takes as long as a wrong password.
  const decoy = decoyHash();

  // Who is connected is looked at again every few seconds, and a signature that held once always holds.
  const signed = new QuickLRU<string, TokenClaims>({ maxSize: rememberedTokens });

  const generationOf = async (uid: string): Promise<number> =>
    (await store.get('tokenRevocations', uid))?.generation ?? 0;

  /** The generation was read before whatever lets somebody have a token was checked: who revokes meanwhile ends it. */
  const issue = async (identity: Identity, generation: number): Promise<IssuedToken> => {
    const issuedAt = clock.now();
    const expiresAt = issuedAt + tokenTtlMs;
    const token = await new SignJWT({ generation })
      .setProtectedHeader({ alg: algorithm })
      .setIssuer(issuer)
      .setSubject(identity.uid)
      .setJti(newId())
      .setIssuedAt(Math.floor(issuedAt / 1000))
      .setExpirationTime(Math.floor(expiresAt / 1000))
      .sign(signingKey);
    return { token, expiresAt: Math.floor(expiresAt / 1000) * 1000, identity };
  };

  const signedClaimsOf = async (token: string): Promise<TokenClaims> => {
    try {
      const { payload } = await jwtVerify(token, signingKey, {
        issuer,
        algorithms: [algorithm],
        requiredClaims: ['sub', 'exp'],
        currentDate: new Date(clock.now()),
      });
      return { uid: payload.sub ?? '', expiresAt: (payload.exp ?? 0) * 1000, generation: payload.generation };
    } catch (error) {
      throw invalidToken(error);
    }
  };

  const claimsOf = async (token: string): Promise<TokenClaims> => {
    const claims = signed.get(token) ?? (await signedClaimsOf(token));
    if (claims.expiresAt <= clock.now()) throw invalidToken();
    signed.set(token, claims);
    return claims;
  };

  const verifiedOf = async (token: string): Promise<VerifiedToken & { generation: number }> => {
    const { uid, expiresAt, generation } = await claimsOf(token);
    const [user, current] = await Promise.all([store.get('users', uid), generationOf(uid)]);
    if (!user || generation !== current) throw invalidToken();
    return { identity: identityOf(user), expiresAt, generation };
  };

  const verify = async (token: string): Promise<VerifiedToken> => {
    const { identity, expiresAt } = await verifiedOf(token);
    return { identity, expiresAt };
  };

  const refresh = async (token: string): Promise<IssuedToken> => {
    const { identity, generation } = await verifiedOf(token);
    return issue(identity, generation);
  };

  const create = async ({ uid, email, name, role, password }: NewAccount): Promise<Identity> => {
    const user: User = {
      id: uid ?? newId(),
      email: email.trim(),
      name,
      role,
      createdAt: isoTime(clock.now()),
    };
    const account = {
      id: accountId(email),
      userId: user.id,
      passwordHash: await hashPassword(password, passwordCost),
    };
    await store
      .write((writer) => {
        writer.create('localAccounts', account);
        writer.create('users', user);
      })
      .catch((error: unknown) => {
        throw isTaken(error)
          ? new AppError('already_exists', 'There is an account with this e-mail address already.')
          : error;
      });
    return identityOf(user);
  };

  const signIn = async (email: string, password: string): Promise<IssuedToken> => {
    const account = await store.get('localAccounts', accountId(email));
    const generation = account === undefined ? 0 : await generationOf(account.userId);
    const matches = await verifyPassword(password, account?.passwordHash ?? decoy);
    const user = account && matches ? await store.get('users', account.userId) : undefined;
    if (!user) throw wrongCredentials();
    return issue(identityOf(user), generation);
  };

  async function* list(): AsyncGenerator<User> {
    yield* everyRecord(store, 'users', { orderBy: 'createdAt', direction: 'ascending' });
  }

  const find = async (person: string): Promise<User | undefined> => {
    const byId = await store.get('users', person);
    if (byId) return byId;
    const account = await store.get('localAccounts', accountId(person));
    return account && store.get('users', account.userId);
  };

  const endTokens = (writer: RecordWriter, uid: string): void =>
    writer.increment('tokenRevocations', { id: uid, generation: 1 }, ['generation']);

  const revoke = (uid: string): Promise<void> => store.write((writer) => endTokens(writer, uid));

  const setRole = (uid: string, role: Role): Promise<void> =>
    store.transaction(async (transaction) => {
      const user = await transaction.get('users', uid);
      if (!user) throw new AppError('not_found', 'There is no user with this id.');
      transaction.put('users', { ...user, role });
    });

  const accountsOf = async (transaction: Transaction, uid: string): Promise<readonly string[]> => {
    const accounts = await transaction.list('localAccounts', {
      where: [{ field: 'userId', operator: '==', value: uid }],
      orderBy: 'id',
      direction: 'ascending',
      limit: 10,
    });
    return accounts.items.map(({ id }) => id);
  };

  /** The account stays, so that its address is still known however it is written; no password opens it any more. */
  const lock = (uid: string): Promise<void> =>
    store.transaction(async (transaction) => {
      for (const id of await accountsOf(transaction, uid)) {
        const account = await transaction.get('localAccounts', id);
        if (account) transaction.put('localAccounts', { ...account, passwordHash: decoyHash() });
      }
      endTokens(transaction, uid);
    });

  const remove = (uid: string): Promise<void> =>
    store.transaction(async (transaction) => {
      for (const id of await accountsOf(transaction, uid)) transaction.delete('localAccounts', id);
      endTokens(transaction, uid);
      transaction.delete('users', uid);
    });

  return {
    verify,
    // They are among the records, which say themselves how they are.
    healthy: () => true,
    create,
    find,
    list,
    signIn,
    refresh,
    revoke,
    lock,
    setRole,
    remove,
  };
};
