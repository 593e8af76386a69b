import type { UserRecord } from 'firebase-admin/auth';
import { AppError } from '../../errors/app-error.ts';
import { isoTime } from '../../ports/clock.ts';
import type { Identity } from '../../ports/identity.ts';
import type { User } from '../../ports/records.ts';
import { longestPersonName, shownName } from '../../protocol/common.ts';
import { type Role, roles } from '../../protocol/enumerations.ts';

/** The role in the custom claim, when it is one that Proofdesk knows. */
const claimedRole = ({ customClaims }: UserRecord): Role | undefined =>
  roles.find((role) => role === customClaims?.role);

const emailOf = (user: UserRecord): string => user.email ?? '';

/**
 * People who signed in by telephone or without a name are called by what there is. They write their names into
 * Firebase themselves, past the rules for names here.
 */
const nameOf = ({ displayName = '', email = '', phoneNumber = '' }: UserRecord): string =>
  [displayName, email, phoneNumber].map((text) => shownName(text, longestPersonName)).find(Boolean) ??
  'Customer';

const withoutRole = (): AppError =>
  new AppError(
    'not_authenticated',
    'This account has no role here: ask an administrator for one (npx proofdesk users role EMAIL customer).',
  );

/** Who the user is. A claim that is there and unknown is never taken for the role of newcomers. */
export const identityOf = (user: UserRecord, roleOfNewcomers: Role | undefined): Identity => {
  const claimsNothing = user.customClaims?.role === undefined;
  const role = claimedRole(user) ?? (claimsNothing ? roleOfNewcomers : undefined);
  if (role === undefined) throw withoutRole();
  return { uid: user.uid, email: emailOf(user), name: nameOf(user), role };
};

/** The user as the records show it; somebody without a role is shown as a customer and may do nothing. */
export const userOf = (user: UserRecord): User => ({
  id: user.uid,
  email: emailOf(user),
  name: nameOf(user),
  role: claimedRole(user) ?? 'customer',
  createdAt: isoTime(Date.parse(user.metadata.creationTime)),
});
