import type { Id, Repository } from '../state/model.js';

/** The row of a new repository, with GitHub's settings for one that nobody has changed yet. */
export function newRepository(
  id: Id,
  now: string,
  input: Pick<Repository, 'ownerId' | 'name' | 'private' | 'defaultBranch' | 'roles'> &
    Partial<Pick<Repository, 'parentId' | 'refs' | 'description'>>,
): Repository {
  return {
    id,
    parentId: null,
    description: null,
    createdAt: now,
    pushedAt: now,
    updatedAt: now,
    mergeMethods: ['merge', 'squash', 'rebase'],
    deleteBranchOnMerge: false,
    drafts: true,
    refs: {},
    pushers: {},
    nextNumber: 1,
    numbers: {},
    labelIds: [],
    pinned: [],
    protection: {},
    ...input,
  };
}
