import type { Node } from 'oxc-parser';
import type { ModuleImport } from '../file-summary.ts';
import type { SourceIndex } from './source-index.ts';
import { dottedName, type SourceFile } from './syntax.ts';

type NodeOf<Type extends Node['type']> = Extract<Node, { type: Type }>;

export type ClassNode = NodeOf<'ClassDeclaration' | 'ClassExpression'>;

/** What an expression is called in the packages of NestJS; undefined for anything else. */
export type NestNames = (node: Node) => string | undefined;

/** A file that uses NestJS. */
export interface NestFile {
  file: SourceFile;
  index: SourceIndex;
  names: NestNames;
}

/** Names follow their imports: `Get`, `Get as Read`, `nest.Get`, `RequestMethod.GET`. */
export const createNestNames = (imports: readonly ModuleImport[]): NestNames => {
  const taken = imports.filter(({ source }) => source.startsWith('@nestjs/'));
  return (node) => {
    const [local, ...members] = (dottedName(node) ?? '').split('.');
    const known = taken.find((entry) => entry.local === local);
    if (!known) return undefined;
    return (known.imported === '*' ? members : [known.imported, ...members]).join('.');
  };
};

/** A class or method that may be decorated. */
interface Decorated {
  decorators?: readonly NodeOf<'Decorator'>[] | undefined;
}

/** The arguments of a decorator of NestJS; undefined when it is not there. */
export const decoratorArguments = (
  { decorators = [] }: Decorated,
  names: NestNames,
  name: string,
): readonly Node[] | undefined => {
  for (const { expression } of decorators) {
    if (expression.type === 'CallExpression' && names(expression.callee) === name)
      return expression.arguments;
  }
  return undefined;
};

/** The classes of a module by name. */
export const classesOf = ({ program }: SourceFile): Map<string, ClassNode> =>
  new Map(
    program.body.flatMap((statement): [string, ClassNode][] => {
      const isExport =
        statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportDefaultDeclaration';
      const node = isExport ? statement.declaration : statement;
      return node?.type === 'ClassDeclaration' && node.id ? [[node.id.name, node]] : [];
    }),
  );
