import { type Operation, type OperationReply, operation } from '../gateway/operation.ts';
import {
  type AnalyticsFormat,
  type SessionAnalytics,
  sessionAnalyticsQuerySchema,
  sessionAnalyticsSchema,
} from '../protocol/analytics.ts';
import { analyticsCsv, analyticsFileName } from './analytics-csv.ts';
import type { Analytics } from './analytics-service.ts';
import { preferredFormat } from './preferred-format.ts';

const csvType = 'text/csv; charset=utf-8';

const reply = (analytics: SessionAnalytics, format: AnalyticsFormat): OperationReply =>
  format === 'json'
    ? { status: 200, body: analytics }
    : {
        status: 200,
        body: analyticsCsv(analytics),
        contentType: csvType,
        headers: { 'Content-Disposition': `attachment; filename="${analyticsFileName(analytics)}"` },
      };

/** GET of the figures over sessions, as JSON or as a table for spreadsheets. */
export const analyticsOperations = (analytics: Analytics): Operation[] => [
  operation({
    id: 'getSessionAnalytics',
    method: 'get',
    path: '/api/v1/analytics/sessions',
    tag: 'Analytics',
    summary: 'Figures over the sessions that ended in a range, and what goes on now',
    description:
      'Totals and, unless groupBy names one, breakdowns by channel, category, agent and local day in one reply. ' +
      'Agents see the sessions that ended with them, administrators all. Figures are kept by UTC hour: a local ' +
      'day is made of the hours that begin in it, so in zones that are off by half an hour its edges are too. ' +
      'With format=csv, or an Accept header that prefers text/csv, the same figures come as one table.',
    query: sessionAnalyticsQuerySchema,
    replies: {
      200: {
        description: 'The figures',
        schema: sessionAnalyticsSchema,
        otherContentTypes: ['text/csv'],
      },
    },
    handle: async ({ user, query, accept }) =>
      reply(await analytics.sessions(user, query), query.format ?? preferredFormat(accept)),
  }),
];
