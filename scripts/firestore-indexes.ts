/**
 * Writes firestore.indexes.json from the description of the collections:
 *
 *   npx tsx scripts/firestore-indexes.ts
 */
import { writeFile } from 'node:fs/promises';
import { firestoreIndexes } from '../functions/src/engines/firestore/firestore-indexes.ts';

const file = new URL('../firestore.indexes.json', import.meta.url);
await writeFile(file, `${JSON.stringify(firestoreIndexes(), null, 2)}\n`);
