import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { classifierFigures } from './facts/classifier-figures.ts';
import { detectorFigures } from './facts/detector-figures.ts';
import { factsReport } from './facts/facts-report.ts';
import { judgeGenerated, judgeHandwritten } from './facts/judge-repositories.ts';
import { readLabelledCommits } from './facts/labelled-commits.ts';
import { trainPlainClassifier } from './facts/plain-classifier.ts';

const dataFile = (name: string): URL => new URL(`../data/${name}`, import.meta.url);

const folder = mkdtempSync(join(tmpdir(), 'proofdesk-facts-'));
try {
  const tuning = readLabelledCommits(dataFile('commit-messages-tuning.tsv'));
  const plain = trainPlainClassifier(tuning);
  const generated = await judgeGenerated(folder);
  const handwritten = await judgeHandwritten(folder);
  const report = factsReport({
    generated: { commits: generated.length, figures: detectorFigures(generated) },
    handwritten,
    classifier: [
      classifierFigures('tuning set', tuning, plain),
      classifierFigures('blind set', readLabelledCommits(dataFile('commit-messages-blind.tsv')), plain),
      classifierFigures(
        'history of this project',
        readLabelledCommits(dataFile('commit-messages-own.tsv')),
        plain,
      ),
    ],
  });
  writeFileSync(new URL('../model/facts-report.md', import.meta.url), report);
  console.log(report);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
