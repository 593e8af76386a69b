import { operation } from '../gateway/operation.ts';
import type { Condition, RecordStore } from '../ports/record-store.ts';
import { type AuditQuery, auditPageSchema, auditQuerySchema } from '../protocol/audit.ts';

const within = ({ from, to }: AuditQuery): Condition<'audit'>[] => [
  ...(from === undefined ? [] : [{ field: 'at', operator: '>=', value: from } as const]),
  ...(to === undefined ? [] : [{ field: 'at', operator: '<', value: to } as const]),
];

/** Who did what that matters for access. */
export const auditOperations = (store: RecordStore) => [
  operation({
    id: 'listAudit',
    method: 'get',
    path: '/api/v1/audit',
    tag: 'Shop',
    summary: 'Read the audit log, newest first',
    description: 'Accounts, roles, revocations, erasures and transfers. Entries are never changed.',
    query: auditQuerySchema,
    replies: { 200: { description: 'A page of entries', schema: auditPageSchema } },
    errors: ['malformed_cursor'],
    handle: async ({ query }) => {
      const { limit, cursor } = query;
      const order = { orderBy: 'at', direction: 'descending' } as const;
      return {
        status: 200,
        body: await store.list('audit', { where: within(query), ...order, limit, cursor }),
      };
    },
  }),
];
