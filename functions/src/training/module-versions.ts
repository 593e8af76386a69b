import type { RecordWriter } from '../ports/record-store.ts';
import type { TrainingModule, TrainingVersion } from '../ports/records.ts';

export const versionId = (moduleId: string, version: number): string => `${moduleId}-${version}`;

const versionOf = (module: TrainingModule): TrainingVersion => ({
  id: versionId(module.id, module.version),
  moduleId: module.id,
  version: module.version,
  title: module.title,
  category: module.category,
  content: module.content,
  sourceFacts: module.sourceFacts,
  madeAt: module.updatedAt,
});

/** Writes a module as it stands now, and keeps this version for the attempts that are made on it. */
export const keepModule = (writer: RecordWriter, module: TrainingModule): TrainingModule => {
  writer.put('trainingModules', module);
  writer.create('trainingVersions', versionOf(module));
  return module;
};
