import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../config.ts';
import { createLogger } from '../telemetry/logger.ts';
import { makeFolder } from '../testing/make-folder.ts';
import { connectInMemory } from '../testing/test-firestore.ts';
import { openEngines } from './engines.ts';

const logger = createLogger({ level: 'silent' });

/** A project whose Firestore is in memory, and how many connections to it are open. */
const shop = async () => {
  const DATA_DIR = await makeFolder();
  const config = parseConfig({ DATA_DIR, FIREBASE_PROJECT_ID: 'demo-shop', AUTH_MODE: 'local' });
  const connections = { open: 0 };
  const connectFirestore = () => {
    const { firestore, disconnect } = connectInMemory();
    connections.open += 1;
    return {
      firestore,
      disconnect: async () => {
        connections.open -= 1;
        await disconnect();
      },
    };
  };
  return { config, connections, connectFirestore, keyFile: join(DATA_DIR, 'signing-key') };
};

describe('the engines of a server', () => {
  it('[EN5] leave no connection behind when one of them refuses to open', async () => {
    const { config, connections, connectFirestore, keyFile } = await shop();
    await writeFile(keyFile, 'short');
    const opening = openEngines(config, logger, { connectFirestore });
    await expect(opening).rejects.toMatchObject({ name: 'StartRefusal' });
    expect(connections.open).toBe(0);
  });

  it('[EN5] a Firestore that refuses us ends the start in its own words, and is not waited for', async () => {
    const { config, connections, connectFirestore } = await shop();
    const refusal = Object.assign(new Error('7 PERMISSION_DENIED: no role'), { code: 7 });
    const refusing = () => {
      const connection = connectFirestore();
      connection.firestore.collection = () => {
        throw refusal;
      };
      return connection;
    };
    const forEver = Number.POSITIVE_INFINITY;
    const opening = openEngines(config, logger, { connectFirestore: refusing, databaseWaitMs: forEver });
    const message = expect.stringContaining(refusal.message);
    await expect(opening).rejects.toMatchObject({ name: 'StartRefusal', message });
    expect(connections.open).toBe(0);
  });

  it('[EN5] are let go of when they are closed', async () => {
    const { config, connections, connectFirestore } = await shop();
    const engines = await openEngines(config, logger, { connectFirestore });
    expect(connections.open).toBe(1);
    await engines.close();
    expect(connections.open).toBe(0);
  });
});
