import { startFakeOpenAi } from '../../../test/support/fake-openai.ts';
import { fails } from '../../../test/support/fake-openai-replies.ts';
import { describeAiEngine } from '../../ports/ai-engine.contract.ts';
import { createManualClock } from '../../testing/manual-clock.ts';
import { createLocalAiEngine } from '../local-ai/local-ai-engine.ts';
import { createMemoryCache } from '../memory/memory-cache.ts';
import { createOpenAiEngine } from '../openai/openai-engine.ts';
import { createResilientEngine } from './resilient-engine.ts';

describeAiEngine({
  name: 'OpenAI, down, with the local one behind it',
  answeredBy: 'local',
  open: async () => {
    const apiKey = 'sk-contract';
    const server = await startFakeOpenAi(apiKey);
    server.always(() => fails(503));
    const clock = createManualClock();
    const engine = createResilientEngine({
      primary: createOpenAiEngine({ apiKey, baseUrl: server.baseUrl, model: 'gpt-5-mini', clock }),
      fallback: await createLocalAiEngine(),
      cache: createMemoryCache({ clock }),
      clock,
      retry: { sleep: async (durationMs) => clock.advance(durationMs) },
    });
    return { engine, close: () => server.close() };
  },
});
