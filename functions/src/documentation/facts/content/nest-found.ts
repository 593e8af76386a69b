/** Routes that an application of NestJS serves without its prefix: those of this path, and method if one is named. */
export interface NestExclusion {
  path: string;
  method?: string;
}

/** What an application of NestJS does to the paths of all its controllers. */
export interface NestSettings {
  prefix?: string;
  excluded?: NestExclusion[];
  /** Versions are part of paths: what stands before their number, and those of routes that name none. */
  versioning?: { prefix: string; fallback: string[] };
  /** Something of it is known at run time only. */
  unread?: true;
}

/** `NestFactory.create(module)` */
export interface NestApplication extends NestSettings {
  module: string;
  /** Functions that are given it, with the number of the argument. */
  handed: { target: string; argument: number }[];
}

/** A function that sets up an application which it is given. */
export interface NestSetup extends NestSettings {
  name: string;
  argument: number;
}

/** A class with `@Module`. */
export interface NestModule {
  name: string;
  /** Local names of the modules and controllers in it. */
  parts: string[];
}

/** How the controllers of a program hang together, as far as one file tells. */
export interface NestFound {
  applications: NestApplication[];
  setups: NestSetup[];
  modules: NestModule[];
  /** Local names of modules that get a prefix of their own. */
  prefixedModules: string[];
  /** A prefix is set, but for which application or module was not found. */
  stray?: true;
}
