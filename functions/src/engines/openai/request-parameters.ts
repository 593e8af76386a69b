/** Parameters of a request that a server or model may not know. */
export interface OptionalParameters {
  temperature?: number;
  seed?: number;
  reasoning_effort?: 'minimal' | 'low';
  max_completion_tokens?: number;
  max_tokens?: number;
}

/** A classification, or sentences. */
export type AnswerLength = 'short' | 'long';

/** A classification has about 200 tokens; models that reason spend the same allowance on their thoughts. */
const answerTokens: Record<AnswerLength, number> = { short: 600, long: 4_000 };
const reasoningAndAnswerTokens: Record<AnswerLength, number> = { short: 3_000, long: 12_000 };

const reasons = (model: string): boolean => /^(o\d|gpt-5(?!.*chat))/.test(model);
const reasonsMinimally = (model: string): boolean => /^gpt-5(-mini|-nano)?(-\d{4}|$)/.test(model);

/** The steadiest and shortest answer that a model of this name is expected to give. */
export const parametersFor = (model: string, length: AnswerLength): OptionalParameters =>
  reasons(model)
    ? {
        reasoning_effort: reasonsMinimally(model) ? 'minimal' : 'low',
        max_completion_tokens: reasoningAndAnswerTokens[length],
      }
    : { temperature: 0, seed: 1, max_completion_tokens: answerTokens[length] };

/**
 * The same parameters without the one that the server named in its complaint, or nothing when there is none to
 * drop. The bound on the answer's length is never dropped: it only goes back to its older name.
 */
export const withoutParameter = (
  parameters: OptionalParameters,
  refused: string | null | undefined,
): OptionalParameters | undefined => {
  if (refused === 'max_completion_tokens' && parameters.max_completion_tokens !== undefined) {
    const { max_completion_tokens: max_tokens, ...rest } = parameters;
    return { ...rest, max_tokens };
  }
  if (refused !== 'temperature' && refused !== 'seed' && refused !== 'reasoning_effort') return undefined;
  if (parameters[refused] === undefined) return undefined;
  const { [refused]: _dropped, ...rest } = parameters;
  return rest;
};
