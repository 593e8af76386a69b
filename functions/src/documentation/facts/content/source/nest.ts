import type { ModuleImport, RouteCall, UnresolvedFound } from '../file-summary.ts';
import type { NestFound } from '../nest-found.ts';
import { readNestApplications } from './nest-applications.ts';
import { readNestRoutes } from './nest-controllers.ts';
import { readNestModules, readPrefixedModules } from './nest-modules.ts';
import { createNestNames } from './nest-names.ts';
import type { SourceIndex } from './source-index.ts';
import type { SourceFile } from './syntax.ts';

interface NestSummary {
  routes: RouteCall[];
  unresolved: UnresolvedFound[];
  nest?: NestFound;
}

/** What a module adds to an application of NestJS. Files that do not name its packages cost a search for text. */
export const readNest = (
  file: SourceFile,
  index: SourceIndex,
  imports: readonly ModuleImport[],
): NestSummary => {
  if (!file.text.includes('@nestjs/')) return { routes: [], unresolved: [] };
  const place = { file, index, names: createNestNames(imports) };
  const { routes, unresolved } = readNestRoutes(place);
  const { applications, setups, isStray, unresolved: unread } = readNestApplications(place);
  const prefixedModules = readPrefixedModules(place);
  const found: NestFound = {
    applications,
    setups,
    modules: readNestModules(place),
    prefixedModules: prefixedModules ?? [],
    ...(isStray || !prefixedModules ? { stray: true } : {}),
  };
  const isEmpty = !found.stray && Object.values(found).every((list) => list.length === 0);
  return { routes, unresolved: [...unresolved, ...unread], ...(isEmpty ? {} : { nest: found }) };
};
