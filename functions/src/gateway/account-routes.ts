import { AppError } from '../errors/app-error.ts';
import { isoTime } from '../ports/clock.ts';
import type { IssuedToken, LocalAccounts } from '../ports/identity.ts';
import type { RateLimits } from '../ports/rate-limits.ts';
import {
  credentialsSchema,
  issuedTokenSchema,
  registrationSchema,
  userSchema,
} from '../protocol/accounts.ts';
import type { Authentication } from './authentication.ts';
import { operation, publicOperation } from './operation.ts';
import { createSignInThrottle } from './sign-in-throttle.ts';

export interface AccountRoutesOptions {
  /** Undefined where somebody else signs people in. */
  accounts: LocalAccounts | undefined;
  authentication: Pick<Authentication, 'forgetUser'>;
  rateLimits: RateLimits;
  signInMax: number;
  signup: 'open' | 'invite';
}

const tag = 'Accounts';
const noStore = { 'Cache-Control': 'no-store' };

const present = ({ token, expiresAt, identity }: IssuedToken) => ({
  token,
  expiresAt: isoTime(expiresAt),
  user: identity,
});

const refuseLocalSignIn = (): never => {
  throw new AppError(
    'sign_in_elsewhere',
    'Sign in with Firebase Authentication, and send its ID token as the bearer token.',
  );
};

const tokenReply = (status: number, description: string) => ({
  [status]: { description, schema: issuedTokenSchema },
});

/** Who the caller is; with every identity. */
export const identityOperations = () => [
  operation({
    id: 'getMe',
    method: 'get',
    path: '/api/v1/me',
    tag,
    summary: 'Read who you are',
    replies: { 200: { description: 'The signed-in user', schema: userSchema } },
    handle: async ({ user }) => ({ status: 200, body: user }),
  }),
];

/** Sign-in with accounts that Proofdesk keeps itself. */
export const accountOperations = (options: AccountRoutesOptions) => {
  const { authentication, rateLimits, signInMax, signup } = options;
  const accounts = (): LocalAccounts => options.accounts ?? refuseLocalSignIn();
  const throttle = createSignInThrottle({ rateLimits, max: signInMax });

  const createToken = publicOperation({
    id: 'createToken',
    method: 'post',
    path: '/api/v1/auth/token',
    tag,
    summary: 'Sign in',
    body: credentialsSchema,
    replies: tokenReply(200, 'A token and when it ends'),
    errors: ['bad_credentials', 'sign_in_elsewhere'],
    handle: async ({ body, ip }) => {
      const { signIn } = accounts();
      await throttle(ip, body.email);
      return {
        status: 200,
        body: present(await signIn(body.email, body.password)),
        headers: noStore,
      };
    },
  });

  const registerAccount = publicOperation({
    id: 'registerAccount',
    method: 'post',
    path: '/api/v1/auth/register',
    tag,
    summary: 'Make a customer account',
    description: 'Only where the shop lets customers register themselves (SIGNUP=open).',
    body: registrationSchema,
    replies: tokenReply(201, 'The account’s first token'),
    errors: ['already_exists', 'forbidden', 'sign_in_elsewhere'],
    handle: async ({ body, ip }) => {
      const { create, signIn } = accounts();
      if (signup !== 'open') {
        throw new AppError('forbidden', 'This shop makes accounts itself: ask it for yours.');
      }
      await throttle(ip, body.email);
      await create({ ...body, role: 'customer' });
      return {
        status: 201,
        body: present(await signIn(body.email, body.password)),
        headers: noStore,
      };
    },
  });

  const refreshToken = operation({
    id: 'refreshToken',
    method: 'post',
    path: '/api/v1/auth/refresh',
    tag,
    summary: 'Get a fresh token before the old one ends',
    replies: tokenReply(200, 'A token and when it ends'),
    errors: ['sign_in_elsewhere'],
    handle: async ({ token }) => ({
      status: 200,
      body: present(await accounts().refresh(token ?? '')),
      headers: noStore,
    }),
  });

  const revokeTokens = operation({
    id: 'revokeTokens',
    method: 'delete',
    path: '/api/v1/auth/token',
    tag,
    summary: 'Sign out everywhere',
    description: 'Ends every token of yours, this one too.',
    replies: { 204: { description: 'All tokens are ended' } },
    errors: ['sign_in_elsewhere'],
    handle: async ({ user }) => {
      await accounts().revoke(user.uid);
      authentication.forgetUser(user.uid);
      return { status: 204 };
    },
  });

  return [createToken, registerAccount, refreshToken, revokeTokens];
};
