import { operation } from '../../gateway/operation.ts';
import { suggestAnswersSchema, suggestionsReplySchema } from '../../protocol/support.ts';
import type { SuggestionService } from './suggestion-service.ts';

/** Suggested answers for an issue. */
export const suggestionOperations = (suggestions: SuggestionService) => [
  operation({
    id: 'suggestAnswers',
    method: 'post',
    path: '/api/v1/support/suggestions',
    tag: 'Support',
    summary: 'Suggest answers from the knowledge articles and the documentation',
    description:
      'Each suggestion is made of the sentences of the article or document it names (of a document those for ' +
      'users alone); when none is likely to help, a plain question without sources is suggested.',
    body: suggestAnswersSchema,
    replies: { 200: { description: 'The likeliest to help first', schema: suggestionsReplySchema } },
    errors: ['not_found', 'unavailable'],
    handle: async ({ user, body: { issue, sessionId } }) => ({
      status: 200,
      body: { suggestions: await suggestions.suggest(user, issue, sessionId) },
    }),
  }),
];
