import type { Id, Repository } from '../state/model.js';

/**
 * `author_association`: the owner, people with a role of their own, and everybody else. An organisation's members are not
 * told apart from collaborators, and nobody may decide anything by this value.
 */
export function associationOf(repository: Repository, accountId: Id): 'OWNER' | 'COLLABORATOR' | 'NONE' {
  if (accountId === repository.ownerId) return 'OWNER';
  return (repository.roles[accountId] ?? 'none') === 'none' ? 'NONE' : 'COLLABORATOR';
}
