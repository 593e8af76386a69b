import type { Stale } from '../protocol/fact-references.ts';
import type { ModuleContent } from '../protocol/training.ts';

/** What a module consists of, whatever its type: scenes, steps or questions. */
export interface ModulePart {
  kind: 'scene' | 'step' | 'question';
  id: string;
  text: string;
  facts: string[];
  stale?: Stale | undefined;
}

export const partsOf = (content: ModuleContent): ModulePart[] => {
  if (content.type === 'video')
    return content.scenes.map((scene) => ({ ...scene, kind: 'scene', text: scene.narration }));
  if (content.type === 'interactive') return content.steps.map((step) => ({ ...step, kind: 'step' }));
  return content.questions.map((question) => ({ ...question, kind: 'question', text: question.question }));
};

type Markable = { facts: string[]; stale?: Stale | undefined };

const markItem = <Item extends Markable>(item: Item, changed: ReadonlyMap<string, Stale>): Item => {
  if (item.stale !== undefined) return item;
  const [stale] = item.facts.flatMap((id) => changed.get(id) ?? []);
  return stale === undefined ? item : { ...item, stale };
};

/** Marks exactly the parts that rest on a changed fact; `changed` tells of each why it is not so any more. */
export const markStale = (content: ModuleContent, changed: ReadonlyMap<string, Stale>): ModuleContent => {
  if (content.type === 'video')
    return { ...content, scenes: content.scenes.map((scene) => markItem(scene, changed)) };
  if (content.type === 'interactive')
    return { ...content, steps: content.steps.map((step) => markItem(step, changed)) };
  return { ...content, questions: content.questions.map((question) => markItem(question, changed)) };
};

/** Whether anything in it is not true any more. */
export const hasStale = (content: ModuleContent): boolean =>
  partsOf(content).some(({ stale }) => stale !== undefined);
