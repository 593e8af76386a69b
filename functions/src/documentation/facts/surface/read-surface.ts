import type { Unresolved } from '../../../protocol/facts.ts';
import { readApiSurface } from './api-surface.ts';
import type { CodeTree } from './code-tree.ts';
import { readInterfaceSurface } from './interface-surface.ts';
import { createExportResolver } from './module-exports.ts';
import { createNestGraph } from './nest-graph.ts';
import { readDependencySurface, readFlagSurface, readSettingSurface } from './operation-surface.ts';
import { readRouteSurface } from './route-surface.ts';
import { createRouterGraph } from './router-graph.ts';
import { elementKey, type Surface } from './surface-element.ts';

const fileUnresolved = (tree: CodeTree): Unresolved[] =>
  tree
    .known()
    .flatMap(([file, { unresolved }]) =>
      unresolved.map((found) => ({ ...found, subject: found.what === 'file' ? file : found.subject, file })),
    );

/** Everything that the files of a commit offer, as far as they were read. */
export const readSurface = (tree: CodeTree): Surface => {
  const resolveExports = createExportResolver(tree);
  const api = readApiSurface(tree, resolveExports);
  const routes = readRouteSurface(tree, {
    graph: createRouterGraph(tree, resolveExports),
    nest: createNestGraph(tree, resolveExports),
  });
  const components = new Set(
    tree.known().flatMap(([file, summary]) => summary.components.map(({ name }) => `${file}\n${name}`)),
  );
  const placeOf = ({ file, name }: { file: string; name: string }) =>
    `${file}\n${name.slice(name.lastIndexOf('.') + 1)}`;
  const given = new Set(api.elements.map(placeOf));
  const elements = [
    // A component is told once, with its properties.
    ...api.elements.filter((element) => !components.has(placeOf(element))),
    ...routes.elements,
    ...readInterfaceSurface(tree, (file, name) => given.has(`${file}\n${name}`)),
    ...readSettingSurface(tree),
    ...readFlagSurface(tree),
    ...readDependencySurface(tree),
  ];
  return {
    elements: new Map(elements.map((element) => [elementKey(element), element])),
    unresolved: [...api.unresolved, ...routes.unresolved, ...fileUnresolved(tree)],
  };
};
