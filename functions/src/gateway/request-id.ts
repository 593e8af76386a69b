import { randomUUID } from 'node:crypto';

const wellFormed = /^[A-Za-z0-9_-]{8,64}$/;

/** The caller's request id when it is well-formed, so that traces join up; else a new one. */
export const requestIdOf = (offered: string | string[] | undefined): string =>
  typeof offered === 'string' && wellFormed.test(offered) ? offered : randomUUID();
