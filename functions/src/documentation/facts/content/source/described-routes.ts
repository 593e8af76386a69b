import type { Node } from 'oxc-parser';
import type { RouteCall } from '../file-summary.ts';
import { constantText } from './constants.ts';
import { isVerb, likenessOf, type RoutesFound } from './route-calls.ts';
import { computedPath, type RoutersOfFile, unresolvedRoute } from './routers.ts';
import { lineOf, literalText, propertyOf } from './syntax.ts';

/**
 * `{ method: 'get', path: '/x', … }` with a handler: an operation that is described rather than called for.
 * What is made into routes in this module is told by these.
 */
export const readDescribed = ({ file, index }: RoutersOfFile, rows: ReadonlySet<Node>): RoutesFound[] =>
  index.objects.flatMap(({ node }): RoutesFound[] => {
    const method = literalText(propertyOf(node, 'method'))?.toLowerCase();
    const address = propertyOf(node, 'path') ?? propertyOf(node, 'url');
    const handler = propertyOf(node, 'handle') ?? propertyOf(node, 'handler');
    if (!method || !isVerb(method) || !address || !handler || rows.has(node)) return [];
    const parent = index.parents.get(node);
    if (parent?.type === 'CallExpression' && parent.callee.type === 'MemberExpression') return [];
    const path = constantText(index, address);
    if (path === undefined) return [{ routes: [], unresolved: [unresolvedRoute(file, node, computedPath)] }];
    if (!path.startsWith('/')) return [];
    const summary = literalText(propertyOf(node, 'summary'));
    const routes: RouteCall[] = [
      {
        container: '',
        variable: '',
        source: 'described',
        method: method.toUpperCase(),
        path,
        line: lineOf(file, node.start),
        likeness: likenessOf(file, [handler]),
        ...(summary ? { summary } : {}),
      },
    ];
    return [{ routes, unresolved: [] }];
  });
