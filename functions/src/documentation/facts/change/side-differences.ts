import type {
  ApiSide,
  DependencySide,
  FactSide,
  FlagSide,
  RouteSide,
  SettingSide,
  TextSide,
} from '../../../protocol/fact-sides.ts';
import { deprecation } from '../../deprecation.ts';
import { requestShape } from '../surface/request-shape.ts';
import { choice, type Difference, memberDifferences } from './member-differences.ts';
import { overloadDifferences } from './overload-differences.ts';
import { parameterDifferences } from './parameter-differences.ts';
import { breaksType, type MemberUse } from './type-change.ts';
import { leastVersion, raisesMajor } from './version-range.ts';

const changedValue = (
  what: string,
  before: string | undefined,
  after: string | undefined,
  breaking: boolean,
): Difference[] => {
  if (before === after) return [];
  if (before === undefined) return [{ text: `${what} is \`${after}\` now`, breaking: false }];
  if (after === undefined) return [{ text: `${what} was \`${before}\` and is not given any more`, breaking }];
  return [{ text: `${what} is \`${after}\` instead of \`${before}\``, breaking }];
};

interface Aging {
  deprecated?: boolean | undefined;
}

const agingDifferences = (before: Aging, after: Aging): Difference[] => {
  if (Boolean(before.deprecated) === Boolean(after.deprecated)) return [];
  const text = after.deprecated ? deprecation : 'it is not deprecated any more';
  return [{ text, breaking: false }];
};

const returnDifferences = ({ returns: was }: ApiSide, { returns: is }: ApiSide): Difference[] => {
  if (was === is) return [];
  // What is not written is what it is: nobody but a compiler knows.
  if (was === undefined) return [{ text: `says now that it returns \`${is}\``, breaking: false }];
  if (is === undefined)
    return [{ text: `does not say any more that it returns \`${was}\``, breaking: false }];
  return [{ text: `returns \`${is}\` instead of \`${was}\``, breaking: breaksType(was, is, 'taken') }];
};

const callDifferences = (before: ApiSide, after: ApiSide): Difference[] => [
  ...parameterDifferences(before.parameters, after.parameters),
  ...returnDifferences(before, after),
];

/** Whatever a default export is called where it is declared, nobody uses that name. */
const isSameSignature = (before: ApiSide, after: ApiSide): boolean => {
  const [was, is] = [before, after].map(({ signature, isDefault }) =>
    isDefault ? signature.replace(/^((?:(?:abstract )?class|interface|enum|type) )?[\w$]+/, '$1') : signature,
  );
  return was === is;
};

const importDifferences = (before: ApiSide, after: ApiSide): Difference[] => {
  if (before.isDefault === after.isDefault) return [];
  const text = after.isDefault ? 'it is the default export now' : 'it is imported by its name now';
  return [{ text, breaking: true }];
};

const apiDifferences = (before: ApiSide, after: ApiSide, use: MemberUse): Difference[] => {
  const shape = before.form === after.form ? [] : changedValue('it', before.form, after.form, true);
  const overloads = overloadDifferences(before, after);
  const entry = `it is imported from \`${after.entry}\` instead of \`${before.entry}\``;
  const found = [
    ...shape,
    ...(before.entry === after.entry ? [] : [{ text: entry, breaking: true }]),
    ...importDifferences(before, after),
    ...(overloads ?? callDifferences(before, after)),
    ...memberDifferences(after.form === 'enum' ? choice : 'member', before.members, after.members, use),
  ];
  const aging = agingDifferences(before, after);
  if (found.length > 0 || isSameSignature(before, after)) return [...found, ...aging];
  const isValue = before.form === 'constant' && !before.signature.includes(':');
  const [was, is] = [before, after].map(({ signature }) => signature.replace(/^type [^=]*= /, ''));
  const breaking = !isValue && breaksType(was ?? '', is ?? '', before.form === 'type' ? use : 'both');
  return [{ text: `it is \`${after.signature}\` instead of \`${before.signature}\``, breaking }, ...aging];
};

