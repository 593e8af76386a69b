import { APIError, OpenAI } from 'openai';
import { z } from 'zod';
import { AiEngineFailure } from '../../errors/ai-engine-failure.ts';
import type { Clock } from '../../ports/clock.ts';
import { withinDeadline } from '../../ports/deadline.ts';
import { failureOf } from './failures.ts';
import {
  type AnswerLength,
  type OptionalParameters,
  parametersFor,
  withoutParameter,
} from './request-parameters.ts';

export interface ChatOptions {
  apiKey: string;
  /** Address of the API without `/chat/completions`. */
  baseUrl?: string | undefined;
  model: string;
  /** Longest wait for one attempt, its body included. */
  timeoutMs: number;
  length: AnswerLength;
  /** Wall time, for servers that name a date to be asked again. */
  clock: Pick<Clock, 'now'>;
}

/** What is asked for: instructions, data, and the closed schema of the answer. */
export interface ChatRequest {
  system: string;
  user: string;
  responseFormat: {
    type: 'json_schema';
    json_schema: { name: string; strict: boolean; schema: Record<string, unknown> };
  };
}

export const defaultBaseUrl = 'https://api.openai.com/v1';

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

const contentOf = (completion: unknown): string => {
  const parsed = completionSchema.safeParse(completion);
  const choice = parsed.data?.choices[0];
  if (choice === undefined) throw new AiEngineFailure('answer_unusable');
  if (choice.message.refusal || choice.finish_reason === 'content_filter')
    throw new AiEngineFailure('answer_refused');
  if (choice.finish_reason === 'length') throw new AiEngineFailure('answer_truncated');
  return choice.message.content ?? '';
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

/** Asks once and reads the answer. */
export type Ask = <Answer>(
  request: ChatRequest,
  read: (content: string) => Answer | undefined,
  options?: { signal?: AbortSignal | undefined },
) => Promise<Answer>;

/**
 * Asks OpenAI, or any server with its Chat Completions API and `json_schema` output. One call is one attempt (plus
 * one when the server does not know a parameter); retries and fallback are wrappers. Fails with AiEngineFailure,
 * or with the caller's own reason when `signal` aborts.
 */
export const createChat = (options: ChatOptions): Ask => {
  const { apiKey, baseUrl = defaultBaseUrl, model, timeoutMs, clock } = options;
  const client = createClient(apiKey, baseUrl, timeoutMs);
  let parameters = parametersFor(model, options.length);

  const complete = (request: ChatRequest, used: OptionalParameters, signal: AbortSignal): Promise<unknown> =>
    client.chat.completions.create(
      {
        model,
        messages: [
          { role: 'system', content: request.system },
          { role: 'user', content: request.user },
        ],
        response_format: request.responseFormat,
        ...used,
      },
      { signal },
    );

  const completeWithKnownParameters = async (request: ChatRequest, signal: AbortSignal): Promise<unknown> => {
    for (let used = parameters; ; used = parameters) {
      try {
        return await complete(request, used, signal);
      } catch (error) {
        const refused = error instanceof APIError && error.status === 400 ? error.param : undefined;
        if (withoutParameter(used, refused) === undefined) throw error;
        // Another request may have learnt it in the meantime: drop it from what is known now.
        parameters = withoutParameter(parameters, refused) ?? parameters;
      }
    }
  };

  return async (request, read, { signal } = {}) => {
    try {
      return await withinDeadline({ limitMs: timeoutMs, signal }, async (attempt) => {
        const answer = read(contentOf(await completeWithKnownParameters(request, attempt)));
        if (answer === undefined) throw new AiEngineFailure('answer_unusable');
        return answer;
      });
    } catch (error) {
      signal?.throwIfAborted();
      throw failureOf(error, clock.now());
    }
  };
};
