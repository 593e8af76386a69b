import type { Exchange } from './exchange.ts';

/** Answers an exchange completely; never fails. */
export type RouteHandler = (exchange: Exchange, params: Record<string, unknown>) => Promise<void>;

/** One method of one path. */
export interface Route {
  id: string;
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** OpenAPI form: `/api/v1/sessions/{id}`. */
  path: string;
  /** Answered while the server starts and drains too. */
  always?: boolean;
  handle: RouteHandler;
}

/** Everything that one path answers to. */
export interface PathEntry {
  /** By upper-case method; HEAD is there when GET is. */
  methods: ReadonlyMap<string, Route>;
  /** Value of the Allow header. */
  allow: string;
  always: boolean;
}

export interface RouteTable {
  /** Paths without parameters, by the path itself. */
  exact: ReadonlyMap<string, PathEntry>;
  /** Paths with parameters, in the form that Express reads. */
  parameterized: ReadonlyMap<string, PathEntry>;
}

const parameter = /\{([A-Za-z]\w*)\}/g;

const refuseDuplicates = (routes: readonly Route[]): void => {
  const seen = new Set<string>();
  for (const { id, method, path } of routes) {
    const address = `${method.toUpperCase()} ${path.replace(parameter, '{}')}`;
    for (const name of [`operation ${id}`, address]) {
      if (seen.has(name)) throw new Error(`${name} is described twice.`);
      seen.add(name);
    }
  }
};

const entryOf = (routes: readonly Route[]): PathEntry => {
  const methods = new Map(routes.map((route) => [route.method.toUpperCase(), route]));
  const get = methods.get('GET');
  if (get !== undefined) methods.set('HEAD', get);
  return {
    methods,
    allow: [...methods.keys(), 'OPTIONS'].sort().join(', '),
    always: routes.some((route) => route.always === true),
  };
};

/** Groups routes by path; fails at start on two with one id, or one method and path. */
export const createRouteTable = (routes: readonly Route[]): RouteTable => {
  refuseDuplicates(routes);
  const byPath = new Map<string, Route[]>();
  for (const route of routes) byPath.set(route.path, [...(byPath.get(route.path) ?? []), route]);
  const exact = new Map<string, PathEntry>();
  const parameterized = new Map<string, PathEntry>();
  for (const [path, group] of byPath) {
    const expressPath = path.replace(parameter, ':$1');
    if (expressPath === path) exact.set(path, entryOf(group));
    else parameterized.set(expressPath, entryOf(group));
  }
  return { exact, parameterized };
};
