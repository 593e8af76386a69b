import { z } from 'zod';
import { idSchema, longestPersonName, nameSchema, timeSchema } from './common.ts';
import { roleSchema } from './enumerations.ts';

/** Keyboards of phones put a space after what they complete. */
const emailSchema = z.string().trim().max(254).check(z.email());

/** An e-mail address as it is compared: whoever signs in may write it in other letters. */
export const foldEmail = (email: string): string => email.trim().toLowerCase().normalize('NFKC');

export const newPasswordSchema = z
  .string()
  .min(12, 'use at least 12 characters')
  .max(200)
  .meta({ description: 'At least 12 characters' });

export const userSchema = z.strictObject({
  uid: idSchema,
  email: z.string(),
  name: z.string(),
  role: roleSchema,
});

export const credentialsSchema = z.strictObject({ email: emailSchema, password: z.string().min(1).max(200) });

export const registrationSchema = z.strictObject({
  email: emailSchema,
  name: nameSchema(longestPersonName),
  password: newPasswordSchema,
});

export const issuedTokenSchema = z.strictObject({
  token: z.string().meta({ description: 'Send it as Authorization: Bearer …' }),
  expiresAt: timeSchema,
  user: userSchema,
});
