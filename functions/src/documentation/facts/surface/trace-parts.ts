import type { FileSummary } from '../content/file-summary.ts';
import { phraseKey } from './translations.ts';

/** Re-exporting everything of a module stays the same when the module moves. */
export const allKey = (source: string): string =>
  `all:${source.slice(source.lastIndexOf('/') + 1).replace(/\.\w+$/, '')}`;

/** Where a package is entered. */
export const entryKey = (subpath: string): string => `entry:${subpath}`;

/** The same module in whatever form it is built, and for whatever condition. */
const stemOf = (file: string): string => file.slice(file.lastIndexOf('/') + 1).replace(/\..*$/, '');

/** How a subject is reached, and not what it is. */
export const isWay = (key: string): boolean => /^(entry|export|all|mount):/.test(key);

type Part = [key: string, value: unknown];

const nestParts = ({ nest }: FileSummary): Part[] =>
  nest
    ? [
        ...nest.applications.map(({ module, ...settings }): Part => [`application:${module}`, settings]),
        ...nest.setups.map(({ name, ...settings }): Part => [`setup:${name}`, settings]),
        ...nest.modules.flatMap(({ name, parts }) =>
          parts.map((part): Part => [`module:${name} ${part}`, 1]),
        ),
      ]
    : [];

const codeParts = ({ symbols, exports, routes, mounts }: FileSummary): Part[] => [
  ...symbols.map(({ name, side }): Part => [`symbol:${name}`, side]),
  ...exports.map(
    ({ name, source, imported, local }): Part =>
      name === '*' ? [allKey(source ?? ''), imported] : [`export:${name}`, [source, imported, local]],
  ),
  ...routes.map(
    ({ method, path, summary, versions, guards }): Part => [
      `route:${method} ${path}`,
      [summary, versions, guards],
    ],
  ),
  ...mounts.map(({ target, prefix }): Part => [`mount:${target}`, prefix]),
];

const interfaceParts = ({ components, texts, phrases = [] }: FileSummary): Part[] => [
  ...phrases.map(({ key, text }): Part => [phraseKey(key), text]),
  ...components.map(({ name, side }): Part => [`component:${name}`, side]),
  ...texts.map(({ side }): Part => {
    const { component, element, role, text, target = '' } = side;
    return [`text:${component} ${element} ${role} ${text} ${target}`, 1];
  }),
];

const operationParts = ({ settings, flags, operations, manifest }: FileSummary): Part[] => [
  ...settings.map(({ name, side }): Part => [`setting:${name}`, side]),
  ...flags.map(({ name, side }): Part => [`flag:${side.command ?? ''} ${name}`, side]),
  ...operations.map(({ side }): Part => [`operation:${side.method} ${side.path}`, side]),
  ...(manifest?.entries ?? []).map(({ subpath, files }): Part => [entryKey(subpath), stemOf(files[0] ?? '')]),
  ...(manifest?.commands ?? []).map((name): Part => [`command:${name}`, 1]),
  ...(manifest?.dependencies ?? []).map(
    ({ name, side }): Part => [`dependency:${name}`, [side.group, side.range]],
  ),
];

/** The parts of a summary that elements rest on, by name; a name may come more than once. */
export const partsOf = (summary: FileSummary): Part[] => [
  ...codeParts(summary),
  ...nestParts(summary),
  ...interfaceParts(summary),
  ...operationParts(summary),
];
