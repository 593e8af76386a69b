/** How a file's content is read. */
export type FileKind = 'ts' | 'tsx' | 'dts' | 'js' | 'manifest' | 'openapi' | 'environment' | 'phrases';

const kindOfExtension: Record<string, FileKind | undefined> = {
  ts: 'ts',
  mts: 'ts',
  cts: 'ts',
  tsx: 'tsx',
  js: 'js',
  mjs: 'js',
  cjs: 'js',
  jsx: 'js',
};

/** Made, borrowed or tried things are not what the product offers. */
const beside =
  /(^|\/)(node_modules|bower_components|vendor|third_party|dist|build|coverage|tests?|__tests__|__mocks__|specs?|fixtures?|e2e|examples?|bench|benchmarks?|testing)\/|\.(test|spec|stories|contract|bench|min|config)\.[cm]?[jt]sx?$|(^|\/)\.[^/]+\.[cm]?[jt]s$/;

/** English texts by key: `locales/en.json`, `public/locales/en/common.json`, `i18n/en-US.json`. */
const phrases =
  /(^|\/)(locales?|lang|i18n|translations|messages)\/(.*\/)?en([-_][A-Z]{2})?(\/[\w.-]+)?\.json$/;

export const isBeside = (path: string): boolean => beside.test(path);

/** The kind of a path, or undefined when no detector knows anything about such a file. */
export const fileKind = (path: string): FileKind | undefined => {
  if (isBeside(path)) return undefined;
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (name === 'package.json') return 'manifest';
  if (/^\.env\.(example|sample|template)$/.test(name)) return 'environment';
  if (/(openapi|swagger)[\w.-]*\.(json|ya?ml)$/i.test(name)) return 'openapi';
  if (/\.d\.[cm]?ts$/.test(name)) return 'dts';
  const extension = name.slice(name.lastIndexOf('.') + 1);
  if (extension === 'json') return phrases.test(path) ? 'phrases' : undefined;
  return kindOfExtension[extension];
};

export const isSource = (kind: FileKind | undefined): kind is 'ts' | 'tsx' | 'dts' | 'js' =>
  kind === 'ts' || kind === 'tsx' || kind === 'dts' || kind === 'js';
