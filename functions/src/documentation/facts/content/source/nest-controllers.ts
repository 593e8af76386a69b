import type { MethodDefinition, Node } from 'oxc-parser';
import { shortDigest } from '../digest.ts';
import type { RouteCall, UnresolvedFound } from '../file-summary.ts';
import { constantText } from './constants.ts';
import { type ClassNode, classesOf, decoratorArguments, type NestFile } from './nest-names.ts';
import { pathsOf } from './route-calls.ts';
import { computedPath, unresolvedRoute } from './routers.ts';
import type { SourceIndex } from './source-index.ts';
import { foldedText, lineOf, literalText, nameOf, propertyOf, unwrapped } from './syntax.ts';

const methodOfDecorator: Record<string, string> = {
  Get: 'GET',
  Post: 'POST',
  Put: 'PUT',
  Patch: 'PATCH',
  Delete: 'DELETE',
  Head: 'HEAD',
  Options: 'OPTIONS',
  All: 'ALL',
  Sse: 'GET',
};

/** Paths of controllers and methods multiply, and classes inherit: nobody serves so many from one file. */
const mostRoutes = 2_000;
const mostAncestors = 20;
const tooMany = `A file has more than ${mostRoutes} routes.`;

interface NestRoutes {
  routes: RouteCall[];
  unresolved: UnresolvedFound[];
}

/** A controller with what its decorator says. */
interface Controller {
  name: string;
  paths: string[];
  versions: string[] | undefined;
}

/** Versions of a controller or method: empty text for the neutral one, undefined when they cannot be read. */
export const versionsOf = (
  { index, names }: Pick<NestFile, 'index' | 'names'>,
  node: Node,
): string[] | undefined => {
  const value = unwrapped(node);
  const texts = (value.type === 'ArrayExpression' ? value.elements : [value]).map((element) =>
    element && names(element) === 'VERSION_NEUTRAL' ? '' : constantText(index, element),
  );
  return texts.every((text) => text !== undefined) ? texts : undefined;
};

/** `@Controller()`, `@Controller('cats')` or `@Controller({ path, version })`; undefined when it cannot be read. */
const readController = (place: NestFile, name: string, options: Node | undefined): Controller | undefined => {
  const { index } = place;
  if (!options) return { name, paths: [''], versions: undefined };
  const value = unwrapped(options);
  if (value.type !== 'ObjectExpression') {
    const paths = pathsOf(index, value);
    return paths && { name, paths, versions: undefined };
  }
  if (value.properties.some(({ type }) => type === 'SpreadElement')) return undefined;
  const [path, version] = [propertyOf(value, 'path'), propertyOf(value, 'version')];
  const paths = path ? pathsOf(index, path) : [''];
  const versions = version ? versionsOf(place, version) : undefined;
  return paths && (!version || versions) ? { name, paths, versions } : undefined;
};

/** `cats/` and `/:id` make `/cats/:id`. */
const joined = (parts: readonly string[]): string =>
  `/${parts
    .flatMap((part) => part.split('/'))
    .filter(Boolean)
    .join('/')}`;

/** What all routes of one method share. */
const commonPart = (
  { file, names }: NestFile,
  method: MethodDefinition,
): Pick<RouteCall, 'container' | 'source' | 'likeness' | 'summary'> => {
  const [operation] = decoratorArguments(method, names, 'ApiOperation') ?? [];
  const summary = literalText(propertyOf(operation, 'summary'));
  const likeness = shortDigest(foldedText(file, method.value));
  return { container: '', source: 'nest', likeness, ...(summary ? { summary } : {}) };
};

/** What a decorator of a method serves together with its controller; a reason where that cannot be said. */
const servedPaths = (index: SourceIndex, prefixes: readonly string[], given: Node | undefined) => {
  const paths = given ? pathsOf(index, given) : [''];
  if (!paths) return computedPath;
  if (paths.length * prefixes.length > mostRoutes) return tooMany;
  return prefixes.flatMap((prefix) => paths.map((own) => joined([prefix, own])));
};

const readMethod = (place: NestFile, controller: Controller, method: MethodDefinition): NestRoutes => {
  const { file, index, names } = place;
  const [version] = decoratorArguments(method, names, 'Version') ?? [];
  const versions = version ? versionsOf(place, version) : controller.versions;
  const result: NestRoutes = { routes: [], unresolved: [] };
  for (const [name, verb] of Object.entries(methodOfDecorator)) {
    const given = decoratorArguments(method, names, name);
    if (!given) continue;
    const paths = version && !versions ? computedPath : servedPaths(index, controller.paths, given[0]);
    if (typeof paths === 'string') {
      const subject = `@${name}(${given.map((node) => foldedText(file, node)).join(', ')})`;
      result.unresolved.push({ ...unresolvedRoute(file, given[0] ?? method, paths), subject });
      continue;
    }
    const line = lineOf(file, method.key.start);
    const route = { ...commonPart(place, method), variable: controller.name, method: verb, line };
    result.routes.push(...paths.map((path) => ({ ...route, path, ...(versions ? { versions } : {}) })));
  }
  return result;
};

/** A class and those in the same file that it extends, nearest first; and the one that lies beyond. */
const ancestry = (
  node: ClassNode,
  classes: ReadonlyMap<string, ClassNode>,
): { line: ClassNode[]; beyond?: Node } => {
  const line = [node];
  for (let { superClass } = node; superClass; ) {
    const next = superClass.type === 'Identifier' ? classes.get(superClass.name) : undefined;
    if (!next || line.includes(next) || line.length > mostAncestors) return { line, beyond: superClass };
    line.push(next);
    superClass = next.superClass;
  }
  return { line };
};

/** Methods of a class and of those that it extends; nearer ones hide those of their name. */
const methodsOf = ({ file }: NestFile, line: readonly ClassNode[]): MethodDefinition[] => {
  const methods = new Map<string, MethodDefinition>();
  for (const member of line.flatMap(({ body }) => body.body)) {
    if (member.type !== 'MethodDefinition' || member.static) continue;
    const name = nameOf(member.key) ?? foldedText(file, member.key);
    if (!methods.has(name)) methods.set(name, member);
  }
  return [...methods.values()];
};

const inherited = 'Routes that it inherits from another file are not read.';

/** Routes of the classes with `@Controller`. */
export const readNestRoutes = (place: NestFile): NestRoutes => {
  const classes = classesOf(place.file);
  const result: NestRoutes = { routes: [], unresolved: [] };
  for (const [name, node] of classes) {
    const given = decoratorArguments(node, place.names, 'Controller');
    if (!given) continue;
    if (result.routes.length > mostRoutes) {
      result.unresolved.push(unresolvedRoute(place.file, node, tooMany));
      break;
    }
    const controller = readController(place, name, given[0]);
    if (!controller) {
      result.unresolved.push(unresolvedRoute(place.file, given[0] ?? node, computedPath));
      continue;
    }
    const { line, beyond } = ancestry(node, classes);
    for (const method of methodsOf(place, line)) {
      const { routes, unresolved } = readMethod(place, controller, method);
      result.routes.push(...routes);
      result.unresolved.push(...unresolved);
    }
    if (beyond) {
      const subject = `class ${name} extends ${foldedText(place.file, beyond)}`;
      result.unresolved.push({ ...unresolvedRoute(place.file, beyond, inherited), subject });
    }
  }
  return result;
};
