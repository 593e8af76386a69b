import { narrationSeconds } from '../../protocol/captions.ts';
import type { Sentence, VideoScript } from '../../protocol/documentation.ts';
import type { Fact, FactRange } from '../../protocol/facts.ts';
import { longestSceneSeconds, longestSceneText, mostFactIds } from '../../protocol/training-bounds.ts';
import type { Scene } from '../../protocol/video-script.ts';
import { digest } from './digest.ts';
import type { FactIndex } from './fact-index.ts';
import { isMessageFact, nameOf } from './fact-names.ts';
import { code } from './plain-text.ts';
import { rangeTitle } from './user-documentation.ts';

const maximumScenes = 12;

/** Spoken text has no marks of code. */
export const spoken = (text: string): string => text.replaceAll('`', '');

const actionOf = (fact: Fact): string => {
  const name = nameOf(fact);
  const { after: side } = fact;
  switch (side?.type) {
    case 'route':
      return `Show the request ${name} and its reply.`;
    case 'text':
      return `Show ${name} in \`${side.component}\` and point at it.`;
    case 'setting':
      return `Show the settings and mark ${name}.`;
    case 'flag':
      return `Show a terminal and mark ${name}.`;
    case 'component':
      return `Show the component ${name}.`;
    case 'api':
      return `Show the code and mark ${name}.`;
    case 'dependency':
      return `Show the line of ${name}${fact.file === undefined ? '' : ` in ${code(fact.file)}`}.`;
    // What people said, and what is gone and cannot be shown.
    case undefined:
      return 'Show this sentence as a title.';
  }
};

/** What is spoken in half a minute; of more, the first sentence tells what has changed. */
const longestNarration = 400;

const narrationOf = (text: string): string =>
  text.length <= longestNarration ? text : (/^.*?[.!?](?=\s|$)/.exec(text)?.[0] ?? text);

/** What is said and seen of one sentence. */
export const sceneOf = ({ text, facts }: Sentence, index: FactIndex): Scene => {
  const known = facts.flatMap((id) => index.get(id) ?? []);
  const shown = known.find((fact) => !isMessageFact(fact)) ?? known[0];
  const narration = spoken(narrationOf(text));
  return {
    id: digest(narration, ...facts),
    narration,
    action: shown === undefined ? 'Show the title.' : actionOf(shown),
    seconds: narrationSeconds(narration),
    facts,
  };
};

/** Whether it is a scene at all: what is longer nobody would listen to. */
const fits = ({ narration, action, seconds, facts }: Scene): boolean =>
  narration.trim() !== '' &&
  [narration, action].every((text) => text.length <= longestSceneText) &&
  seconds <= longestSceneSeconds &&
  facts.length <= mostFactIds;

/** A scene for each of the most important sentences, after a title. */
export const writeVideoScript = (
  sentences: readonly Sentence[],
  index: FactIndex,
  range: FactRange,
): VideoScript => {
  const title = rangeTitle(range);
  const scenes = sentences
    .slice(0, maximumScenes)
    .map((sentence) => sceneOf(sentence, index))
    .filter(fits);
  const opening = scenes.length === 0 ? [] : [sceneOf({ text: `${title}.`, facts: [] }, index)];
  const all = [...opening, ...scenes];
  return { title, seconds: all.reduce((sum, { seconds }) => sum + seconds, 0), scenes: all };
};
