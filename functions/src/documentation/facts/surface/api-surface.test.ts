import { describe, expect, it } from 'vitest';
import { surfaceOf } from '../../../testing/code-surface.ts';

const manifest = (more: object) => JSON.stringify({ name: '@acme/shop', ...more });

const apiOf = (files: Record<string, string>) =>
  [...surfaceOf(files).elements.values()].filter(({ kind }) => kind === 'api').map(({ subject }) => subject);

describe('api surface', () => {
  it('[DO2] public is what the entries of a package lead to, through re-exports and renames', () => {
    const files = {
      'package.json': manifest({
        exports: {
          '.': { types: './dist/index.d.ts', import: './dist/index.js' },
          './admin': './dist/admin.js',
        },
      }),
      'src/index.ts': `
        export { placeOrder as order } from './orders.js';
        export * from './money';
        import { cancel } from './orders.ts';
        export { cancel };
        export * as tools from './tools';
        export type { Cart } from './orders';`,
      'src/orders.ts':
        'export const placeOrder = (a: number) => a; export function cancel() {} export interface Cart { id: string } export const secret = 1;',
      'src/money/index.ts': "export class Money {} export default 1; export * from '../index.js';",
      'src/tools.ts': 'export const hammer = 1;',
      'src/admin.ts': 'export const ban = () => {};',
      'src/internal.ts': 'export const internal = 1;',
    };
    expect(apiOf(files).sort()).toEqual([
      '@acme/shop/admin: ban',
      '@acme/shop: Cart',
      '@acme/shop: Money',
      '@acme/shop: cancel',
      '@acme/shop: order',
      '@acme/shop: tools.hammer',
    ]);
    const order = surfaceOf(files).elements.get('api\n@acme/shop: order');
    expect(order).toMatchObject({
      file: 'src/orders.ts',
      line: 1,
      name: 'order',
      side: { signature: 'order(a: number)' },
    });
  });

  it('[DO2] follows packages of one repository into each other', () => {
    const files = {
      'packages/core/package.json': JSON.stringify({ name: '@acme/core', main: './lib/index.js' }),
      'packages/core/src/index.ts': 'export const core = 1;',
      'packages/app/package.json': JSON.stringify({ name: '@acme/app', exports: './index.js' }),
      'packages/app/index.js': "export { core } from '@acme/core'; export const app = 2;",
    };
    expect(apiOf(files).sort()).toEqual(['@acme/app: app', '@acme/app: core', '@acme/core: core']);
  });

  it('[DO2] names of another package cannot be known, and that is said', () => {
    const { unresolved } = surfaceOf({
      'package.json': manifest({ main: 'index.js' }),
      'index.js': "export * from 'elsewhere';",
    });
    expect(unresolved).toMatchObject([
      { what: 'export', subject: "export * from 'elsewhere'", file: 'index.js' },
    ]);
  });

  it('[DO2] an application that gives nothing to others has no public symbols', () => {
    expect(
      apiOf({ 'package.json': manifest({ private: true }), 'src/index.ts': 'export const a = 1;' }),
    ).toEqual([]);
  });

  it('[DO2] expands patterns of subpaths', () => {
    const files = {
      'package.json': manifest({ exports: { './features/*': './src/features/*.ts' } }),
      'src/features/one.ts': 'export const one = 1;',
      'src/other.ts': 'export const other = 1;',
    };
    expect(apiOf(files)).toEqual(['@acme/shop/features/one: one']);
  });

  it('[FA] [DO2] a package that many modules give is told once', () => {
    const modules = Array.from({ length: 60 }, (_, number) => [
      `src/m${number}.ts`,
      `export * from './m${number + 1}'; export * from './m${number + 2}';`,
    ]);
    const files = {
      'package.json': manifest({ main: 'src/m0.ts' }),
      ...Object.fromEntries(modules),
      'src/m60.ts': "export * from 'zod';",
      'src/m61.ts': 'export const last = 1;',
    };
    expect(apiOf(files)).toEqual(['@acme/shop: * from zod', '@acme/shop: last']);
    expect(surfaceOf(files).unresolved).toHaveLength(1);
  });
});
