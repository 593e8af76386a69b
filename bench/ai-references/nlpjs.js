import { createRequire } from 'node:module';
import { timeClassifier } from '../ai/time-classifier.js';

/** NLP.js with its four language packs; each message is given with its language, so none has to be guessed. */
const require = createRequire(import.meta.url);
const { containerBootstrap } = require('@nlpjs/core');
const { Nlp } = require('@nlpjs/nlp');
const packs = [
  require('@nlpjs/lang-en').LangEn,
  require('@nlpjs/lang-de').LangDe,
  require('@nlpjs/lang-es').LangEs,
  require('@nlpjs/lang-fr').LangFr,
];

const createManager = async () => {
  const container = await containerBootstrap();
  container.use(Nlp);
  for (const pack of packs) container.use(pack);
  const manager = container.get('nlp');
  manager.settings.autoSave = false;
  container.registerConfiguration('nlu-??', { log: false }, true);
  return manager;
};

const trained = await createManager();

await timeClassifier({
  train: async (messages) => {
    for (const language of ['en', 'de', 'es', 'fr']) trained.addLanguage(language);
    for (const { language, text, category } of messages) trained.addDocument(language, text, category);
    await trained.train();
  },
  save: async () => trained.export(),
  load: async (saved) => {
    const manager = await createManager();
    manager.import(String(saved));
    return async ({ language, text }) => {
      const { classifications } = await manager.process(language, text);
      return classifications[0].intent;
    };
  },
});
