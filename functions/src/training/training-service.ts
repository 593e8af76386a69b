import type { Clock } from '../ports/clock.ts';
import type { RecordStore } from '../ports/record-store.ts';
import type { TrainingUpkeep } from '../ports/training-upkeep.ts';
import type { StalenessView } from '../protocol/training.ts';
import { createModuleService, type ModuleService } from './module-service.ts';
import { createModuleUpkeep } from './module-upkeep.ts';
import { createProgressReport, type ProgressReport } from './progress-report.ts';
import { createProgressService, type ProgressService } from './progress-service.ts';
import { createStalenessReader } from './staleness.ts';

/** Modules, what people did with them, and what keeps them true. */
export interface Training {
  modules: ModuleService;
  progress: ProgressService;
  report: ProgressReport;
  upkeep: TrainingUpkeep;
  readStaleness(moduleId: string): Promise<StalenessView>;
}

export const createTraining = (options: { store: RecordStore; clock: Clock }): Training => ({
  modules: createModuleService(options),
  progress: createProgressService(options),
  report: createProgressReport(options.store),
  upkeep: createModuleUpkeep(options),
  readStaleness: createStalenessReader(options.store),
});
