import type { Config } from '../config.ts';
import { createDocumentation } from '../documentation/documentation-service.ts';
import { createWebhook } from '../documentation/webhook/webhook-service.ts';
import { type DocumentWriter, localDocumentWriter } from '../documentation/writers/document-writer.ts';
import { createRewritingWriter } from '../documentation/writers/rewriting-writer.ts';
import type { TrainingUpkeep } from '../ports/training-upkeep.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Engines } from './engines.ts';
import { openRepository } from './repositories.ts';
import { clock, timers } from './system-time.ts';

export interface DocumentationParts {
  config: Config;
  engines: Engines;
  logger: Logger;
  training: TrainingUpkeep;
  /** Documents were kept or withdrawn. */
  onChange(): void;
}

/** The templates alone, or OpenAI's wordings of them; the SDK is loaded only when it is chosen. */
const createWriter = async ({ openai }: Config): Promise<DocumentWriter> => {
  if (openai === undefined) return localDocumentWriter;
  const { createOpenAiRewriter } = await import('../engines/openai/openai-rewriter.ts');
  return createRewritingWriter(createOpenAiRewriter({ ...openai, clock }));
};

/** Documents of the allowed repositories, and the webhook that asks for them. */
export const composeDocumentation = async (parts: DocumentationParts) => {
  const { config, engines, logger, training, onChange } = parts;
  const { repositories, gitEnvironment, webhookSecret } = config.docs;
  const opened = [...repositories].map(
    ([name, folder]) => [name, openRepository(folder, gitEnvironment)] as const,
  );
  const documentation = createDocumentation({
    ...engines,
    clock,
    timers,
    logger,
    repositories: new Map(opened),
    writer: await createWriter(config),
    training,
    onChange,
  });
  return { documentation, webhook: createWebhook(documentation, webhookSecret) };
};

export type ComposedDocumentation = Awaited<ReturnType<typeof composeDocumentation>>;
