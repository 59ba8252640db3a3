import type { Id } from '../state/model.js';
import type { View } from '../world.js';

/** `owner/name` of a repository. */
export function fullName(view: View, repositoryId: Id): string {
  const repository = view.state.repositories[repositoryId];
  const owner = repository && view.state.accounts[repository.ownerId];
  if (repository === undefined || owner === undefined) throw new Error(`no repository ${repositoryId}`);
  return `${owner.login}/${repository.name}`;
}

/** Address of a repository in the API, without a slash at the end. */
export function repositoryUrl(view: View, repositoryId: Id): string {
  return `${view.url}/repos/${fullName(view, repositoryId)}`;
}

/** Address of a repository's web page, without a slash at the end. */
export function repositoryPage(view: View, repositoryId: Id): string {
  return `${view.url}/${fullName(view, repositoryId)}`;
}

/** A path or branch name inside an address: each part encoded, the slashes kept. */
export function pathInUrl(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
