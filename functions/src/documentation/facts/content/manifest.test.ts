import { describe, expect, it } from 'vitest';
import { summaryOf, surfaceOf } from '../../../testing/code-surface.ts';

describe('manifest', () => {
  it('[DO2] reads dependencies, engines and commands', () => {
    const text = JSON.stringify(
      {
        name: '@acme/shop',
        bin: { shop: './cli.js' },
        dependencies: { zod: '4.0.0' },
        peerDependencies: { react: '>=18' },
        devDependencies: { react: '19.0.0', vitest: '4.0.0' },
        engines: { node: '>=20' },
      },
      undefined,
      2,
    );
    const { elements } = surfaceOf({ 'package.json': text });
    expect(
      [...elements.values()].map(({ kind, subject, line, side }) => [
        kind,
        subject,
        line,
        side.type === 'dependency' ? `${side.group} ${side.range}` : '',
      ]),
    ).toEqual([
      ['flag', 'shop', 1, ''],
      ['dependency', 'zod', 7, 'dependencies 4.0.0'],
      ['dependency', 'react', 10, 'peerDependencies >=18'],
      ['dependency', 'vitest', 14, 'devDependencies 4.0.0'],
      ['dependency', 'engines node', 17, 'engines >=20'],
    ]);
  });

  it.each(['{', '[]', '{"dependencies": 3}', '{"exports": {"./x": null}, "bin": 3}', ''])(
    '[DO2] survives %j',
    (text) => {
      const { manifest, unresolved } = summaryOf('package.json', text);
      expect(manifest === undefined).toBe(unresolved.length === 1);
    },
  );

  it('[DO2] misses no entry where a package names none and has only commands', () => {
    const bin = { 'package.json': JSON.stringify({ name: 'shop', bin: 'cli.js' }), 'cli.js': '' };
    expect(surfaceOf(bin).unresolved).toEqual([]);
    const { elements } = surfaceOf({ ...bin, 'index.js': 'exports.run = () => 1;' });
    expect([...elements.values()].map(({ subject }) => subject)).toContain('shop: run');
    const lost = { 'package.json': JSON.stringify({ name: 'shop', main: './lib/shop.js' }) };
    expect(surfaceOf(lost).unresolved).toMatchObject([{ what: 'export', subject: 'shop' }]);
  });
});
