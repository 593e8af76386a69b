import type { Identity } from '../ports/identity.ts';
import type { TrainingModule, TrainingVersion } from '../ports/records.ts';
import { webVtt } from '../protocol/captions.ts';
import type { ModuleContent, ModuleContentView, ModuleSummary, ModuleView } from '../protocol/training.ts';

/** Before the attempt nobody is shown right options and explanations (rule TR2) but who writes them. */
const presentContent = ({ role }: Identity, content: ModuleContent): ModuleContentView => {
  if (content.type === 'video') return { ...content, captions: webVtt(content.scenes) };
  if (content.type === 'interactive' || role === 'admin') return content;
  const questions = content.questions.map(({ correct: _, explanation: __, ...question }) => question);
  return { ...content, questions };
};

export const presentSummary = (module: TrainingModule): ModuleSummary => {
  const { content: _, sourceFacts: __, ...summary } = module;
  return summary;
};

export const presentModule = (reader: Identity, module: TrainingModule): ModuleView => ({
  ...presentSummary(module),
  content: presentContent(reader, module.content),
  sourceFacts: module.sourceFacts.map(({ id }) => id),
});

/** An earlier version of a module, shown in the place of the newest. */
export const atVersion = (module: TrainingModule, kept: TrainingVersion): TrainingModule => {
  const { staleSince: _, ...current } = module;
  const { title, category, content, version, sourceFacts, madeAt } = kept;
  return {
    ...current,
    title,
    category,
    content,
    version,
    sourceFacts,
    updatedAt: madeAt,
    type: content.type,
  };
};
