import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeFolder } from '../../src/testing/make-folder.ts';
import { expectNothingLost } from './killed-writer.ts';

describe('a killed writer', () => {
  it('[RE1] loses no acknowledged write and leaves no half transaction, 3 kills', async () => {
    const file = join(await makeFolder(), 'records.db');
    const { acknowledged, stored } = await expectNothingLost(file, 3);
    expect(stored).toBeGreaterThanOrEqual(acknowledged);
  });
});
