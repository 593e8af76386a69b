import type { Document, Sentence } from '../../protocol/documentation.ts';
import type { Fact } from '../../protocol/facts.ts';
import { byArea } from '../by-area.ts';
import { deprecation } from '../deprecation.ts';
import type { FactIndex } from './fact-index.ts';
import { isMessageFact } from './fact-names.ts';
import { foldFacts } from './fold-facts.ts';
import { isOfWorkshop } from './internal-scopes.ts';
import { messageSentence } from './message-sentences.ts';

type ReleaseNotes = Document['releaseNotes'];

const ofKind = (facts: readonly Fact[], kind: Fact['kind']): Fact[] =>
  facts.filter((fact) => fact.kind === kind && isMessageFact(fact));

/** Sentences of one area stand together, the areas in the order in which they are first met. */
export const groupByArea = (sentences: readonly Sentence[]): Sentence[] =>
  [...byArea(sentences).values()].flat();

/** Content that no feature, fix or improvement speaks of; without it nobody would hear of the change. */
const isUnannounced = (fact: Fact, index: FactIndex): boolean =>
  !isMessageFact(fact) &&
  !fact.related.some((id) => {
    const kind = index.get(id)?.kind;
    return kind === 'feature' || kind === 'improvement' || kind === 'bug-fix';
  });

/** What people who install or use it would want to hear of; the rest is for the technical documentation. */
const isNews = ({ kind, audiences, differences }: Fact): boolean =>
  differences.includes(deprecation) ||
  kind === 'route' ||
  kind === 'configuration' ||
  kind === 'flag' ||
  audiences[0] === 'user';

/** Breaking changes first, then what is new; what became better; what was mended. */
export const writeReleaseNotes = (facts: readonly Fact[], index: FactIndex): ReleaseNotes => {
  const say = (fact: Fact) => messageSentence(fact, index);
  const content = facts.filter((fact) => !isMessageFact(fact));
  const breaking = content.filter((fact) => fact.breaking);
  const announcedBreaks = facts.filter((fact) => isMessageFact(fact) && fact.breaking);
  const features = ofKind(facts, 'feature').filter((fact) => !fact.breaking);
  const better = [
    ...ofKind(facts, 'improvement').filter((fact) => !fact.breaking),
    ...features.filter(isOfWorkshop),
  ];
  const silent = content.filter((fact) => !fact.breaking && isNews(fact) && isUnannounced(fact, index));
  return {
    highlights: [
      ...foldFacts(breaking),
      ...groupByArea([
        ...announcedBreaks.map(say),
        ...features.filter((fact) => !isOfWorkshop(fact)).map(say),
      ]),
    ],
    improvements: groupByArea([...better.map(say), ...foldFacts(silent)]),
    bugFixes: groupByArea(
      ofKind(facts, 'bug-fix')
        .filter((fact) => !fact.breaking)
        .map(say),
    ),
  };
};
