import { kindsOf } from './naming.ts';
import type { SqlRow } from './record-codec.ts';

const place = [...kindsOf('sessionLog').keys()].indexOf('data');

/** `data` of a log entry, as the text that its row holds. */
export const logDataIn = (row: SqlRow): string => String(row[place]);
