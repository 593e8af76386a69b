import { z } from 'zod';
import { idSchema, timeSchema } from './common.ts';
import { categorySchema, channelSchema } from './enumerations.ts';
import { timeZoneSchema } from './settings.ts';

/** What figures can be broken down by; the order is the order in which people see them. */
export const analyticsGroups = ['channel', 'category', 'agent', 'day'] as const;
const analyticsFormats = ['json', 'csv'] as const;

/** The longest range that is answered, in local days. */
export const maximumRangeDays = 400;
/** Local days of the range when none is given, today among them. */
export const defaultRangeDays = 30;

const firstYear = '2000';
const lastYear = '2999';
const isWithinYears = (text: string): boolean =>
  text.slice(0, 4) >= firstYear && text.slice(0, 4) <= lastYear;

const boundSchema = z
  .union([z.iso.date(), z.iso.datetime({ offset: true })], {
    error: 'write a date (2026-01-31) or a time with its zone (2026-01-31T09:30:00Z)',
  })
  .refine(isWithinYears, `years from ${firstYear} to ${lastYear} can be asked for`);

/**
 * Query of the session analytics. A date is a whole local day, so `to` is included when it is a date; a time is
 * an instant, widened to the whole UTC hour that holds it, because figures are kept by the hour.
 */
export const sessionAnalyticsQuerySchema = z.strictObject({
  from: boundSchema
    .optional()
    .meta({ description: `First day or instant; default ${defaultRangeDays} local days up to the end` }),
  to: boundSchema.optional().meta({ description: 'Last day (included) or instant (excluded); default now' }),
  timeZone: timeZoneSchema
    .optional()
    .meta({ description: 'IANA name of the zone whose days are meant; default the shop’s' }),
  agent: idSchema
    .optional()
    .meta({ description: 'Only sessions that ended with this agent; agents see only their own in any case' }),
  groupBy: z.enum(analyticsGroups).optional().meta({ description: 'Only this breakdown; default all four' }),
  format: z
    .enum(analyticsFormats)
    .optional()
    .meta({ description: 'Default: csv when the Accept header prefers text/csv, else json' }),
});

const count = z.int().min(0);
const share = z.number().min(0).max(1).nullable();
const seconds = z.number().min(0).nullable();

const figureFields = {
  ended: count.meta({ description: 'Sessions that ended' }),
  resolved: count,
  escalated: count,
  abandoned: count,
  handedOver: count.meta({ description: 'Sessions that were transferred or escalated at least once' }),
  rated: count,
  resolutionRate: share.meta({ description: 'resolved / ended' }),
  abandonmentRate: share.meta({ description: 'abandoned / ended' }),
  handoverRate: share.meta({ description: 'handedOver / ended' }),
  ratingResponseRate: share.meta({ description: 'rated / ended' }),
  averageWaitSeconds: seconds.meta({
    description: 'Queued (the last time) to assigned, over sessions with an agent',
  }),
  averageFirstResponseSeconds: seconds.meta({
    description:
      'Opened to the first message of the staff (or first look, where there was none), over sessions with one',
  }),
  averageDurationSeconds: seconds.meta({ description: 'Assigned to an agent or the assistant, to ended' }),
  satisfactionMean: z.number().min(1).max(5).nullable().meta({ description: 'Mean rating, 1 to 5' }),
};

/** Figures of ended sessions; null where there is nothing to divide by. */
const sessionFiguresSchema = z.strictObject(figureFields);

const row = <Key extends z.ZodType>(key: Key) => z.strictObject({ key, ...figureFields });

const breakdownsSchema = z.strictObject({
  channel: z.array(row(channelSchema)).optional(),
  category: z.array(row(categorySchema)).optional(),
  agent: z
    .array(
      z.strictObject({
        key: idSchema.nullable().meta({ description: 'null: no agent had the session' }),
        name: z.string().nullable().meta({ description: 'null when unknown' }),
        ...figureFields,
      }),
    )
    .optional(),
  day: z
    .array(row(z.iso.date()))
    .optional()
    .meta({ description: 'Every local day of the range, also those without a session' }),
});

/** Figures over sessions that ended in a range, with what goes on now. */
export const sessionAnalyticsSchema = z.strictObject({
  from: timeSchema.meta({ description: 'Start of the first hour that counted' }),
  to: timeSchema.meta({ description: 'End of the last hour that counted' }),
  timeZone: z.string(),
  agent: idSchema.nullable().meta({ description: 'The agent the figures are limited to' }),
  generatedAt: timeSchema.meta({ description: 'When the figures were computed; at most 5 minutes ago' }),
  live: z.strictObject({
    queued: count.meta({ description: 'Sessions that wait now, whoever will take them' }),
    active: count.meta({ description: 'Sessions under way now, of the agent when there is a limit to one' }),
    capped: z.boolean().meta({ description: 'A count stopped at its limit: there are at least so many' }),
  }),
  totals: sessionFiguresSchema,
  breakdowns: breakdownsSchema,
});

export type AnalyticsGroup = (typeof analyticsGroups)[number];
export type AnalyticsFormat = (typeof analyticsFormats)[number];
export type SessionAnalyticsQuery = z.infer<typeof sessionAnalyticsQuerySchema>;
export type SessionFigures = z.infer<typeof sessionFiguresSchema>;
export type SessionBreakdowns = z.infer<typeof breakdownsSchema>;
export type SessionAnalytics = z.infer<typeof sessionAnalyticsSchema>;
