import { describeAiEngine } from '../../ports/ai-engine.contract.ts';
import { createLocalAiEngine } from './local-ai-engine.ts';

describeAiEngine({ name: 'local', open: async () => ({ engine: await createLocalAiEngine() }) });
