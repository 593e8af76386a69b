import type { Node } from 'oxc-parser';
import type { NestModule } from '../nest-found.ts';
import { listElements } from './constants.ts';
import { classesOf, decoratorArguments, type NestFile } from './nest-names.ts';
import type { SourceIndex } from './source-index.ts';
import { dottedName, propertyOf, unwrapped } from './syntax.ts';

/** Longer lists were made by a program. */
const mostParts = 1_000;

/** The elements of a list, also of one that is written apart and of those that it spreads. */
const elementsOf = (index: SourceIndex, node: Node | undefined): Node[] =>
  (node && listElements(index, node, mostParts)) ?? [];

/** The class behind an entry of a module: itself, `forwardRef(() => Cats)`, or the owner of `Cats.forRoot(…)`. */
export const partName = (place: NestFile, node: Node): string | undefined => {
  const value = unwrapped(node);
  if (value.type === 'AwaitExpression') return partName(place, value.argument);
  if (value.type !== 'CallExpression') return dottedName(value);
  const [given] = value.arguments;
  if (place.names(value.callee) === 'forwardRef') {
    return given?.type === 'ArrowFunctionExpression' ? dottedName(given.body) : undefined;
  }
  return value.callee.type === 'MemberExpression' ? dottedName(value.callee.object) : undefined;
};

/** Which modules and controllers the classes with `@Module` bring together. */
export const readNestModules = (place: NestFile): NestModule[] =>
  [...classesOf(place.file)].flatMap(([name, node]): NestModule[] => {
    const given = decoratorArguments(node, place.names, 'Module');
    if (!given) return [];
    const nodes = ['imports', 'controllers'].flatMap((list) =>
      elementsOf(place.index, propertyOf(given[0], list)),
    );
    return [{ name, parts: nodes.flatMap((part) => partName(place, part) ?? []) }];
  });

const mostLevels = 10;

const addModules = (index: SourceIndex, node: Node | undefined, found: Node[], level = 0): void => {
  for (const element of level < mostLevels ? elementsOf(index, node) : []) {
    const module = propertyOf(element, 'module');
    if (found.length > mostParts) return;
    if (module) found.push(module);
    addModules(index, propertyOf(element, 'children'), found, level + 1);
  }
};

/** Modules to which `RouterModule.register([{ path, module }])` gives a prefix; undefined when one cannot be read. */
export const readPrefixedModules = ({ index, names }: NestFile): string[] | undefined => {
  const prefixed: string[] = [];
  for (const { node } of index.calls) {
    if (!/^RouterModule\.(register|forRoutes)$/.test(names(node.callee) ?? '')) continue;
    const found: Node[] = [];
    addModules(index, node.arguments[0], found);
    const modules = found.map((module) => dottedName(module));
    if (modules.length === 0 || modules.includes(undefined)) return undefined;
    prefixed.push(...modules.flatMap((module) => module ?? []));
  }
  return prefixed;
};