/** What a parameter is called no caller sees. */
const pathDifferences = (before: RouteSide, after: RouteSide): Difference[] =>
  requestShape(before.path) === requestShape(after.path)
    ? before.pathParameters.flatMap((name, position) => {
        const now = after.pathParameters[position];
        if (now === undefined || now === name) return [];
        return [{ text: `path parameter \`${name}\` is called \`${now}\` now`, breaking: false }];
      })
    : changedValue('path', before.path, after.path, true);

const routeDifferences = (before: RouteSide, after: RouteSide): Difference[] => {
  const gone = before.responses.filter((status) => !after.responses.includes(status));
  const come = after.responses.filter((status) => !before.responses.includes(status));
  return [
    ...(before.source !== 'openapi' && after.source === 'openapi'
      ? [{ text: 'only its description names it now', breaking: true }]
      : []),
    ...changedValue('method', before.method, after.method, true),
    ...pathDifferences(before, after),
    ...memberDifferences('field', before.parameters, after.parameters, 'given'),
    ...gone.map((status) => ({
      text: `response \`${status}\` is gone`,
      breaking: after.responses.length > 0,
    })),
    ...come.map((status) => ({ text: `response \`${status}\` is new`, breaking: false })),
    ...changedValue('summary', before.summary, after.summary, false),
    ...agingDifferences(before, after),
  ];
};

const textDifferences = (before: TextSide, after: TextSide): Difference[] => [
  ...(before.text === after.text
    ? []
    : [{ text: `reads "${after.text}" instead of "${before.text}"`, breaking: false }]),
  ...changedValue('target', before.target, after.target, false),
];

const optionDifferences = (before: SettingSide | FlagSide, after: SettingSide | FlagSide): Difference[] => [
  ...changedValue('default', before.default, after.default, false),
  ...(before.required === after.required
    ? []
    : [
        {
          text: after.required ? 'it is required now' : 'it is optional now',
          breaking: after.required === true,
        },
      ]),
  ...(before.description === after.description
    ? []
    : [{ text: 'it is described differently', breaking: false }]),
];

/** How it may be written, and what must be given with it: `-o`, `--output`, `<path>`. */
const spellings = ({ usage }: FlagSide): string[] => usage.match(/(?<![\w-])--?\w[\w-]*/g) ?? [];
const neededWords = ({ usage }: FlagSide): string[] => usage.match(/<[^>]+>/g) ?? [];
const takesValue = ({ usage }: FlagSide): boolean => /[<[]/.test(usage);

/** Somebody who wrote it as before is not understood any more. */
const breaksUsage = (before: FlagSide, after: FlagSide): boolean => {
  const known = spellings(after);
  const isMisspelt = spellings(before).some((spelling) => !known.includes(spelling));
  if (before.form !== 'command') return isMisspelt || takesValue(before) !== takesValue(after);
  return neededWords(after).length > neededWords(before).length;
};

const flagDifferences = (before: FlagSide, after: FlagSide): Difference[] => [
  ...changedValue('usage', before.usage, after.usage, breaksUsage(before, after)),
  ...optionDifferences(before, after),
];

const dependencyDifferences = (before: DependencySide, after: DependencySide): Difference[] => {
  const promises = after.group === 'engines' || after.group === 'peerDependencies';
  const raised =
    after.group === 'engines'
      ? leastVersion(after.range) !== leastVersion(before.range)
      : raisesMajor(before.range, after.range);
  return [
    ...changedValue('range', before.range, after.range, promises && raised),
    ...changedValue('group', before.group, after.group, after.group === 'peerDependencies'),
  ];
};

/** How the two sides of a change differ, in the order in which readers want to know. */
export const sideDifferences = (before: FactSide, after: FactSide, use: MemberUse): Difference[] => {
  if (before.type === 'api' && after.type === 'api') return apiDifferences(before, after, use);
  if (before.type === 'route' && after.type === 'route') return routeDifferences(before, after);
  if (before.type === 'text' && after.type === 'text') return textDifferences(before, after);
  if (before.type === 'setting' && after.type === 'setting') return optionDifferences(before, after);
  if (before.type === 'flag' && after.type === 'flag') return flagDifferences(before, after);
  if (before.type === 'dependency' && after.type === 'dependency')
    return dependencyDifferences(before, after);
  if (before.type === 'component' && after.type === 'component') {
    return memberDifferences('property', before.properties, after.properties, 'given');
  }
  return [{ text: 'it is something else now', breaking: true }];
};
