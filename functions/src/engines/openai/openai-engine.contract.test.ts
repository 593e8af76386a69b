import { startFakeOpenAi } from '../../../test/support/fake-openai.ts';
import { answers } from '../../../test/support/fake-openai-replies.ts';
import { modelAnswerTo } from '../../../test/support/openai-answers.ts';
import { describeAiEngine } from '../../ports/ai-engine.contract.ts';
import { createOpenAiEngine } from './openai-engine.ts';

describeAiEngine({
  name: 'OpenAI',
  open: async () => {
    const apiKey = 'sk-contract';
    const server = await startFakeOpenAi(apiKey);
    server.always((text) => answers(modelAnswerTo(text)));
    const engine = createOpenAiEngine({ apiKey, baseUrl: server.baseUrl, model: 'gpt-5-mini', clock: Date });
    return { engine, close: () => server.close() };
  },
});
