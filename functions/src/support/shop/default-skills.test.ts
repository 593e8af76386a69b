import { describe, expect, it } from 'vitest';
import type { Category } from '../../protocol/enumerations.ts';
import { neededSkills } from '../matching/needed-skills.ts';
import { defaultSkills } from './default-skills.ts';

describe('the skills a new shop starts with', () => {
  it.each<[string, Category, string[]]>([
    ['Our two banners hang crooked', 'revision', ['artwork-changes', 'signage-and-large-format']],
    ['The mugs came without handles', 'general', ['apparel-and-gifts', 'billing-and-accounts']],
    ['Please send all invoices again', 'general', ['billing-and-accounts']],
    ['The proofs show other colours', 'approval', ['colour-management', 'proofs-and-approvals']],
    ['I cannot sign in', 'general', ['billing-and-accounts']],
    ['The letters of our shop sign fell off', 'revision', ['artwork-changes', 'signage-and-large-format']],
  ])('[RO6] "%s" calls for what it is about', (issue, category, skills) => {
    const needed = neededSkills(issue, category, defaultSkills).map(({ skill }) => skill);
    expect(needed.sort()).toEqual(skills);
  });
});
