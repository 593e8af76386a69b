import type { Identity } from '../ports/identity.ts';
import type { Role } from '../protocol/enumerations.ts';

/** Somebody who has signed in. */
export const person = (role: Role, uid: string): Identity => ({
  uid,
  role,
  name: uid,
  email: `${uid}@shop.example`,
});
