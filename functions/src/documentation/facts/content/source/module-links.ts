import type { Node, Statement } from 'oxc-parser';
import type { ModuleExport, ModuleImport } from '../file-summary.ts';
import {
  dottedName,
  lineOf,
  literalText,
  nameOf,
  patternNames,
  type SourceFile,
  unwrapped,
} from './syntax.ts';

/** Names that a declaration makes. */
export const declaredNames = (node: Node): string[] => {
  if (node.type === 'VariableDeclaration') {
    return node.declarations.flatMap(({ id }) => patternNames(id));
  }
  if ('id' in node && node.id && typeof node.id === 'object' && 'name' in node.id)
    return [String(node.id.name)];
  return [];
};

const importsOf = (statement: Statement): ModuleImport[] => {
  if (statement.type !== 'ImportDeclaration') return [];
  const source = statement.source.value;
  return statement.specifiers.map((specifier) => ({
    local: specifier.local.name,
    imported:
      specifier.type === 'ImportDefaultSpecifier'
        ? 'default'
        : specifier.type === 'ImportNamespaceSpecifier'
          ? '*'
          : (nameOf(specifier.imported) ?? ''),
    source,
  }));
};

/** The module that `require('…')` or `await import('…')` names. */
const requiredModule = (node: Node | null): string | undefined => {
  if (!node) return undefined;
  const value = unwrapped(node);
  if (value.type === 'AwaitExpression') return requiredModule(value.argument);
  if (value.type === 'ImportExpression') return literalText(value.source);
  if (value.type !== 'CallExpression' || dottedName(value.callee) !== 'require') return undefined;
  return literalText(value.arguments[0]);
};

/** `require('./x').name` */
const requiredName = (node: Node): { source: string; imported: string } | undefined => {
  const source = node.type === 'MemberExpression' ? requiredModule(node.object) : undefined;
  const imported = node.type === 'MemberExpression' && !node.computed ? nameOf(node.property) : undefined;
  return source === undefined || imported === undefined ? undefined : { source, imported };
};

const requiresOf = (statement: Statement): ModuleImport[] => {
  if (statement.type !== 'VariableDeclaration') return [];
  return statement.declarations.flatMap(({ id, init }) => {
    const source = requiredModule(init);
    if (source === undefined) return [];
    if (id.type === 'Identifier') return [{ local: id.name, imported: 'default', source }];
    if (id.type !== 'ObjectPattern') return [];
    return id.properties.flatMap((property) => {
      const [local] = property.type === 'Property' ? patternNames(property.value) : [];
      const imported = property.type === 'Property' ? nameOf(property.key) : undefined;
      return local && imported ? [{ local, imported, source }] : [];
    });
  });
};

export const readImports = ({ program }: SourceFile): ModuleImport[] =>
  program.body.flatMap((statement) => [...importsOf(statement), ...requiresOf(statement)]);

const namedExports = (file: SourceFile, statement: Statement): ModuleExport[] => {
  if (statement.type !== 'ExportNamedDeclaration') return [];
  const line = lineOf(file, statement.start);
  if (statement.declaration) {
    return declaredNames(statement.declaration).map((name) => ({ name, local: name, line }));
  }
  const source = statement.source?.value;
  return statement.specifiers.flatMap((specifier) => {
    const name = nameOf(specifier.exported);
    const local = nameOf(specifier.local);
    if (!name || !local) return [];
    return [source === undefined ? { name, local, line } : { name, source, imported: local, line }];
  });
};

const defaultExport = (file: SourceFile, statement: Statement): ModuleExport[] => {
  if (statement.type !== 'ExportDefaultDeclaration') return [];
  const { declaration } = statement;
  const [declared] = declaredNames(declaration);
  const local = declaration.type === 'Identifier' ? declaration.name : (declared ?? 'default');
  return [{ name: 'default', local, line: lineOf(file, statement.start) }];
};

const allExports = (file: SourceFile, statement: Statement): ModuleExport[] => {
  if (statement.type !== 'ExportAllDeclaration') return [];
  const line = lineOf(file, statement.start);
  const name = statement.exported ? (nameOf(statement.exported) ?? '*') : '*';
  return [{ name, source: statement.source.value, imported: '*', line }];
};

const commonJsObject = (node: Node, line: number): ModuleExport[] => {
  if (node.type !== 'ObjectExpression') return [];
  return node.properties.flatMap((property): ModuleExport[] => {
    if (property.type === 'SpreadElement') {
      const source = requiredModule(property.argument);
      return source === undefined ? [] : [{ name: '*', source, imported: '*', line }];
    }
    const name = nameOf(property.key);
    if (!name) return [];
    const source = requiredModule(property.value);
    if (source !== undefined) return [{ name, source, imported: 'default', line }];
    const taken = requiredName(property.value);
    if (taken) return [{ name, ...taken, line }];
    const local = property.value.type === 'Identifier' ? property.value.name : name;
    return [{ name, local, line }];
  });
};

const commonJsExports = (file: SourceFile, statement: Statement): ModuleExport[] => {
  if (statement.type !== 'ExpressionStatement' || statement.expression.type !== 'AssignmentExpression')
    return [];
  const { left, right } = statement.expression;
  const target = dottedName(left)?.replace(/^module\./, '');
  const line = lineOf(file, statement.start);
  if (target === 'exports') {
    const value = unwrapped(right);
    const source = requiredModule(value);
    if (source !== undefined) return [{ name: '*', source, imported: '*', line }];
    const [declared] = declaredNames(value);
    const local = value.type === 'Identifier' ? value.name : (declared ?? 'default');
    const single: ModuleExport = { name: 'default', local, line };
    return value.type === 'ObjectExpression' ? commonJsObject(value, line) : [single];
  }
  const name = target?.startsWith('exports.') ? target.slice('exports.'.length) : undefined;
  if (!name || name.includes('.')) return [];
  const source = requiredModule(right);
  if (source !== undefined) return [{ name, source, imported: 'default', line }];
  return [{ name, local: right.type === 'Identifier' ? right.name : name, line }];
};

export const readExports = (file: SourceFile): ModuleExport[] =>
  file.program.body.flatMap((statement) => [
    ...namedExports(file, statement),
    ...defaultExport(file, statement),
    ...allExports(file, statement),
    ...commonJsExports(file, statement),
  ]);
