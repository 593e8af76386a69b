import type { Declaration, Node, Statement } from 'oxc-parser';
import type { FactMember } from '../../../../protocol/fact-sides.ts';
import { shortDigest } from '../digest.ts';
import type { DeclaredSymbol, ModuleExport } from '../file-summary.ts';
import { withoutWord } from '../without-word.ts';
import { readDocComment } from './doc-comment.ts';
import { declaredNames } from './module-links.ts';
import { callText, parameterProperties, readCallable, readMembers } from './signature.ts';
import { briefText, dottedName, foldedText, lineOf, nameOf, type SourceFile, unwrapped } from './syntax.ts';

type Side = DeclaredSymbol['side'];

const side = (form: Side['form'], signature: string, more: Partial<Side> = {}): Side => ({
  form,
  signature,
  parameters: [],
  members: [],
  ...more,
});

const callableSide = (file: SourceFile, name: string, node: Parameters<typeof readCallable>[1]): Side => {
  const shape = readCallable(file, node);
  const more = shape.returns === undefined ? {} : { returns: shape.returns };
  return side('function', callText(name, shape), { parameters: shape.parameters, ...more });
};

const heritage = (file: SourceFile, node: Node & { id: Node | null; body: Node }): string =>
  foldedText(file, { start: node.id ? node.id.end : node.start, end: node.body.start }).replace(
    /^class\s*/,
    '',
  );

/** Type parameters stand close to the name, what is extended stands apart. */
const spaced = (heading: string): string =>
  heading === '' || heading.startsWith('<') ? heading : ` ${heading}`;

const classSide = (
  file: SourceFile,
  name: string,
  node: Extract<Node, { type: 'ClassDeclaration' | 'ClassExpression' }>,
): Side => {
  const maker = node.body.body.find(
    (member) => member.type === 'MethodDefinition' && member.kind === 'constructor',
  );
  const given = maker?.type === 'MethodDefinition' ? maker.value : undefined;
  const more = heritage(file, node);
  const kind = node.abstract ? 'abstract class' : 'class';
  return side('class', `${kind} ${name}${spaced(more)}`, {
    parameters: given ? readCallable(file, given).parameters : [],
    members: [
      ...(given ? parameterProperties(file, given.params) : []),
      ...readMembers(file, node.body.body),
    ],
  });
};

const typeSide = (
  file: SourceFile,
  name: string,
  node: Extract<Node, { type: 'TSTypeAliasDeclaration' }>,
): Side => {
  const generic = node.typeParameters ? foldedText(file, node.typeParameters) : '';
  const value = node.typeAnnotation;
  const isObject = value.type === 'TSTypeLiteral';
  return side('type', `type ${name}${generic}${isObject ? '' : ` = ${briefText(file, value, 400)}`}`, {
    members: isObject ? readMembers(file, value.members) : [],
  });
};

const enumMembers = (file: SourceFile, node: Extract<Node, { type: 'TSEnumDeclaration' }>): FactMember[] =>
  node.body.members.flatMap((member) => {
    const name = nameOf(member.id);
    if (!name) return [];
    return [
      {
        name,
        required: true,
        ...(member.initializer ? { default: briefText(file, member.initializer) } : {}),
      },
    ];
  });

const objectMembers = (node: Node): FactMember[] =>
  node.type === 'ObjectExpression'
    ? node.properties.flatMap((property) => {
        const name = property.type === 'Property' ? nameOf(property.key) : undefined;
        return name ? [{ name, required: true }] : [];
      })
    : [];

/** Calls that give back the function they are given, as far as a caller sees. */
const wrappers = /^(React\.)?(memo|forwardRef|useCallback|asyncHandler)$/;

const valueSide = (
  file: SourceFile,
  name: string,
  given: Node | null,
  annotation: string | undefined,
): Side => {
  if (annotation) return side('constant', `${name}: ${annotation}`);
  const value = given ? unwrapped(given) : undefined;
  if (!value) return side('constant', name);
  if (value.type === 'ArrowFunctionExpression' || value.type === 'FunctionExpression') {
    return callableSide(file, name, value);
  }
  if (value.type === 'ClassExpression') return classSide(file, name, value);
  if (value.type === 'CallExpression' && wrappers.test(dottedName(value.callee) ?? '')) {
    return valueSide(file, name, value.arguments[0] ?? null, undefined);
  }
  if (value.type === 'Literal') return side('constant', `${name} = ${briefText(file, value)}`);
  return side('constant', name, { members: objectMembers(value) });
};

