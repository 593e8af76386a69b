import { onTestFinished } from 'vitest';
import { createDocumentation } from '../documentation/documentation-service.ts';
import type { Repository } from '../documentation/repository.ts';
import { localDocumentWriter } from '../documentation/writers/document-writer.ts';
import type { RecordStore } from '../ports/record-store.ts';
import type { TrainingUpkeep } from '../ports/training-upkeep.ts';
import { createLogger } from '../telemetry/logger.ts';
import { createManualClock } from './manual-clock.ts';
import { createManualTimers } from './manual-timers.ts';
import { sampleFactReport } from './sample-facts.ts';

interface SampleDocumentationOptions {
  store: RecordStore;
  readFacts: Repository['readFacts'];
  training: TrainingUpkeep;
}

/** Documentation with the repository `shop`, whose last commit is that of the sample. */
export const openSampleDocumentation = ({ store, readFacts, training }: SampleDocumentationOptions) => {
  const clock = createManualClock();
  const resolve = async () => ({ to: sampleFactReport.range.to.commit });
  const documentation = createDocumentation({
    store,
    clock,
    timers: createManualTimers(clock),
    live: { publish: () => undefined },
    logger: createLogger({ level: 'silent' }),
    repositories: new Map([['shop', { resolve, isBefore: async () => false, readFacts }]]),
    writer: localDocumentWriter,
    training,
    onChange: () => undefined,
  });
  onTestFinished(() => documentation.stop());
  return { documentation, clock };
};
