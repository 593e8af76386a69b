import { z } from 'zod';
import { AppError } from '../../errors/app-error.ts';
import type { VerifiedToken } from '../../ports/identity.ts';
import { protocolVersion } from '../../protocol/realtime.ts';
import type { TokenVerifier } from './token-watch.ts';

const handshakeSchema = z.object({
  token: z.string().min(1).max(8_192),
  clientId: z.string().max(128).optional(),
  proto: z.coerce.number().optional(),
});

/** A connection whose token holds. */
export interface Handshake {
  token: string;
  verified: VerifiedToken;
}

/** Who connects; fails with the AppError that the client is told. */
export const authenticate = async (auth: unknown, authentication: TokenVerifier): Promise<Handshake> => {
  const handshake = handshakeSchema.safeParse(auth);
  if (!handshake.success) throw new AppError('not_authenticated', 'Connect with auth: { token }.');
  const { token, proto = protocolVersion } = handshake.data;
  if (proto !== protocolVersion) {
    throw new AppError('malformed_request', `The server speaks protocol ${protocolVersion}, not ${proto}.`);
  }
  return { token, verified: authentication.known(token) ?? (await authentication.verify(token)) };
};
