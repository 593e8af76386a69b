import type { Node } from 'oxc-parser';
import { shortDigest } from '../digest.ts';
import type { ComponentFound } from '../file-summary.ts';
import { isComponentName, typeMembers } from './components.ts';
import { dottedName, foldedText, lineOf, type SourceFile } from './syntax.ts';

const componentBase = /^(React\.)?(Pure)?Component$/;

/** The class that a statement declares or exports. */
const classOf = (statement: Node): Node | null =>
  statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportDefaultDeclaration'
    ? statement.declaration
    : statement;

/** Components that are classes, with the properties of `Component<Properties>`. */
export const readClassComponents = (file: SourceFile): ComponentFound[] =>
  file.program.body.flatMap((statement): ComponentFound[] => {
    const node = classOf(statement);
    if (node?.type !== 'ClassDeclaration' || !node.id || !node.superClass) return [];
    const { name } = node.id;
    if (!isComponentName(name) || !componentBase.test(dottedName(node.superClass) ?? '')) return [];
    const properties = typeMembers(file, node.superTypeArguments?.params[0]) ?? [];
    return [
      {
        name,
        line: lineOf(file, node.start),
        side: { type: 'component', properties },
        likeness: shortDigest(foldedText(file, node.body)),
      },
    ];
  });
