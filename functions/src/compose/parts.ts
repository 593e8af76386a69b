import type { Config } from '../config.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Ai } from './ai-engine.ts';
import type { ComposedDocumentation } from './documentation.ts';
import type { Engines } from './engines.ts';
import type { Services } from './services.ts';

/** What a server is made of; its gateway is put in front of it. */
export interface Parts {
  config: Config;
  logger: Logger;
  engines: Engines;
  ai: Ai;
  services: Services;
  documentation: ComposedDocumentation;
}
