import type { Analysis } from '../../ports/ai-engine.ts';
import type { KnowledgeMatch } from './knowledge-match.ts';

/** What tells whether an article or a document helps with an issue. */
export interface MatchEvidence {
  /** Share of the telling words that it holds. */
  coverage: number;
  /** Rank score of the match on a logarithmic scale. */
  score: number;
  /** Words in the longest keyword of an article that the issue contains, 3 at most; a document has none. */
  keyword: number;
  /** The match's score as a share of the best one's. */
  relative: number;
  /** Probability that the sender wants something that articles give: an answer, or help with a fault. */
  asking: number;
}

export const evidenceOf = (
  match: KnowledgeMatch,
  best: KnowledgeMatch,
  analysis: Analysis,
): MatchEvidence => ({
  coverage: match.coverage,
  score: Math.log1p(match.score),
  keyword: Math.min(3, match.keywordWords),
  relative: match.score / best.score,
  asking: analysis.scores.question + analysis.scores.technical,
});

/** Log-odds, fitted on questions with known articles (testing/article-questions.ts) and rounded. */
const weights = { base: -11.6, coverage: 1.1, score: 1.1, keyword: 1, relative: 5.2, asking: 1.5 };

/** Probability that it helps with the issue. */
export const helpfulness = (evidence: MatchEvidence): number => {
  const { coverage, score, keyword, relative, asking } = evidence;
  const logOdds =
    weights.base +
    weights.coverage * coverage +
    weights.score * score +
    weights.keyword * keyword +
    weights.relative * relative +
    weights.asking * asking;
  return 1 / (1 + Math.exp(-logOdds));
};
