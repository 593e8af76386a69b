import { createHash } from 'node:crypto';
import type { AiEngine } from '../../ports/ai-engine.ts';
import type { Clock } from '../../ports/clock.ts';
import { createChat, defaultBaseUrl } from './chat.ts';
import { systemPrompt, userMessage } from './prompt.ts';
import { readAnswer } from './read-answer.ts';
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

/** Everything that decides an answer, in short; a change of prompt or schema leaves old cache entries behind. */
const versionOf = (model: string, baseUrl: string): string => {
  const parts = JSON.stringify([baseUrl, model, systemPrompt, responseFormat, trustInSelfReport]);
  return `openai-${model}-${createHash('sha256').update(parts).digest('hex').slice(0, 12)}`;
};

/** Understands messages with OpenAI; fails as `createChat` says. */
export const createOpenAiEngine = (options: OpenAiEngineOptions): AiEngine => {
  const { baseUrl = defaultBaseUrl, model, timeoutMs = 10_000 } = options;
  const ask = createChat({ ...options, timeoutMs, length: 'short' });
  return {
    name: 'openai',
    version: versionOf(model, baseUrl),
    analyze: (text, callOptions) =>
      ask({ system: systemPrompt, user: userMessage(text), responseFormat }, readAnswer, callOptions),
  };
};
