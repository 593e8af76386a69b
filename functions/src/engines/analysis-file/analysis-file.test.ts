import { appendFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeAnalysisCache } from '../../ports/analysis-cache.contract.ts';
import { makeFolder } from '../../testing/make-folder.ts';
import { openAnalysisFile } from './analysis-file.ts';

describeAnalysisCache('file', async () => {
  const file = join(await makeFolder(), 'deep', 'analyses');
  return { open: () => openAnalysisFile({ file }) };
});

describe('analysis file', () => {
  it('[DO5] a damaged line is forgotten, the others are not', async () => {
    const file = join(await makeFolder(), 'analyses');
    const cache = openAnalysisFile({ file });
    cache.put('a', '{"x":1}');
    cache.put('b', '{"y":2}');
    await cache.flush();
    writeFileSync(file, readFileSync(file, 'utf8').replace('"x":1', '"x":3'));
    appendFileSync(file, 'c\tdigest\n\n\t\nd\tcut o');
    const again = openAnalysisFile({ file });
    expect([again.get('a'), again.get('b'), again.get('c'), again.get('d')]).toEqual([
      undefined,
      '{"y":2}',
      undefined,
      undefined,
    ]);
  });

  it('[DO5] begins anew when it has grown too large, and works where nothing can be written', async () => {
    const folder = await makeFolder();
    const file = join(folder, 'analyses');
    writeFileSync(file, 'x'.repeat(2_000));
    const cache = openAnalysisFile({ file, maximumBytes: 1_000 });
    cache.put('a', '1');
    await cache.flush();
    expect(statSync(file).size).toBeLessThan(100);
    const nowhere = openAnalysisFile({ file: join(file, 'not', 'a', 'folder') });
    nowhere.put('a', '1');
    await expect(nowhere.flush()).resolves.toBeUndefined();
    expect(() => nowhere.put('a\n', '1')).toThrow(RangeError);
  });
});
