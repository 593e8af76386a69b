import type { Node } from 'oxc-parser';
import type { UnresolvedFound } from '../file-summary.ts';
import type { NestApplication, NestExclusion, NestSettings, NestSetup } from '../nest-found.ts';
import { constantText } from './constants.ts';
import { versionsOf } from './nest-controllers.ts';
import { partName } from './nest-modules.ts';
import type { NestFile } from './nest-names.ts';
import { unresolvedRoute } from './routers.ts';
import type { Placed, SourceIndex } from './source-index.ts';
import { dottedName, nameOf, propertyOf, unwrapped } from './syntax.ts';

type Call = Extract<Node, { type: 'CallExpression' | 'NewExpression' }>;

/** A variable that holds an application in a function and those inside it. */
interface Holder {
  variable: string;
  container: string;
  settings: NestSettings;
  handed: NestApplication['handed'];
}

export interface NestApplicationsFound {
  applications: NestApplication[];
  setups: NestSetup[];
  isStray: boolean;
  unresolved: UnresolvedFound[];
}

const isApplicationType = (node: Node): boolean => {
  const annotation = 'typeAnnotation' in node ? node.typeAnnotation : undefined;
  const type = annotation?.type === 'TSTypeAnnotation' ? annotation.typeAnnotation : undefined;
  const name =
    type?.type === 'TSTypeReference' && type.typeName.type === 'Identifier' ? type.typeName.name : '';
  return /^(INestApplication|NestExpressApplication|NestFastifyApplication)$/.test(name);
};

const exclusionOf = ({ index, names }: NestFile, node: Node | null): NestExclusion | undefined => {
  const value = node && unwrapped(node);
  if (value?.type !== 'ObjectExpression') {
    const path = constantText(index, value);
    return path === undefined ? undefined : { path };
  }
  const path = constantText(index, propertyOf(value, 'path'));
  const given = propertyOf(value, 'method');
  const method = given && names(given)?.replace(/^RequestMethod\./, '');
  if (path === undefined || (given && !method)) return undefined;
  return { path, ...(method && method !== 'ALL' ? { method } : {}) };
};

/** `app.setGlobalPrefix('api', { exclude: [...] })` */
const prefixSettings = (place: NestFile, call: Call): NestSettings => {
  const [given, options] = call.arguments;
  const prefix = constantText(place.index, given);
  if (prefix === undefined) return { unread: true };
  if (!options) return { prefix };
  const list = propertyOf(options, 'exclude');
  const nodes = list?.type === 'ArrayExpression' ? list.elements : undefined;
  const excluded = nodes?.map((node) => exclusionOf(place, node));
  const isRead = excluded?.every((entry) => entry !== undefined);
  return isRead ? { prefix, excluded } : { prefix, unread: true };
};

/** The text before the number of a version: `v` without any word of it. */
const versionPrefix = (index: SourceIndex, given: Node | undefined): string | undefined => {
  if (given?.type === 'Literal' && given.value === false) return '';
  return given ? constantText(index, given) : 'v';
};

/** `app.enableVersioning({ type: VersioningType.URI, prefix: 'v', defaultVersion: '1' })` */
const versionSettings = ({ index, names }: NestFile, call: Call): NestSettings => {
  const [options] = call.arguments;
  if (options && options.type !== 'ObjectExpression') return { unread: true };
  const type = propertyOf(options, 'type');
  const kind = type ? names(type) : 'VersioningType.URI';
  if (kind !== 'VersioningType.URI') return kind ? {} : { unread: true };
  const prefix = versionPrefix(index, propertyOf(options, 'prefix'));
  const usual = propertyOf(options, 'defaultVersion');
  const fallback = usual ? versionsOf({ index, names }, usual) : [];
  return prefix === undefined || !fallback ? { unread: true } : { versioning: { prefix, fallback } };
};

const settersByName: Record<string, ((place: NestFile, call: Call) => NestSettings) | undefined> = {
  setGlobalPrefix: prefixSettings,
  enableVersioning: versionSettings,
};

/** The variable that a call is given to. */
const variableOf = (index: SourceIndex, call: Node): string | undefined => {
  const found = index.declarators.find(({ node: { init } }) => {
    const value = init ? unwrapped(init) : undefined;
    return (value?.type === 'AwaitExpression' ? unwrapped(value.argument) : value) === call;
  });
  return nameOf(found?.node.id);
};

const madeApplications = (place: NestFile): { application: NestApplication; holder?: Holder }[] =>
  place.index.calls.flatMap(({ node, scopes }) => {
    if (place.names(node.callee) !== 'NestFactory.create') return [];
    const [given] = node.arguments;
    const application = { module: (given && partName(place, given)) ?? '', handed: [] };
    const variable = variableOf(place.index, node);
    if (!variable) return [{ application }];
    const container = scopes.at(-1) ?? '';
    return [{ application, holder: { variable, container, settings: application, ...application } }];
  });

const setupFunctions = (index: SourceIndex): { setup: NestSetup; holder: Holder }[] =>
  index.functions.flatMap(({ name, node }) =>
    node.params.flatMap((parameter, argument) => {
      if (parameter.type !== 'Identifier' || !isApplicationType(parameter)) return [];
      const setup: NestSetup = { name, argument };
      const holder = { variable: parameter.name, container: name, settings: setup, handed: [] };
      return [{ setup, holder }];
    }),
  );

const holderAt = (
  holders: readonly Holder[],
  node: Node | undefined,
  scopes: readonly string[],
): Holder | undefined => {
  const value = node && unwrapped(node);
  if (value?.type !== 'Identifier') return undefined;
  return holders.findLast(
    ({ variable, container }) => variable === value.name && (container === '' || scopes.includes(container)),
  );
};

const computed = 'What stands before the paths of this application is known at run time only.';
const ownerless = 'Which application it is for was not found.';

/** `setUp(app)` */
const noteHanded = (holders: readonly Holder[], { node, scopes }: Placed<Call>): void => {
  const target = dottedName(node.callee);
  if (!target) return;
  for (const [argument, given] of node.arguments.entries()) {
    holderAt(holders, given, scopes)?.handed.push({ target, argument });
  }
};

/** Applications of NestJS that a module makes or sets up, with what it does to their paths. */
export const readNestApplications = (place: NestFile): NestApplicationsFound => {
  const made = madeApplications(place);
  const given = setupFunctions(place.index);
  const holders = [...made, ...given].flatMap(({ holder }) => holder ?? []);
  const unresolved: UnresolvedFound[] = [];
  let isStray = false;
  for (const { node, scopes } of place.index.calls) {
    if (node.callee.type !== 'MemberExpression') {
      noteHanded(holders, { node, scopes });
      continue;
    }
    const setter = settersByName[nameOf(node.callee.property) ?? ''];
    if (!setter) continue;
    const holder = holderAt(holders, node.callee.object, scopes);
    const settings = setter(place, node);
    if (holder) Object.assign(holder.settings, settings);
    else isStray = true;
    if (!holder || settings.unread) {
      unresolved.push(unresolvedRoute(place.file, node, holder ? computed : ownerless));
    }
  }
  return {
    applications: made.map(({ application }) => application),
    setups: given.map(({ setup }) => setup).filter((setup) => Object.keys(setup).length > 2),
    isStray,
    unresolved,
  };
};
