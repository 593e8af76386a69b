import { AppError } from '../../errors/app-error.ts';
import type { Agent, Skill } from '../../ports/records.ts';

/** Refuses skills that the table does not have: no issue would ever call for one with a slip in its name. */
export const ensureKnownSkills = (skills: Agent['skills'], table: readonly Skill[]): void => {
  const known = new Set(table.map(({ name }) => name));
  const errors = skills.flatMap(({ name }, index) =>
    known.has(name)
      ? []
      : [{ path: `skills.${index}.name`, message: `"${name}" is not in the table of skills` }],
  );
  if (errors.length === 0) return;
  const detail =
    'Name skills of the table (GET /api/v1/skills), or have an administrator add them to it first.';
  throw new AppError('validation_failed', detail, { errors });
};
