import { AppError } from '../errors/app-error.ts';
import type { Identity } from '../ports/identity.ts';
import type { TrainingCategory } from '../protocol/training.ts';

export const noModule = 'There is no training module with this id.';

/** Customers see modules for customers, staff see both (rule TR4). */
export const maySee = ({ role }: Identity, category: TrainingCategory): boolean =>
  role !== 'customer' || category === 'customer';

/** The module, unless it is not there or not for this reader: who may not see it learns nothing of it. */
export const ensureMaySee = <Module extends { category: TrainingCategory }>(
  user: Identity,
  module: Module | undefined,
  detail = noModule,
): Module => {
  if (module === undefined || !maySee(user, module.category)) throw new AppError('not_found', detail);
  return module;
};
