import { readDescribed } from './described-routes.ts';
import { type RoutesFound, readRouteCall } from './route-calls.ts';
import type { RoutersOfFile } from './routers.ts';

/** All routes that a module adds, each with the router it is added to. */
export const readRoutes = (place: RoutersOfFile): RoutesFound => {
  const called = place.index.calls.flatMap(({ node, scopes }) =>
    node.type === 'CallExpression' ? (readRouteCall(place, { node, scopes }) ?? []) : [],
  );
  const rows = new Set(called.flatMap((found) => found.rows ?? []));
  const found = [...called, ...readDescribed(place, rows)];
  return {
    routes: found.flatMap(({ routes }) => routes),
    unresolved: found.flatMap(({ unresolved }) => unresolved),
  };
};
