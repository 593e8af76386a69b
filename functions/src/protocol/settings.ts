import { z } from 'zod';
import { areDistinct } from './common.ts';
import { channelSchema, channels } from './enumerations.ts';

const isTimeZone = (name: string): boolean => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
};

/** IANA name of a time zone. */
export const timeZoneSchema = z.string().refine(isTimeZone, 'write an IANA time zone such as Europe/Berlin');

const clockTimeSchema = z
  .string()
  .regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'write a time as 09:00; 24:00 is the end of the day');

const hoursSchema = z
  .strictObject({
    weekday: z.int().min(1).max(7).meta({ description: '1 is Monday, 7 Sunday' }),
    from: clockTimeSchema,
    to: clockTimeSchema,
  })
  .refine(({ from, to }) => from < to, { path: ['to'], message: 'the end comes after the beginning' });

export const shopSettingsSchema = z.strictObject({
  name: z.string().trim().min(1).max(120),
  timeZone: timeZoneSchema,
  hours: z.array(hoursSchema).max(50).meta({ description: 'Local opening hours; empty: never open' }),
  holidays: z.array(z.iso.date()).max(400).meta({ description: 'Local dates on which nobody is there' }),
  awayText: z.string().trim().max(1_000).meta({ description: 'What customers read outside the hours' }),
  channels: z
    .array(channelSchema)
    .min(1)
    .max(channels.length)
    .refine(areDistinct, 'name each channel once')
    .meta({ description: 'Channels the shop offers' }),
  revision: z.int().min(1).meta({ description: 'Send back the one you read; it rises with each change' }),
});

export type ShopSettingsView = z.infer<typeof shopSettingsSchema>;
