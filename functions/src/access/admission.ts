import { AppError } from '../errors/app-error.ts';
import type { Identity } from '../ports/identity.ts';
import type { Permission } from './permissions.ts';

/** Lets a caller through whose role the permission names; everybody else is refused before anything is read. */
export const ensureMayCall = (
  permission: Permission,
  identity: Identity | undefined,
  tokenProblem: string | undefined,
): void => {
  if (permission === 'anyone') return;
  if (identity === undefined) {
    const detail = 'Send a token with the request: Authorization: Bearer <token>.';
    throw new AppError('not_authenticated', tokenProblem ?? detail);
  }
  if (permission.includes(identity.role)) return;
  throw new AppError(
    'forbidden',
    `This is for ${permission.join(' and ')} accounts; yours is ${identity.role}.`,
  );
};
