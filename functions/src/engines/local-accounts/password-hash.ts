import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';

/** Parameters of scrypt (RFC 7914): memory and time grow with N and r, time alone with p. */
export interface PasswordCost {
  N: number;
  r: number;
  p: number;
}

/** What a hash of a real password costs: 32 MiB and about 0.2 s, as OWASP's password storage sheet advises. */
export const usualCost: PasswordCost = { N: 2 ** 15, r: 8, p: 3 };
const saltBytes = 16;
const keyBytes = 32;

const derive = (password: string, salt: Buffer, { N, r, p }: PasswordCost): Promise<Buffer> => {
  const options: ScryptOptions = { N, r, p, maxmem: 256 * N * r };
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, keyBytes, options, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
};

const format = ({ N, r, p }: PasswordCost, salt: Buffer, key: Buffer): string =>
  ['scrypt', N, r, p, salt.toString('base64url'), key.toString('base64url')].join('$');

/** A hash that carries its own parameters and salt: `scrypt$N$r$p$salt$key`, the last two in base64url. */
export const hashPassword = async (password: string, cost = usualCost): Promise<string> => {
  const salt = randomBytes(saltBytes);
  return format(cost, salt, await derive(password, salt, cost));
};

/** A hash of no password at all, which takes as long to compare with as one that was made at the usual cost. */
export const decoyHash = (): string => format(usualCost, randomBytes(saltBytes), randomBytes(keyBytes));

/** Whether the password is the one that was hashed; false for a hash that cannot be read. */
export const verifyPassword = async (password: string, hash: string): Promise<boolean> => {
  const [kind, N, r, p, salt, key] = hash.split('$');
  if (kind !== 'scrypt' || salt === undefined || key === undefined) return false;
  const expected = Buffer.from(key, 'base64url');
  const parameters = { N: Number(N), r: Number(r), p: Number(p) };
  const derived = await derive(password, Buffer.from(salt, 'base64url'), parameters).catch(() => undefined);
  return derived?.length === expected.length && timingSafeEqual(expected, derived);
};
