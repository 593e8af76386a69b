import { channelFigures } from './channel-figures.ts';
import { featureRows, fitWeights, labelDoubt, weightsTable } from './channel-fit.ts';
import type { Judged } from './evaluation.ts';

const fitOptions = { ridge: 1, iterations: 400 } as const;

/**
 * The channel policy as it stands in the code, judged on answers of models that never saw the message, and the
 * weights that a fresh fit on those answers would give: what to round into channel-weights.ts when they differ.
 */
export const channelReport = (judged: readonly Judged[], judgedHoldout: readonly Judged[]): string =>
  `${[
    '# The channel policy: report of its fit',
    'Written by `npm run train`. The policy itself is the table in `src/support/routing/channel-weights.ts`, rounded by hand; nothing reads this file.',
    '## Cross-validated answers',
    channelFigures(judged),
    '## Frozen holdout',
    'Never fitted on.',
    channelFigures(judgedHoldout),
    '## A fresh fit',
    `Multinomial logistic regression over the features of \`channel-features.ts\` (ridge ${fitOptions.ridge}, ${labelDoubt * 100} % of the labels in doubt); columns ai-chatbot, live-chat, co-browse, video-call.`,
    `\`\`\`\n${weightsTable(fitWeights(featureRows(judged), fitOptions))}\n\`\`\``,
  ].join('\n\n')}\n`;
