import { AppError } from '../../errors/app-error.ts';
import type { Connection } from './connection.ts';
import type { Member } from './room-member.ts';

/** The session that an event is for: named, or the only one the connection is in (rule RT9). */
export const sessionOf = ({ memberships }: Connection, named: string | undefined): string => {
  if (named !== undefined) return named;
  const [first, second] = memberships.keys();
  if (first === undefined) throw new AppError('not_joined', 'Join a session first, or name the sessionId.');
  if (second === undefined) return first;
  throw new AppError('validation_failed', 'sessionId: name the session; this socket is in several.');
};

export const memberOf = (connection: Connection, named: string | undefined): Member => {
  const member = connection.memberships.get(sessionOf(connection, named));
  if (member === undefined) throw new AppError('not_joined', 'This socket is not in that session: join it.');
  return member;
};
