import { createHash } from 'node:crypto';
import { APIError, OpenAI } from 'openai';
import { z } from 'zod';
import { AiEngineFailure } from '../../errors/ai-engine-failure.ts';
import type { AiEngine, Analysis } from '../../ports/ai-engine.ts';
import type { Clock } from '../../ports/clock.ts';
import { withinDeadline } from '../../ports/deadline.ts';
import { failureOf } from './failures.ts';
import { systemPrompt, userMessage } from './prompt.ts';
import { readAnswer } from './read-answer.ts';
import { type OptionalParameters, parametersFor, withoutParameter } from './request-parameters.ts';
import { responseFormat } from './requested-answer.ts';
import { trustInSelfReport } from './self-reported-probabilities.ts';

export interface OpenAiEngineOptions {
  apiKey: string;
  /** Address of the API without `/chat/completions`. */
  baseUrl?: string | undefined;
  model: string;
  /** Longest wait for one attempt, its body included. */
  timeoutMs?: number;
  /** Wall time, for servers that name a date to be asked again. */
  clock: Pick<Clock, 'now'>;
}

const defaultBaseUrl = 'https://api.openai.com/v1';

/** As much of a completion as is used; the SDK does not check what a server sends. */
const completionSchema = z.object({
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
      }),
    )
    .min(1),
});

const readCompletion = (completion: unknown): Analysis => {
  const parsed = completionSchema.safeParse(completion);
  const choice = parsed.data?.choices[0];
  if (choice === undefined) throw new AiEngineFailure('answer_unusable');
  if (choice.message.refusal || choice.finish_reason === 'content_filter')
    throw new AiEngineFailure('answer_refused');
  if (choice.finish_reason === 'length') throw new AiEngineFailure('answer_truncated');
  const analysis = readAnswer(choice.message.content ?? '');
  if (analysis === undefined) throw new AiEngineFailure('answer_unusable');
  return analysis;
};

/** Everything that decides an answer, in short; a change of prompt or schema leaves old cache entries behind. */
const versionOf = (model: string, baseUrl: string): string => {
  const parts = JSON.stringify([baseUrl, model, systemPrompt, responseFormat, trustInSelfReport]);
  return `openai-${model}-${createHash('sha256').update(parts).digest('hex').slice(0, 12)}`;
};

/** The SDK reads variables of the environment by itself and may log; all of that is switched off. */
const createClient = (apiKey: string, baseURL: string, timeout: number): OpenAI =>
  new OpenAI({
    apiKey,
    baseURL,
    timeout,
    maxRetries: 0,
    logLevel: 'off',
    organization: null,
    project: null,
    adminAPIKey: null,
    webhookSecret: null,
  });

/**
 * Understands messages with OpenAI, or any server with its Chat Completions API and `json_schema` output. One
 * call is one attempt (plus one when the server does not know a parameter); retries and fallback are wrappers.
 * Fails with AiEngineFailure, or with the caller's own reason when `signal` aborts.
 */
export const createOpenAiEngine = (options: OpenAiEngineOptions): AiEngine => {
  const { apiKey, baseUrl = defaultBaseUrl, model, timeoutMs = 10_000, clock } = options;
  const client = createClient(apiKey, baseUrl, timeoutMs);
  let parameters = parametersFor(model);

  const complete = (text: string, used: OptionalParameters, signal: AbortSignal): Promise<unknown> =>
    client.chat.completions.create(
      {
        model,
        messages: [
          { role: 'system', content: systemPrompt },
          { role: 'user', content: userMessage(text) },
        ],
        response_format: responseFormat,
        ...used,
      },
      { signal },
    );

  const completeWithKnownParameters = async (text: string, signal: AbortSignal): Promise<unknown> => {
    for (let used = parameters; ; used = parameters) {
      try {
        return await complete(text, used, signal);
      } catch (error) {
        const refused = error instanceof APIError && error.status === 400 ? error.param : undefined;
        if (withoutParameter(used, refused) === undefined) throw error;
        // Another request may have learnt it in the meantime: drop it from what is known now.
        parameters = withoutParameter(parameters, refused) ?? parameters;
      }
    }
  };

  return {
    name: 'openai',
    version: versionOf(model, baseUrl),
    analyze: async (text, { signal } = {}) => {
      try {
        return await withinDeadline({ limitMs: timeoutMs, signal }, async (attempt) =>
          readCompletion(await completeWithKnownParameters(text, attempt)),
        );
      } catch (error) {
        signal?.throwIfAborted();
        throw failureOf(error, clock.now());
      }
    },
  };
};
