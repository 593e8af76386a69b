import type { Role } from '../protocol/enumerations.ts';
import type { User } from './records.ts';

/** Who is asking, as the identity engine vouches for it. */
export interface Identity {
  uid: string;
  email: string;
  name: string;
  role: Role;
}

/** A verified token. */
export interface VerifiedToken {
  identity: Identity;
  /** Wall time in milliseconds since 1970 UTC at which the token ends. */
  expiresAt: number;
}

/** Verifies who is asking. */
export interface IdentityProvider {
  /**
   * The identity behind a token, with the role that holds now. Fails with AppError `not_authenticated` when the
   * token is malformed, expired, revoked or its user is gone, `unavailable` when that cannot be found out.
   */
  verify(token: string): Promise<VerifiedToken>;
}

/** A token for its holder. */
export interface IssuedToken {
  token: string;
  /** Wall time in milliseconds since 1970 UTC. */
  expiresAt: number;
  identity: Identity;
}

/** What a new account needs. */
export interface NewAccount {
  /** Given only by demo data, so that its records can name the user beforehand. */
  uid?: string;
  email: string;
  name: string;
  role: Role;
  password: string;
}

/**
 * Accounts as an administrator manages them, whoever keeps them. Everybody who signs in is in `users` of the
 * records, too, for those who look a name up there.
 */
export interface Accounts extends IdentityProvider {
  /** Fails with AppError `already_exists` when the address is taken. */
  create(account: NewAccount): Promise<Identity>;
  /** Whom an id or an e-mail address names, however that is written. */
  find(person: string): Promise<User | undefined>;
  list(): AsyncGenerator<User>;
  /** Whether the keeper of the accounts answered when it was asked last; never throws. */
  healthy(): boolean;
  /** Ends every token of the user. */
  revoke(uid: string): Promise<void>;
  /** Ends every token of the user, and lets nobody sign in to the account any more; it is still found. */
  lock(uid: string): Promise<void>;
  /** Changes the role; it holds from the next verification on. AppError `not_found` for an unknown user. */
  setRole(uid: string, role: Role): Promise<void>;
  /** Removes the account and its tokens. */
  remove(uid: string): Promise<void>;
}

/** Accounts kept by Proofdesk itself; identity services of others bring their own sign-in. */
export interface LocalAccounts extends Accounts {
  /** Fails with AppError `bad_credentials`, in the same time for unknown addresses as for wrong passwords. */
  signIn(email: string, password: string): Promise<IssuedToken>;
  /** A fresh token for the holder of a valid one. */
  refresh(token: string): Promise<IssuedToken>;
}
