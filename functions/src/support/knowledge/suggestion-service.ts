import type { AiEngine, Analysis } from '../../ports/ai-engine.ts';
import type { Identity } from '../../ports/identity.ts';
import type { SupportSession } from '../../ports/records.ts';
import type { Suggestion } from '../../protocol/support.ts';
import { clarifyingQuestion } from './clarifying-questions.ts';
import type { KnowledgeIndex } from './knowledge-index.ts';
import { quotableOf, sourceOf } from './knowledge-item.ts';
import type { KnowledgeMatch } from './knowledge-match.ts';
import { quoteFor } from './quote.ts';
import { evidenceOf, helpfulness } from './suggestion-confidence.ts';

/** Suggests answers that rest on articles and on the part of documents that is for users (rule RO9). */
export interface SuggestionService {
  /**
   * At most three suggestions, the likeliest to help first, each in the words of the article or document
   * it names; or one plain question when none is likely to help. With a session its issue is looked at too; AppError
   * `not_found` or `forbidden` when the user may not read it.
   */
  suggest(user: Identity, issue: string, sessionId?: string): Promise<Suggestion[]>;
}

export interface SuggestionServiceOptions {
  index: KnowledgeIndex;
  /** Behind its cache. */
  engine: AiEngine;
  /** The session, if the user may read it. */
  readSession(user: Identity, sessionId: string): Promise<SupportSession>;
}

const mostSuggestions = 3;
const matchesLookedAt = 8;
/** Below this nothing is offered: a question helps more than an answer to something else. */
const leastHelpful = 0.35;

interface Judged {
  match: KnowledgeMatch;
  confidence: number;
}

const rounded = (probability: number): number => Math.round(probability * 1_000) / 1_000;

const presentMatch = (issue: string, { match: { item }, confidence }: Judged): Suggestion => ({
  text: quoteFor(issue, quotableOf(item)),
  confidence: rounded(confidence),
  sources: [sourceOf(item)],
});

export const createSuggestionService = ({
  index,
  engine,
  readSession,
}: SuggestionServiceOptions): SuggestionService => {
  const judged = async (text: string, analysis: Analysis): Promise<Judged[]> => {
    const matches = await index.search(text, matchesLookedAt);
    const [best] = matches;
    if (best === undefined) return [];
    return matches
      .map((match) => ({ match, confidence: helpfulness(evidenceOf(match, best, analysis)) }))
      .sort((left, right) => right.confidence - left.confidence);
  };

  const helpful = (candidates: readonly Judged[]): Judged[] =>
    candidates.filter(({ confidence }) => confidence >= leastHelpful).slice(0, mostSuggestions);

  return {
    suggest: async (user, issue, sessionId) => {
      const session = sessionId === undefined ? undefined : await readSession(user, sessionId);
      const analysis = await engine.analyze(issue);
      let text = issue;
      let candidates = await judged(text, analysis);
      if (helpful(candidates).length === 0 && session !== undefined) {
        text = `${issue}\n${session.issue}`;
        candidates = await judged(text, await engine.analyze(session.issue));
      }
      const found = helpful(candidates);
      if (found.length > 0) return found.map((each) => presentMatch(text, each));
      // Nothing else is likely to help: the question is as sure as that.
      const confidence = rounded(1 - (candidates[0]?.confidence ?? 0));
      return [{ text: clarifyingQuestion(analysis.category, analysis.language), confidence, sources: [] }];
    },
  };
};
