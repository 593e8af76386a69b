import type {
  ApiSide,
  ComponentSide,
  DependencySide,
  FlagSide,
  RouteSide,
  SettingSide,
  TextSide,
} from '../../../protocol/fact-sides.ts';
import type { NestFound } from './nest-found.ts';

/** Rises when any detector sees something else in the same content, so that kept summaries are made anew. */
export const detectorVersion = 12;

interface Located {
  line: number;
}

/** A name that a module takes from another one. */
export interface ModuleImport {
  local: string;
  /** `default`, `*` for the whole namespace, or a name. */
  imported: string;
  source: string;
}

/** A name that a module gives. `*` gives all names of `source`. */
export interface ModuleExport extends Located {
  name: string;
  /** The own declaration behind it. */
  local?: string;
  /** Where it is taken from, and under which name. */
  source?: string;
  imported?: string;
}

/** A declaration that a module exports, as readers see it. */
export interface DeclaredSymbol extends Located {
  name: string;
  side: Omit<ApiSide, 'type' | 'entry' | 'package'>;
  /** Digest of the declaration without its name: a renamed one keeps it. */
  likeness: string;
}

/** A variable that holds an application or router, with the function it lives in (empty: the module). */
export interface RouterPlace {
  container: string;
  variable: string;
}

export interface RouterMade extends RouterPlace {
  /** An application is where prefixes begin. */
  root: boolean;
  /** It is the parameter of its container with this number. */
  parameter?: number;
}

export interface RouteCall extends RouterPlace, Located {
  source: 'express' | 'fastify' | 'nest' | 'described';
  method: string;
  path: string;
  summary?: string;
  /** Of a controller of NestJS; an empty text for the one without a version. */
  versions?: string[];
  /** Handlers that it names before its last one. */
  guards?: string[];
  likeness: string;
}

/** What hangs below a router: another one, or what a function adds to it. */
export interface RouterMount extends RouterPlace, Located {
  prefix: string;
  /** Local name of a router or of a function that makes or takes one. */
  target: string;
  /** The router is handed over as this argument of `target`; absent: `target` is or makes a router. */
  argument?: number;
}

export interface ComponentFound extends Located {
  name: string;
  side: ComponentSide;
  likeness: string;
}

export interface TextFound extends Located {
  side: TextSide;
  /** Its text is the key of one in a file of translations. */
  isKey?: true;
}

/** A text of a file of translations. */
export interface PhraseFound extends Located {
  key: string;
  text: string;
}

export interface SettingFound extends Located {
  name: string;
  side: SettingSide;
  heuristic: boolean;
}

export interface FlagFound extends Located {
  /** Name with its dashes, e.g. --output; a command's or argument's name as written. */
  name: string;
  side: FlagSide;
}

export interface OperationFound extends Located {
  side: RouteSide;
}

export interface ManifestFound {
  name?: string;
  private: boolean;
  /** Subpath (`.`, `./client`) and the files that may stand for it, best first; implied: it names none, and may have none. */
  entries: { subpath: string; files: string[]; implied?: true }[];
  commands: string[];
  dependencies: { name: string; line: number; side: DependencySide }[];
}

export interface UnresolvedFound extends Located {
  what: 'route' | 'export' | 'setting' | 'flag' | 'file';
  subject: string;
  reason: string;
}

/** What detectors found in one file's content. It depends on nothing else, so it is kept by content. */
export interface FileSummary {
  imports: ModuleImport[];
  exports: ModuleExport[];
  symbols: DeclaredSymbol[];
  routers: RouterMade[];
  routes: RouteCall[];
  mounts: RouterMount[];
  nest?: NestFound;
  components: ComponentFound[];
  texts: TextFound[];
  phrases?: PhraseFound[];
  settings: SettingFound[];
  flags: FlagFound[];
  operations: OperationFound[];
  manifest?: ManifestFound;
  unresolved: UnresolvedFound[];
}

export const emptySummary = (): FileSummary => ({
  imports: [],
  exports: [],
  symbols: [],
  routers: [],
  routes: [],
  mounts: [],
  components: [],
  texts: [],
  settings: [],
  flags: [],
  operations: [],
  unresolved: [],
});
