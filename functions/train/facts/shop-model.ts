/** The product that a generated repository describes; what changes in it is known by construction. */
export interface ShopParameter {
  name: string;
  type: string;
  required: boolean;
}

export interface ShopFunction {
  name: string;
  parameters: ShopParameter[];
  returns: string;
  isPublic: boolean;
  /** Changes what it does and nothing that anybody sees. */
  body: number;
}

export interface ShopRoute {
  group: string;
  method: string;
  path: string;
  body: number;
}

export interface ShopComponent {
  name: string;
  properties: ShopParameter[];
  texts: { element: string; text: string }[];
  body: number;
}

export interface ShopSetting {
  name: string;
  fallback: string;
}

export interface ShopFlag {
  name: string;
  takesValue: boolean;
  description: string;
}

export interface ShopDependency {
  name: string;
  range: string;
}

export interface Shop {
  functions: ShopFunction[];
  routes: ShopRoute[];
  components: ShopComponent[];
  settings: ShopSetting[];
  flags: ShopFlag[];
  dependencies: ShopDependency[];
  /** Notes that belong to no product: documents, tests, comments. */
  notes: number;
}

/** The ways of writing the same product; detectors are known not to follow `table`. */
export interface ShopStyle {
  exports: 'inline' | 'list' | 'common-js';
  routes: 'router' | 'factory' | 'handed' | 'fastify' | 'table';
  settings: 'member' | 'pattern' | 'schema' | 'helper';
  flags: 'commander' | 'parse-args' | 'yargs';
  texts: 'inline' | 'expression' | 'constant';
  /** Lines of a function's body besides the one that changes; none when absent. */
  bodyLines?: number;
}

export const groups = ['orders', 'proofs', 'people'] as const;
