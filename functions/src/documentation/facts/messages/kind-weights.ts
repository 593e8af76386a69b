/** Log-odds that a cue gives to each kind of change; what is not named gives none. */
export interface KindWeights {
  feature?: number;
  'bug-fix'?: number;
  improvement?: number;
  other?: number;
}

/** What a text or path that fits a pattern says. */
export interface Cue {
  pattern: RegExp;
  weights: KindWeights;
}

/** How common each kind is where nothing else is known. */
export const priorWeights: KindWeights = { feature: 0.1, 'bug-fix': 0.1, improvement: -0.9, other: 0.2 };

/** What the first word of a message says most: it is the verb. */
export const firstWordWeights: Cue[] = [
  {
    pattern: /^(add|adds|added|adding|introduce[sd]?|implement(s|ed)?|support(s|ed)?|enable[sd]?|new)$/,
    weights: { feature: 2.2 },
  },
  {
    pattern:
      /^(allow(s|ed)?|let|offer|provide[sd]?|expose[sd]?|create[sd]?|accept(s|ed)?|show(s|ed)?|display(s|ed)?|export(s|ed)?)$/,
    weights: { feature: 1.3 },
  },
  {
    pattern: /^(fix(es|ed|ing)?|bugfix|hotfix|resolve[sd]?|correct(s|ed)?|repair(s|ed)?|patch(ed)?|mend)$/,
    weights: { 'bug-fix': 3 },
  },
  {
    pattern:
      /^(prevent(s|ed)?|avoid(s|ed)?|handle[sd]?|ensure[sd]?|stop(s|ped)?|don'?t|do|never|restore[sd]?|guard|treat|escape[sd]?|keep|properly|correctly|catch|honou?r|respect|return|wait|ignore[sd]?|check)$/,
    weights: { 'bug-fix': 1.5 },
  },
  {
    pattern:
      /^(improve[sd]?|optimi[sz]e[sd]?|speed|reduce[sd]?|faster|cache[sd]?|batch|lazy|tune[sd]?|enhance[sd]?|polish)$/,
    weights: { improvement: 2.4 },
  },
  {
    pattern:
      /^(refactor(s|ed|ing)?|clean(up|s|ed)?|tid(y|ied)|reformat|format|lint|rename[sd]?|move[sd]?|extract(ed)?|split|simplif(y|ied)|inline|reorgani[sz]e[sd]?|rewrite|rework|dedupe|deduplicate|sort)$/,
    weights: { other: 2 },
  },
  {
    pattern:
      /^(update[sd]?|upgrade[sd]?|bump(s|ed)?|pin|release[sd]?|prepare|version|v?\d+\.\d+.*|merge[sd]?|document(s|ed)?|docs?|readme|test(s|ed|ing)?|wip|typo|typos|spelling|chore|ci|build|configure|drop|delete[sd]?|remove[sd]?|deprecate[sd]?|regenerate|translate|initial|init|first|changelog|revert|cover|explain|describe|mention|clarify|switch|replace[sd]?|use|migrate[sd]?)$/,
    weights: { other: 1.6 },
  },
];

/** What words anywhere say. */
export const wordWeights: Cue[] = [
  {
    pattern:
      /\b(bugs?|crash(es|ed|ing)?|broken|breaks|wrong(ly)?|incorrect(ly)?|error(s)? (when|if|on|in)|fail(s|ed|ing|ure)?|regression|leak(s|ed)?|race( condition)?|deadlock|null pointer|undefined is|exception|off[- ]by[- ]one|stale|missing|duplicate[sd]?|infinite|hang(s|ing)?|overflow|lost|corrupt(ed|s)?|flicker|vulnerabilit(y|ies)|xss|injection|no longer|workaround|twice|mismatch|invalid|unexpected|accidentally|instead of|panic)\b/,
    weights: { 'bug-fix': 1.1 },
  },
  { pattern: /\b(fix(es|ed)?|closes? #\d+|fixes #\d+|resolves? #\d+)\b/, weights: { 'bug-fix': 1 } },
  {
    pattern:
      /\b(new|now possible|ability to|support for|support|option(s)? (for|to)|first version|can now|optional(ly)?)\b/,
    weights: { feature: 0.9 },
  },
  {
    pattern:
      /\b(page|button|endpoint|route|command|dialog|dashboard|screen|filter|search|export|import|upload|widget|notification|flag|api|mode|theme|webhook|shortcut|view|form|menu|plugin|preview)s?\b/,
    weights: { feature: 0.5 },
  },
  {
    pattern:
      /\b(faster|performance|speed up|quicker|memory usage|slow|cache|caching|latency|throughput|efficient(ly)?|less memory|allocations?|smoother|debounce|improve(d|s|ments?)?)\b/,
    weights: { improvement: 1.6 },
  },
  {
    pattern: /\b(tests?|specs?|coverage|snapshot|mocks?|fixtures?|flaky)\b/,
    weights: { other: 1.6, feature: -0.4 },
  },
  {
    pattern:
      /\b(readme|docs?|documentation|changelog|comments?|typos?|jsdoc|licen[cs]e|contributing|examples?|wording|spelling)\b/,
    weights: { other: 1.8, feature: -0.6, 'bug-fix': -0.6 },
  },
  {
    pattern:
      /\b(lint(er|ing)?|eslint|prettier|biome|ci|travis|github actions?|workflow|docker(file)?|makefile|build script|release|lockfile|dependenc(y|ies)|deps|devdependenc(y|ies)|bump|tsconfig|webpack|vite config|gitignore|husky|pipeline|version|node \d+)\b/,
    weights: { other: 1.4, feature: -0.3 },
  },
  {
    pattern:
      /\b(refactor|clean ?up|unused|dead code|rename|no functional change|internal|tidy|helper|duplication|whitespace|formatting|code style|legacy|deprecated)\b/,
    weights: { other: 1.3 },
  },
];

/** What the paths of a commit say; each holds when all of its files fit. */
export const pathWeights: Cue[] = [
  { pattern: /(^|\/)(tests?|__tests__|specs?|e2e)\/|\.(test|spec)\.\w+$/, weights: { other: 2.6 } },
  { pattern: /\.(md|mdx|rst|txt|adoc)$|(^|\/)(docs?|LICENSE)(\/|$)/, weights: { other: 2.6 } },
  {
    pattern: /(^|\/)(package(-lock)?\.json|yarn\.lock|pnpm-lock\.yaml|go\.sum|Cargo\.lock)$/,
    weights: { other: 2.2 },
  },
  {
    pattern:
      /(^|\/)(\.github|\.gitlab-ci|\.circleci|Dockerfile|\.docker|\.husky|\.vscode|scripts?)(\/|\.|$)|(^|\/)\.[^/]+$|\.config\.[cm]?[jt]s$/,
    weights: { other: 2.2 },
  },
];

/** New source files mean something new; a change together with its test, and without new files, is often a repair. */
export const shapeWeights = {
  newSource: { feature: 0.9 } satisfies KindWeights,
  changedWithTest: { 'bug-fix': 0.4 } satisfies KindWeights,
  smallChange: { 'bug-fix': 0.4 } satisfies KindWeights,
  manyFiles: { other: 0.5 } satisfies KindWeights,
};
