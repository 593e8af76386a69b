import type { RouteSide } from '../../../protocol/fact-sides.ts';
import type { Unresolved } from '../../../protocol/facts.ts';
import type { FileSummary, RouteCall } from '../content/file-summary.ts';
import { pathParameters, routerPath } from '../content/openapi-document.ts';
import type { CodeTree } from './code-tree.ts';
import { featureScope } from './feature-scope.ts';
import type { NestGraph } from './nest-graph.ts';
import { requestShape } from './request-shape.ts';
import { joinPaths, type RouterGraph, type RouterPrefix } from './router-graph.ts';
import type { SurfaceElement } from './surface-element.ts';

/** How routes are reached: through the routers above them, or through the modules of NestJS. */
export interface Ways {
  graph: RouterGraph;
  nest: NestGraph;
}

const base = (file: string, side: RouteSide, line: number) => {
  const scope = featureScope(file);
  const subject = `${side.method} ${side.path}`;
  return {
    kind: 'route' as const,
    subject,
    name: subject,
    ...(scope ? { scope } : {}),
    side,
    file,
    line,
    audiences: ['developer' as const],
    isPublic: true,
  };
};

const routeElement = (file: string, call: RouteCall, prefix: RouterPrefix): SurfaceElement => {
  const path = routerPath(joinPaths(prefix.prefix, call.path));
  const side: RouteSide = {
    type: 'route',
    method: call.method,
    path,
    source: call.source,
    pathParameters: pathParameters(path),
    parameters: [],
    responses: [],
    ...(call.summary ? { summary: call.summary } : {}),
    ...(call.guards ? { guards: call.guards } : {}),
  };
  return {
    ...base(file, side, call.line),
    evidence: prefix.rooted && call.source !== 'described' ? 'parsed' : 'heuristic',
    likeness: `${call.method} ${call.likeness}`,
    place: JSON.stringify([file, call.container, call.variable, call.method, requestShape(call.path)]),
    traces: [{ file, key: `route:${call.method} ${call.path}` }, ...prefix.traces],
    shared: prefix.shared,
  };
};

const nowhereReason = {
  router: 'Where its router is mounted was not found, so its path may lack a prefix.',
  nest: 'How an application reaches its controller was not found, so its path may lack a prefix.',
};

const nowhere = (file: string, call: RouteCall): Unresolved => ({
  what: 'route',
  subject: `${call.method} ${call.path}`,
  reason: nowhereReason[call.source === 'nest' ? 'nest' : 'router'],
  file,
  line: call.line,
});

const codeRoutes = (file: string, { routes }: FileSummary, { graph, nest }: Ways) =>
  routes.map((call) => {
    if (call.source === 'described') {
      return {
        elements: [routeElement(file, call, { prefix: '', rooted: true, traces: [] })],
        unresolved: [],
      };
    }
    const prefixes = call.source === 'nest' ? nest(file, call) : graph(file, call);
    return {
      elements: prefixes.map((prefix) => routeElement(file, call, prefix)),
      unresolved: prefixes.some(({ rooted }) => rooted) ? [] : [nowhere(file, call)],
    };
  });

const documentedRoutes = (file: string, { operations }: FileSummary): SurfaceElement[] =>
  operations.map(({ side, line }) => ({
    ...base(file, side, line),
    evidence: 'parsed',
    place: JSON.stringify([file, side.method, requestShape(side.path)]),
    traces: [{ file, key: `operation:${side.method} ${side.path}` }],
  }));

/** The code tells where a route is, the OpenAPI document what it takes and gives. */
const merge = (code: SurfaceElement, documented: SurfaceElement): SurfaceElement => {
  if (code.side.type !== 'route' || documented.side.type !== 'route') return code;
  const { parameters, responses, summary, deprecated } = documented.side;
  const text = code.side.summary ?? summary;
  const side = {
    ...code.side,
    parameters,
    responses,
    ...(text ? { summary: text } : {}),
    ...(deprecated ? { deprecated } : {}),
  };
  return { ...code, side, evidence: 'parsed', traces: [...code.traces, ...documented.traces] };
};

const isCode = ({ side }: SurfaceElement): boolean => side.type === 'route' && side.source !== 'openapi';

/** All HTTP operations, from code and from OpenAPI documents. */
export const readRouteSurface = (
  tree: CodeTree,
  ways: Ways,
): { elements: SurfaceElement[]; unresolved: Unresolved[] } => {
  const known = tree.known();
  const found = known.flatMap(([file, summary]) => codeRoutes(file, summary, ways));
  const documented = known.flatMap(([file, summary]) => documentedRoutes(file, summary));
  const elements = new Map<string, SurfaceElement>();
  for (const element of found.flatMap((routes) => routes.elements)) {
    if (!elements.has(element.subject)) elements.set(element.subject, element);
  }
  for (const element of documented) {
    const code = elements.get(element.subject);
    elements.set(element.subject, code && isCode(code) ? merge(code, element) : element);
  }
  return { elements: [...elements.values()], unresolved: found.flatMap(({ unresolved }) => unresolved) };
};
