import { z } from 'zod';

const byteUnits: Record<string, number> = { b: 1, kb: 1024, mb: 1024 ** 2, gb: 1024 ** 3 };

export const bytes = z
  .string()
  .regex(/^\d+(b|kb|mb|gb)$/i, 'write a number and a unit')
  .transform((text) => Number.parseInt(text, 10) * (byteUnits[text.replace(/\d+/, '').toLowerCase()] ?? 1));

export const whole = (minimum: number, maximum: number) => {
  const problem = `write a whole number from ${minimum} to ${maximum}`;
  return z
    .string()
    .regex(/^\d+$/, problem)
    .transform(Number)
    .pipe(z.number(problem).min(minimum).max(maximum));
};

export const rate = whole(1, 1_000_000);

export const aDayMs = 86_400_000;

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean),
);

export const origins = list.pipe(
  z.array(
    z
      .url({ protocol: /^https?$/, error: 'write origins with http:// or https://', abort: true })
      .refine((text) => new URL(text).origin === text, 'an origin has no path and no "/" at its end'),
  ),
);

/** A text is read as JSON without saying what stands in it: credentials must not reach a log. */
const json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue('write JSON');
    return z.NEVER;
  }
});

const iceUrl = z
  .string()
  .max(256)
  .regex(/^(stuns?|turns?):\S+$/, 'a URL begins with stun:, stuns:, turn: or turns:');

export const iceServers = json.pipe(
  z
    .array(
      z
        .strictObject({
          urls: z.union([iceUrl.transform((url) => [url]), z.array(iceUrl).min(1).max(8)], {
            error: 'urls is one URL or a list; each begins with stun:, stuns:, turn: or turns:',
          }),
          username: z.string().max(512).exactOptional(),
          credential: z.string().max(512).exactOptional(),
        })
        .refine(
          ({ urls, username, credential }) =>
            !urls.some((url) => url.startsWith('turn')) ||
            (username !== undefined && credential !== undefined),
          'a turn: server needs username and credential',
        ),
      'write a JSON list',
    )
    .max(10),
);

const repositoryEntry = /^([A-Za-z0-9][A-Za-z0-9._/-]{0,99})=(.+)$/;

/** Paths by name. A name travels in requests; a path never does. */
export const repositories = list.pipe(
  z
    .array(z.string().regex(repositoryEntry, 'write name=path'))
    .transform((entries) => new Map(entries.map((entry) => entry.split(/=(.*)/s, 2) as [string, string]))),
);
