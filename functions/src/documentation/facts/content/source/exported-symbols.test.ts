import { describe, expect, it } from 'vitest';
import { summaryOf } from '../../../../testing/code-surface.ts';

const symbolsOf = (text: string, path = 'src/module.ts') =>
  Object.fromEntries(summaryOf(path, text).symbols.map(({ name, line, side }) => [name, { line, ...side }]));

describe('exported symbols', () => {
  it('[DO2] reads functions with parameters, defaults, results and type parameters', () => {
    const symbols = symbolsOf(`
/** Places an order. The cart is emptied. @param cart what to buy */
export async function placeOrder<T extends Item>(cart: Cart<T>, { note, urgent }: Options = {}, ...tags: string[]): Promise<Order> {
  return send(cart);
}
export const total = (cart: Cart, currency?: string) => 1;
function hidden() {}`);
    expect(Object.keys(symbols)).toEqual(['placeOrder', 'total']);
    expect(symbols.placeOrder).toEqual({
      line: 3,
      form: 'function',
      signature:
        'placeOrder<T extends Item>(cart: Cart<T>, { note, urgent }: Options = {}, ...tags: string[]): Promise<Order>',
      parameters: [
        { name: 'cart', type: 'Cart<T>', required: true },
        { name: '{ note, urgent }', type: 'Options', required: false, default: '{}' },
        { name: '...tags', type: 'string[]', required: false },
      ],
      returns: 'Promise<Order>',
      members: [],
      description: 'Places an order.',
    });
    expect(symbols.total?.signature).toBe('total(cart: Cart, currency?: string)');
  });

  it('[DO2] reads classes without what is private', () => {
    const { Shop } = symbolsOf(`
export class Shop extends Base<Item> implements Seller {
  readonly name: string = '';
  #secret = 1;
  private hidden = 2;
  constructor(private readonly store: Store, public size = 3) { super(); }
  open(at: Date): void {}
  protected close() {}
  get sales(): number { return 1; }
  onSale?: (item: Item) => void;
}`);
    expect(Shop?.signature).toBe('class Shop extends Base<Item> implements Seller');
    expect(Shop?.parameters.map(({ name, required }) => [name, required])).toEqual([
      ['store', true],
      ['size', false],
    ]);
    expect(Shop?.members).toEqual([
      { name: 'size', required: true },
      { name: 'name', type: 'string', required: true },
      { name: 'open', type: '(at: Date) => void', required: true },
      { name: 'sales', type: 'number', required: true },
      { name: 'onSale', type: '(item: Item) => void', required: false },
    ]);
  });

  it('[DO2] reads interfaces, types, enums, constants and namespaces', () => {
    const symbols = symbolsOf(`
export interface Order<T> extends Base { id: string; note?: string; cancel(reason: string): Promise<void> }
export type Money = { amount: number };
export type Status = 'open' | 'closed';
export enum Size { Small = 1, Large }
export const limit = 10;
export const handler: Handler<Order> = make();
export const table = { one: 1, two() {} };
export namespace Tools { export const x = 1 }`);
    expect(symbols.Order?.signature).toBe('interface Order<T> extends Base');
    expect(symbols.Order?.members.map(({ name, required }) => [name, required])).toEqual([
      ['id', true],
      ['note', false],
      ['cancel', true],
    ]);
    expect(symbols.Money?.members).toEqual([{ name: 'amount', type: 'number', required: true }]);
    expect(symbols.Status?.signature).toBe("type Status = 'open' | 'closed'");
    expect(symbols.Size?.members.map(({ name }) => name)).toEqual(['Small', 'Large']);
    expect(symbols.limit?.signature).toBe('limit = 10');
    expect(symbols.handler?.signature).toBe('handler: Handler<Order>');
    expect(symbols.table?.members.map(({ name }) => name)).toEqual(['one', 'two']);
    expect(symbols.Tools?.form).toBe('namespace');
  });

  it('[DO2] keeps the signatures of overloads and not the implementation', () => {
    const { read } = symbolsOf(`
export function read(id: string): Order;
export function read(id: number): Order;
export function read(id: unknown): unknown { return id; }`);
    expect(read?.signature).toBe('read(id: string): Order; read(id: number): Order');
  });

  it('[DO2] reads CommonJS modules', () => {
    const one = summaryOf(
      'lib/index.js',
      `
const other = require('./other');
const { helper } = require('./tools');
function run(task, retries = 3) {}
module.exports = { run, helper, other: require('./other'), version: '1' };
exports.late = (a) => a;`,
    );
    expect(one.exports.map(({ name }) => name)).toEqual(['run', 'helper', 'other', 'version', 'late']);
    expect(one.symbols.map(({ side }) => side.signature)).toEqual([
      'helper',
      'run(task, retries = 3)',
      'late(a)',
    ]);
    expect(one.imports.map(({ local }) => local)).toEqual(['other', 'helper']);
  });

  it('[DO2] knows default exports with and without a name', () => {
    expect(symbolsOf('export default function start(port: number): void {}').start?.line).toBe(1);
    expect(symbolsOf('export default (a: string) => a').default?.signature).toBe('default(a: string)');
    expect(symbolsOf('const app = 1; export default app').app?.signature).toBe('app = 1');
  });

  it('[DO2] a file that cannot be parsed is said, not passed over', () => {
    const { symbols, unresolved } = summaryOf('src/broken.ts', 'export const = ;;; }{');
    expect(symbols).toEqual([]);
    expect(unresolved).toMatchObject([{ what: 'file', reason: 'It cannot be parsed.' }]);
  });
});
