import { AiEngineFailure } from '../../errors/ai-engine-failure.ts';
import type { SentenceDraft, SentenceRewriter } from '../../ports/sentence-rewriter.ts';
import type { Document, Sentence } from '../../protocol/documentation.ts';
import { objectionsTo } from '../gate/gate.ts';
import type { Objection } from '../gate/objection.ts';
import { digest } from './digest.ts';
import { mapSentences, sentencesOf } from './document-sentences.ts';
import type { DocumentWriter } from './document-writer.ts';
import { localWriterVersion, writeDocument } from './local-writer.ts';
import { plainText } from './plain-text.ts';

/** Sentences of one request: more would be answered less carefully. */
const batchSize = 20;
/** The first wording and two more (rule DO3). */
const tries = 3;

const keyOf = ({ text, facts }: Sentence): string => digest(text, ...facts);

const complaintOf = (objections: readonly Objection[]): string =>
  objections
    .map(({ kind, name }) => `${kind}: ${name}`)
    .join('; ')
    .slice(0, 500);

const draftsOf = (document: Document): SentenceDraft[] => {
  const byId = new Map(document.facts.map((fact) => [fact.id, fact]));
  const drafts = sentencesOf(document).map((sentence) => ({
    id: keyOf(sentence),
    text: sentence.text,
    facts: sentence.facts.flatMap((id) => byId.get(id) ?? []),
  }));
  return [...new Map(drafts.map((draft) => [draft.id, draft])).values()];
};

interface Wordings {
  accepted: Map<string, string>;
  refused: number;
}

export const createRewritingWriter = (rewriter: SentenceRewriter): DocumentWriter => {
  /** One batch until all is accepted or the tries are used up; a server that fails ends it at once. */
  const word = async (
    drafts: readonly SentenceDraft[],
    document: Document,
    signal: AbortSignal | undefined,
  ): Promise<Wordings> => {
    const accepted = new Map<string, string>();
    let open = [...drafts];
    for (let attempt = 0; attempt < tries && open.length > 0; attempt += 1) {
      const wordings = await rewriter.rewrite(open, { signal });
      open = open.flatMap((draft) => {
        const text = plainText(wordings.get(draft.id) ?? '');
        const objections = text === '' ? [] : objectionsTo(text, draft.facts, document.range);
        if (text !== '' && objections.length === 0) accepted.set(draft.id, text);
        return accepted.has(draft.id) ? [] : [{ ...draft, complaint: complaintOf(objections) }];
      });
    }
    return { accepted, refused: open.length };
  };

  const wordAll = async (document: Document, signal: AbortSignal | undefined): Promise<Wordings> => {
    const drafts = draftsOf(document);
    const all: Wordings = { accepted: new Map(), refused: 0 };
    for (let at = 0; at < drafts.length; at += batchSize) {
      try {
        const { accepted, refused } = await word(drafts.slice(at, at + batchSize), document, signal);
        for (const [id, text] of accepted) all.accepted.set(id, text);
        all.refused += refused;
      } catch (error) {
        if (!(error instanceof AiEngineFailure)) throw error;
        return all;
      }
    }
    return all;
  };

  return {
    version: `${localWriterVersion}-${rewriter.version}`,
    write: async (report, audience, { signal } = {}) => {
      const document = writeDocument(report, audience);
      const { accepted, refused } = await wordAll(document, signal);
      const worded = mapSentences(document, (sentence) => ({
        ...sentence,
        text: accepted.get(keyOf(sentence)) ?? sentence.text,
      }));
      return { ...worded, stats: { ...document.stats, replaced: document.stats.replaced + refused } };
    },
  };
};