const variableSides = (
  file: SourceFile,
  node: Extract<Declaration, { type: 'VariableDeclaration' }>,
): [string, Side, Node][] =>
  node.declarations.flatMap((declarator): [string, Side, Node][] => {
    const { id, init } = declarator;
    if (id.type !== 'Identifier') {
      return declaredNames(node).map((name) => [name, side('constant', name), declarator]);
    }
    const annotation = id.typeAnnotation ? foldedText(file, id.typeAnnotation.typeAnnotation) : undefined;
    return [[id.name, valueSide(file, id.name, init, annotation), declarator]];
  });

const declarationSides = (file: SourceFile, node: Node): [string, Side, Node][] => {
  const name = declaredNames(node)[0] ?? 'default';
  switch (node.type) {
    case 'VariableDeclaration':
      return variableSides(file, node);
    case 'FunctionDeclaration':
    case 'TSDeclareFunction':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return [[name, callableSide(file, name, node), node]];
    case 'ClassDeclaration':
    case 'ClassExpression':
      return [[name, classSide(file, name, node), node]];
    case 'TSInterfaceDeclaration': {
      const members = readMembers(file, node.body.body);
      return [
        [name, side('interface', `interface ${name}${heritageOfInterface(file, node)}`, { members }), node],
      ];
    }
    case 'TSTypeAliasDeclaration':
      return [[name, typeSide(file, name, node), node]];
    case 'TSEnumDeclaration':
      return [[name, side('enum', `enum ${name}`, { members: enumMembers(file, node) }), node]];
    case 'TSModuleDeclaration':
      return [[name, side('namespace', `namespace ${name}`), node]];
    default:
      return [];
  }
};

const heritageOfInterface = (
  file: SourceFile,
  node: Extract<Node, { type: 'TSInterfaceDeclaration' }>,
): string => {
  const text = foldedText(file, { start: node.id.end, end: node.body.start });
  return spaced(text);
};

/** What a statement declares or exports, with the offset where its doc comment would end. */
const statementSides = (file: SourceFile, statement: Statement): [string, Side, Node][] => {
  if (statement.type === 'ExportNamedDeclaration') {
    return statement.declaration ? declarationSides(file, statement.declaration) : [];
  }
  if (statement.type === 'ExportDefaultDeclaration') {
    const { declaration } = statement;
    if (declaration.type === 'Identifier') return [];
    const sides = declarationSides(file, declaration);
    return sides.length > 0
      ? sides
      : [['default', valueSide(file, 'default', declaration, undefined), declaration]];
  }
  if (statement.type === 'ExpressionStatement' && statement.expression.type === 'AssignmentExpression') {
    const { left, right } = statement.expression;
    const target = dottedName(left)?.replace(/^module\./, '');
    if (target === 'exports') return [['default', valueSide(file, 'default', right, undefined), right]];
    if (target?.startsWith('exports.')) {
      const name = target.slice('exports.'.length);
      return [[name, valueSide(file, name, right, undefined), right]];
    }
    return [];
  }
  return declarationSides(file, statement);
};

/** Two that are alike but for their name have the same one. */
const likenessOf = (file: SourceFile, name: string, node: Node): string => {
  const text = foldedText(file, node);
  const word = name.replace(/\W/g, '');
  return shortDigest(word === '' ? text : withoutWord(text, word));
};

const neededOf = ({ side: { parameters } }: DeclaredSymbol): number =>
  parameters.filter(({ required }) => required).length;

/** Several signatures of one function stand together, with what the least of them demands; an implementation behind them is nobody's business. */
const merge = (known: DeclaredSymbol, next: DeclaredSymbol, implementation: boolean): DeclaredSymbol => {
  if (implementation) return known;
  if (known.side.form !== 'function' || next.side.form !== 'function') return known;
  const { description, deprecated, signature } = known.side;
  const least = neededOf(next) < neededOf(known) ? next : known;
  return {
    ...known,
    side: {
      ...least.side,
      signature: `${signature}; ${next.side.signature}`,
      ...(description ? { description } : {}),
      ...(deprecated ? { deprecated } : {}),
    },
  };
};

/** The declarations behind a module's exports. */
export const readSymbols = (file: SourceFile, exports: readonly ModuleExport[]): DeclaredSymbol[] => {
  const wanted = new Set(exports.flatMap(({ local }) => local ?? []));
  const symbols = new Map<string, DeclaredSymbol>();
  for (const statement of file.program.body) {
    for (const [name, given, node] of statementSides(file, statement)) {
      if (!wanted.has(name)) continue;
      const symbol = {
        name,
        line: lineOf(file, node.start),
        side: { ...given, ...readDocComment(file, statement.start) },
        likeness: likenessOf(file, name, node),
      };
      const known = symbols.get(name);
      symbols.set(name, known ? merge(known, symbol, node.type === 'FunctionDeclaration') : symbol);
    }
  }
  return [...symbols.values()];
};
