import { z } from 'zod';
import { collections } from '../ports/collections.ts';
import type { CollectionName } from '../ports/records.ts';

/** Rises when older code could not read a file; `import` refuses what it does not know. */
export const formatVersion = 1;

/** What belongs to running servers and not to the data. */
const leftOut: readonly CollectionName[] = ['leases', 'documentationRuns'];

/** Every collection that moves, in the order of its lines. */
export const movedCollections = (Object.keys(collections) as CollectionName[]).filter(
  (name) => !leftOut.includes(name),
);

/** First line: what the file is. */
export const headerSchema = z.strictObject({
  proofdesk: z.literal('data'),
  version: z.literal(formatVersion),
  exportedAt: z.string(),
});

/** A line for each record. */
export const recordSchema = z.strictObject({
  collection: z.enum(movedCollections as [CollectionName, ...CollectionName[]]),
  record: z.looseObject({ id: z.string().min(1) }),
});

/** Last line: a file without it was cut off. */
export const footerSchema = z.strictObject({ end: z.literal(true), records: z.number() });
