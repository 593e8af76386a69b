import type { Scene } from './video-script.ts';

/** How fast narration is spoken; 140 words a minute leaves time to look at what is shown. */
export const wordsPerMinute = 140;
/** A scene is shown at least so long, however short its sentence. */
const shortestSceneSeconds = 4;

const wordsOf = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '');

const countWords = (text: string): number => wordsOf(text).length;

/** Time that a narration takes, in whole seconds. */
export const narrationSeconds = (narration: string): number =>
  Math.max(shortestSceneSeconds, Math.ceil((countWords(narration) * 60) / wordsPerMinute));

const pad = (value: number, length = 2): string => String(value).padStart(length, '0');

const cueTime = (milliseconds: number): string => {
  const seconds = Math.floor(milliseconds / 1_000);
  const clock = [seconds / 3_600, (seconds / 60) % 60, seconds % 60].map((part) => pad(Math.floor(part)));
  return `${clock.join(':')}.${pad(milliseconds % 1_000, 3)}`;
};

/** Longest line of a caption; players cut what is wider. */
const captionWidth = 42;

const captionLines = (text: string): string[] => {
  const lines: string[] = [];
  for (const word of wordsOf(text)) {
    const line = lines.at(-1);
    if (line !== undefined && `${line} ${word}`.length <= captionWidth)
      lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
};

/** In a cue `<` begins markup and `&` an entity (WebVTT, section 4.2). */
const cueText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

interface Cue {
  startMs: number;
  endMs: number;
  lines: string[];
}

/** Two lines a cue; each cue gets the share of its scene that its words take. */
const cuesOf = (scene: Scene, sceneStartMs: number): Cue[] => {
  const lines = captionLines(scene.narration);
  const pairs = Array.from({ length: Math.ceil(lines.length / 2) }, (_, index) =>
    lines.slice(index * 2, index * 2 + 2),
  );
  const total = countWords(scene.narration);
  let words = 0;
  const at = (count: number) => sceneStartMs + Math.round((scene.seconds * 1_000 * count) / total);
  return pairs.map((pair) => {
    const startMs = at(words);
    words += countWords(pair.join(' '));
    return { startMs, endMs: at(words), lines: pair };
  });
};

/** The narration as captions in WebVTT. */
export const webVtt = (scenes: readonly Scene[]): string => {
  let startMs = 0;
  const cues = scenes.flatMap((scene) => {
    const made = cuesOf(scene, startMs);
    // A cue begins at a whole millisecond, however a scene's seconds are written.
    startMs += Math.round(scene.seconds * 1_000);
    return made;
  });
  const blocks = cues.map(
    (cue, index) =>
      `${index + 1}\n${cueTime(cue.startMs)} --> ${cueTime(cue.endMs)}\n${cue.lines.map(cueText).join('\n')}`,
  );
  return `${['WEBVTT', ...blocks].join('\n\n')}\n`;
};
