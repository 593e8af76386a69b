import { emptySummary, type FileSummary } from './file-summary.ts';
import { readClassComponents } from './source/class-components.ts';
import { readCommanderFlags } from './source/commander-flags.ts';
import { readComponents } from './source/components.ts';
import { readEnvironmentVariables } from './source/environment-variables.ts';
import { readSymbols } from './source/exported-symbols.ts';
import { readExports, readImports } from './source/module-links.ts';
import { readNest } from './source/nest.ts';
import { readOptionObjects } from './source/option-objects.ts';
import { readMounts } from './source/router-mounts.ts';
import { type KnownRouter, readRouters } from './source/routers.ts';
import { readRoutes } from './source/routes.ts';
import { readSettingsTables } from './source/settings-table.ts';
import { indexSource } from './source/source-index.ts';
import { parseSource, type SourceLanguage } from './source/syntax.ts';
import { readTexts } from './source/visible-texts.ts';

const unreadable = (): FileSummary => ({
  ...emptySummary(),
  unresolved: [{ what: 'file', subject: 'the whole file', reason: 'It cannot be parsed.', line: 1 }],
});

const withoutFramework = ({ framework: _, ...router }: KnownRouter) => router;

/** Only what has routes, or hands a router on, matters to anybody. */
const usedRouters = (
  routers: readonly KnownRouter[],
  used: readonly { container: string; variable: string }[],
) => {
  const names = new Set(used.map(({ container, variable }) => `${container}\n${variable}`));
  return routers
    .filter(
      ({ container, variable, root, parameter }) =>
        root || parameter === undefined || names.has(`${container}\n${variable}`),
    )
    .map(withoutFramework);
};

/** Everything that detectors find in one module. */
export const summariseSource = (text: string, language: SourceLanguage): FileSummary => {
  const file = parseSource(text, language);
  if (!file) return unreadable();
  const index = indexSource(file);
  const imports = readImports(file);
  const exports = readExports(file);
  const routers = readRouters(index, imports);
  const { routes, unresolved: unresolvedRoutes } = readRoutes({ file, index, routers });
  const { mounts, unresolved: unresolvedMounts } = readMounts({ file, index, routers });
  const { routes: nestRoutes, unresolved: unresolvedNest, ...nest } = readNest(file, index, imports);
  const environment = readEnvironmentVariables(file, index, exports);
  const commander = readCommanderFlags(file, index, imports);
  return {
    ...emptySummary(),
    imports: imports.filter(({ source }) => !source.startsWith('node:')),
    exports,
    symbols: readSymbols(file, exports),
    routers: usedRouters(routers, [...routes, ...mounts]),
    routes: [...routes, ...nestRoutes],
    mounts,
    ...nest,
    components: [...readComponents(file, index), ...readClassComponents(file)],
    texts: readTexts(file, index),
    settings: [...environment.settings, ...readSettingsTables(file, index)],
    flags: [...commander.flags, ...readOptionObjects(file, index, imports)],
    unresolved: [
      ...unresolvedRoutes,
      ...unresolvedMounts,
      ...unresolvedNest,
      ...environment.unresolved,
      ...commander.unresolved,
    ],
  };
};
