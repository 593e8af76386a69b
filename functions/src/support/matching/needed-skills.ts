import type { Skill } from '../../ports/records.ts';
import type { Category } from '../../protocol/enumerations.ts';
import { spacedWords } from '../text-folding.ts';

/** A skill that an issue calls for, and what in the issue called for it. */
export interface SkillNeed {
  skill: string;
  required: boolean;
  /** The keyword that was found, or the category. */
  because: string;
}

/**
 * The skills an issue needs: those whose keywords stand in its text as whole words (accents and case aside), and
 * those that belong to its category.
 */
export const neededSkills = (
  issue: string,
  category: Category,
  skills: readonly Omit<Skill, 'id'>[],
): SkillNeed[] => {
  const text = spacedWords(issue);
  return skills.flatMap(({ name, keywords, categories, required }) => {
    const keyword = keywords.find((candidate) => text.includes(spacedWords(candidate)));
    if (keyword !== undefined) return [{ skill: name, required, because: keyword }];
    return categories.includes(category) ? [{ skill: name, required, because: category }] : [];
  });
};
