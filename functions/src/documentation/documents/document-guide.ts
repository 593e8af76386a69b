import type { DocumentGuide, GuidePassage, StoredDocument } from '../../ports/records.ts';
import { type Sentence, type UserSection, userSections } from '../../protocol/documentation.ts';
import type { Fact } from '../../protocol/facts.ts';
import { replacedFactId } from '../facts/fact.ts';
import { isMessageFact } from '../writers/fact-names.ts';
import { plainText } from '../writers/plain-text.ts';

type Facts = ReadonlyMap<string, Fact>;

/**
 * A sentence of the overview is worth quoting when it tells of one feature; one that counts features helps nobody
 * who looks for something.
 */
const featureOf = ({ facts }: Sentence, known: Facts): string | undefined => {
  const stated = facts.filter((id) => {
    const fact = known.get(id);
    return fact !== undefined && isMessageFact(fact);
  });
  const [only] = stated;
  return stated.length === 1 && only !== undefined && known.get(only)?.kind === 'feature' ? only : undefined;
};

/** Where only one feature is counted, the sentence about it comes later. */
const quotable = (section: UserSection, sentences: readonly Sentence[], known: Facts): Sentence[] => {
  if (section !== 'overview') return [...sentences];
  const byFeature = new Map<string, Sentence>();
  for (const sentence of sentences) {
    const feature = featureOf(sentence, known);
    if (feature !== undefined) byFeature.set(feature, sentence);
  }
  return [...byFeature.values()];
};

const topicOf = ({ facts: [first = ''] }: Sentence, known: Facts): string =>
  plainText(known.get(first)?.scope ?? '');

/** What a document's readers call the state that it tells of. */
const versionOf = ({ document: { range } }: StoredDocument): string =>
  plainText(range.to.tags.at(-1) ?? range.to.commit.slice(0, 7));

/**
 * What users may read of a document (rule DO19): its part for them, sentence by sentence, but for what rests on the
 * facts that later ones tell.
 */
export const guideOf = (
  stored: StoredDocument,
  toldLater: ReadonlySet<string> = new Set(),
): DocumentGuide => {
  const { id, repository, to, title, createdAt, document } = stored;
  const known = new Map(document.facts.map((fact) => [fact.id, fact]));
  const passagesOf = (section: UserSection): GuidePassage[] =>
    quotable(section, document.userDocumentation[section], known)
      .filter(({ facts }) => !facts.some((fact) => toldLater.has(fact)))
      .map((sentence) => {
        const { text, facts } = sentence;
        return { section, topic: topicOf(sentence, known), text, facts };
      });
  const told = document.facts
    .filter(({ audiences }) => audiences.includes('user'))
    .flatMap((fact) => [fact.id, replacedFactId(fact) ?? []].flat())
    .filter((fact) => !toldLater.has(fact));
  return {
    id,
    repository,
    to,
    title,
    version: versionOf(stored),
    createdAt,
    passages: userSections.flatMap(passagesOf),
    told,
  };
};
