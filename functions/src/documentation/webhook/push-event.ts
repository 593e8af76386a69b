import { z } from 'zod';

const commit = z.string().regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/);
const name = z.string().max(300);

/** As much of a push as is used; the rest is the sender's business. */
const pushSchema = z.object({
  ref: name,
  before: commit,
  after: commit,
  repository: z
    .object({ full_name: name.optional(), name: name.optional(), default_branch: name.optional() })
    .optional(),
  project: z
    .object({ path_with_namespace: name.optional(), name: name.optional(), default_branch: name.optional() })
    .optional(),
});

/** New commits on a branch, told by GitHub or GitLab. */
export interface PushEvent {
  /** Names under which the repository may be in the list, the fullest first. */
  names: string[];
  /** Absent when the branch is new. */
  from?: string;
  to: string;
  /** Whether it is the branch from which releases are made. */
  isDefaultBranch: boolean;
}

const isNothing = (id: string): boolean => /^0+$/.test(id);

/** Reads the payload of a push; undefined for every other event, and for a branch that was deleted. */
export const readPush = (payload: unknown): PushEvent | undefined => {
  const parsed = pushSchema.safeParse(payload);
  if (!parsed.success) return undefined;
  const { ref, before, after, repository, project } = parsed.data;
  if (!ref.startsWith('refs/heads/') || isNothing(after)) return undefined;
  const branch = project?.default_branch ?? repository?.default_branch;
  const names = [repository?.full_name, project?.path_with_namespace, repository?.name, project?.name];
  return {
    names: names.filter((candidate) => candidate !== undefined),
    ...(!isNothing(before) && { from: before }),
    to: after,
    isDefaultBranch: branch === undefined || ref === `refs/heads/${branch}`,
  };
};
