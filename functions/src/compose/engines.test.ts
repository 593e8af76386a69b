import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../config.ts';
import { lastingFailure } from '../engines/firestore/failure.ts';
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

  const noToken = 'Getting metadata from plugin failed with error';

  it.each([
    [7, '7 PERMISSION_DENIED: Missing or insufficient permissions.', 'Cloud Datastore User'],
    [16, '16 UNAUTHENTICATED: Request had invalid credentials.', 'GOOGLE_APPLICATION_CREDENTIALS'],
    [2, `2 UNKNOWN: ${noToken}: invalid_grant`, 'GOOGLE_APPLICATION_CREDENTIALS'],
  ])(
    '[EN5] a Firestore that refuses us ends the start, and is not waited for: %d',
    async (code, said, advice) => {
      const { config, connections, connectFirestore } = await shop();
      const refusal = Object.assign(new Error(said), { code });
      const refusing = () => {
        const connection = connectFirestore();
        connection.firestore.collection = () => {
          throw refusal;
        };
        return connection;
      };
      const forEver = Number.POSITIVE_INFINITY;
      const opening = openEngines(config, logger, { connectFirestore: refusing, databaseWaitMs: forEver });
      const error: unknown = await opening.catch((reason: unknown) => reason);
      expect(error).toMatchObject({ name: 'StartRefusal', message: expect.stringContaining(said) });
      expect(error).toMatchObject({ message: expect.stringContaining(advice) });
      expect(connections.open).toBe(0);
    },
  );

  it.each([
    [14, '14 UNAVAILABLE: Name resolution failed'],
    [2, `2 UNKNOWN: ${noToken}: request to https://oauth2.googleapis.com/token failed`],
    [16, `16 UNAUTHENTICATED: ${noToken}: the metadata server does not answer`],
  ])('[EN5] a Firestore that cannot be asked yet may come: %d %s', (code, said) => {
    expect(lastingFailure(Object.assign(new Error(said), { code }))).toBeUndefined();
  });

  it('[EN5] are let go of when they are closed', async () => {
    const { config, connections, connectFirestore } = await shop();
    const engines = await openEngines(config, logger, { connectFirestore });
    expect(connections.open).toBe(1);
    await engines.close();
    expect(connections.open).toBe(0);
  });
});
