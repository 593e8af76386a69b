/** The import rules of docs/architecture.md. `npm run check` fails on the first arrow in the wrong direction. */
const src = '^functions/src/';
const client = '^client/src/';
const tests = String.raw`\.(test|contract)\.ts$|^functions/src/testing/`;
const features = 'support|collaboration|documentation|training|analytics|upkeep';
const base = 'protocol|ports|errors|access|telemetry|ids';
const deny = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

module.exports = {
  forbidden: [
    deny(
      'protocol-is-leaf',
      'protocol/ is shared with the browser: zod and itself only',
      { path: `${src}protocol/`, pathNot: tests },
      { pathNot: [`${src}protocol/`, 'node_modules/zod'] },
    ),
    deny(
      'ports-are-types',
      'a port may name protocol types and the streams of Node, nothing else',
      { path: `${src}ports/`, pathNot: tests },
      { pathNot: [`${src}(protocol|ports)/`, '^stream$'] },
    ),
    deny(
      'base-faces-inward',
      'errors, access, telemetry and ids know protocol, ports and each other',
      { path: `${src}(errors|access|telemetry|ids)/`, pathNot: tests },
      { path: src, pathNot: [`${src}(${base})/`] },
    ),
    deny(
      'engines-face-inward',
      'an engine knows ports, protocol, errors, telemetry, ids and its own folder',
      { path: `${src}engines/([^/]+)/`, pathNot: [tests, `${src}engines/(sqlite|postgres|firestore)/`] },
      { path: src, pathNot: [`${src}(ports|protocol|errors|telemetry|ids)/`, `${src}engines/$1/`] },
    ),
    deny(
      'databases-share-stores',
      'the databases also know what all of them share, and those that speak SQL their layer of it',
      { path: `${src}engines/(sqlite|postgres|firestore)/`, pathNot: tests },
      {
        path: src,
        pathNot: [`${src}(ports|protocol|errors|telemetry|ids)/`, `${src}engines/(stores|sql|$1)/`],
      },
    ),
    deny(
      'firestore-speaks-no-sql',
      'the layer of SQL is for the two that speak it',
      { path: `${src}engines/firestore/` },
      { path: `${src}engines/sql/` },
    ),
    deny(
      'features-are-islands',
      'features meet through a port or in compose.ts',
      { path: `${src}(${features})/`, pathNot: tests },
      { path: `${src}(${features})/`, pathNot: `${src}$1/` },
    ),
    deny(
      'rooms-know-no-sockets',
      'a room decides the same whoever asks: sockets, HTTP or a test',
      { path: `${src}collaboration/rooms/`, pathNot: tests },
      { path: `${src}collaboration/sockets/` },
    ),
    deny(
      'features-face-inward',
      'features see ports, protocol, errors, access, telemetry and ids; routes also the gateway',
      { path: `${src}(${features})/`, pathNot: [tests, '-routes\\.ts$'] },
      { path: src, pathNot: [`${src}(${base}|${features})/`] },
    ),
    deny(
      'routes-use-gateway-helpers',
      'routes add nothing but the gateway to what a feature may see',
      { path: `${src}(${features})/.*-routes\\.ts$` },
      { path: src, pathNot: [`${src}(${base}|${features}|gateway)/`] },
    ),
    deny(
      'gateway-knows-no-feature',
      'the gateway is handed operations; it knows none of them',
      { path: `${src}gateway/`, pathNot: tests },
      { path: src, pathNot: [`${src}(${base}|gateway)/`] },
    ),
    deny(
      'only-the-gateway-knows-express',
      'services and rules stay free of HTTP',
      { path: src, pathNot: [`${src}gateway/`, '-routes\\.ts$', tests] },
      { path: 'node_modules/(@types/)?express' },
    ),
    deny(
      'socket-io-stays-at-the-door',
      'everything else sees links and broadcasters, so that it can be tried without a network',
      { path: src, pathNot: [`${src}collaboration/sockets/(realtime|fan-out)\\.ts$`, tests] },
      { path: 'node_modules/socket\\.io(-adapter)?/' },
    ),
    deny(
      'sdks-live-in-engines',
      'a vendor SDK is named by its engine only',
      { path: src, pathNot: [`${src}engines/`, tests] },
      { path: 'node_modules/(openai|libsql|redis|pg|firebase-admin|jose)/' },
    ),
    deny(
      'only-compose-picks-engines',
      'engines are chosen in compose/engines.ts and the files beside it that are named after what they open',
      {
        path: src,
        pathNot: [
          `${src}compose/(engines|shared-engines|ai-engine|repositories|documentation|records-engine|identity-engine|files-engine)\\.ts$`,
          `${src}engines/`,
          tests,
        ],
      },
      { path: `${src}engines/` },
    ),
    deny(
      'only-doors-compose',
      'the doors are the only callers of compose, and compose of its parts',
      { path: src, pathNot: [`${src}(index|server|cli|compose)\\.ts$`, `${src}(compose|cli)/`, tests] },
      { path: `${src}compose(\\.ts$|/)` },
    ),
    deny(
      'only-doors-and-compose-read-config',
      'everything else is handed what it needs',
      {
        path: src,
        pathNot: [
          `${src}(index|server|cli|compose|config|function-settings|startup-block)\\.ts$`,
          `${src}(compose|cli)/`,
          tests,
        ],
      },
      { path: `${src}(config|settings|function-settings|git-environment)\\.ts$` },
    ),
    deny(
      'client-sees-protocol',
      'of the backend the client library knows what crosses the wire, through one file for each of its halves',
      { path: client, pathNot: tests },
      { path: '^(functions|bench|client/test)/', pathNot: `${src}protocol/` },
    ),
    deny(
      'client-runs-in-browsers',
      'what only Node has would not load there',
      { path: client, pathNot: tests },
      { dependencyTypes: ['core'] },
    ),
    deny('backend-knows-no-client', 'the arrow goes the other way', { path: src }, { path: '^client/' }),
    deny(
      'no-test-code-in-production',
      'tests and contracts never ship',
      { path: src, pathNot: tests },
      { path: [tests, '^functions/test/', '^functions/train/'] },
    ),
    deny('no-cycles', 'a cycle hides the direction of the design', {}, { circular: true }),
    deny(
      'no-orphans',
      'unreachable files are dead code',
      { orphan: true, path: [src, client], pathNot: ['\\.d\\.ts$', tests] },
      {},
    ),
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'default', 'types'],
      extensions: ['.ts', '.js'],
    },
  },
};
