import type { DocumentGuide, GuidePassage } from '../../ports/records.ts';
import type { UserSection } from '../../protocol/documentation.ts';

/** What one section of a document still truly says of one topic. */
export interface DocumentTopic {
  documentId: string;
  title: string;
  version: string;
  section: UserSection;
  /** A feature's name; may be empty. */
  name: string;
  /** Plain text, at least one. */
  sentences: string[];
}

/** Takes the marks of code away and leaves the words. */
const withoutMarks = (text: string): string => text.replaceAll('`', '');

const topicsOf = ({ id, title, version }: DocumentGuide, passages: readonly GuidePassage[]) => {
  const topics = new Map<string, DocumentTopic>();
  for (const { section, topic: name, text } of passages) {
    const key = `${section}/${name}`;
    const topic = topics.get(key) ?? { documentId: id, title, version, section, name, sentences: [] };
    topic.sentences.push(withoutMarks(text));
    topics.set(key, topic);
  }
  return [...topics.values()];
};

/** What later documents of a repository have told already. */
interface Told {
  /** The end of the range that is being read: its documents for other readers tell the same. */
  to: string;
  ofThis: string[];
  ofLater: Set<string>;
  texts: Set<string>;
}

/** Reads the documents of one repository, the newest first. */
const createReader = () => {
  const told: Told = { to: '', ofThis: [], ofLater: new Set(), texts: new Set() };
  return (guide: DocumentGuide): DocumentTopic[] => {
    if (guide.to !== told.to) {
      for (const fact of told.ofThis) told.ofLater.add(fact);
      told.to = guide.to;
      told.ofThis = [];
    }
    told.ofThis.push(...guide.told);
    const current = guide.passages.filter(
      ({ text, facts }) => !told.texts.has(text) && !facts.some((fact) => told.ofLater.has(fact)),
    );
    for (const { text } of current) told.texts.add(text);
    return topicsOf(guide, current);
  };
};

/**
 * What documents say to users today (rule DO19): a sentence counts until a later document of the same repository
 * tells of one of its facts anew. `guides` come newest first.
 */
export const currentTopics = (guides: readonly DocumentGuide[]): DocumentTopic[] => {
  const readers = new Map<string, ReturnType<typeof createReader>>();
  return guides.flatMap((guide) => {
    const read = readers.get(guide.repository) ?? createReader();
    readers.set(guide.repository, read);
    return read(guide);
  });
};
