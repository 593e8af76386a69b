import { describe, expect, it } from 'vitest';
import { decoyHash, hashPassword, usualCost, verifyPassword } from './password-hash.ts';

const cheap = { N: 2 ** 4, r: 8, p: 1 };

describe('password hashes', () => {
  it('[EN4] a password fits its own hash only, however its letters are composed', async () => {
    const hash = await hashPassword('Größe der Datei', cheap);
    expect(await verifyPassword('Größe der Datei'.normalize('NFD'), hash)).toBe(true);
    expect(await verifyPassword('Grösse der Datei', hash)).toBe(false);
    expect(await verifyPassword('', hash)).toBe(false);
  });

  it('[EN4] equal passwords have different hashes', async () => {
    expect(await hashPassword('the same', cheap)).not.toBe(await hashPassword('the same', cheap));
  });

  it('[EN4] a real password costs what OWASP advises for scrypt, and a decoy costs the same', async () => {
    const hash = await hashPassword('a password');
    expect(hash).toMatch(/^scrypt\$32768\$8\$3\$/);
    expect(decoyHash().split('$').slice(0, 4)).toEqual(hash.split('$').slice(0, 4));
    expect(decoyHash()).toHaveLength(hash.length);
    expect(usualCost.N * usualCost.p).toBeGreaterThanOrEqual(2 ** 16);
    expect(await verifyPassword('a password', decoyHash())).toBe(false);
  });

  it.each([
    '',
    'scrypt',
    'bcrypt$16$8$1$c2FsdA$a2V5',
    'scrypt$x$8$1$c2FsdA$a2V5',
    'scrypt$15$8$1$c2FsdA$a2V5',
  ])('[EN4] a hash that cannot be read fits no password: "%s"', async (hash) => {
    expect(await verifyPassword('a password', hash)).toBe(false);
  });
});
