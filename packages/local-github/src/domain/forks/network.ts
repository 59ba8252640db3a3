import type { Id, Repository, State } from '../../state/model.js';
import { row } from '../context.js';

/** The repository that a fork comes from in the end, which is GitHub's `source`; itself for one that is no fork. */
export function rootOf(state: State, repository: Repository): Repository {
  return repository.parentId === null
    ? repository
    : rootOf(state, row(state.repositories, repository.parentId));
}

/**
 * The repository of an account in the network of another one. There is at most one: nobody has two forks of the same.
 * https://docs.github.com/en/repositories/viewing-activity-and-data-for-your-repository/understanding-connections-between-repositories
 */
export function ofNetwork(state: State, repository: Repository, ownerId: Id): Repository | undefined {
  const root = rootOf(state, repository).id;
  return Object.values(state.repositories).find(
    (one) => one.ownerId === ownerId && rootOf(state, one).id === root,
  );
}

/** {@link ofNetwork} by the owner's login, in any case. */
export function ofNetworkByLogin(
  state: State,
  repository: Repository,
  login: string,
): Repository | undefined {
  const wanted = login.toLowerCase();
  const owner = Object.values(state.accounts).find((account) => account.login.toLowerCase() === wanted);
  return owner && ofNetwork(state, repository, owner.id);
}

/** The forks that were made of a repository itself. */
export function forksOf(state: State, { id }: Repository): readonly Repository[] {
  return Object.values(state.repositories).filter(({ parentId }) => parentId === id);
}

/** How many repositories a network has, the one that all others come from included. */
export function networkSize(state: State, repository: Repository): number {
  const root = rootOf(state, repository).id;
  return Object.values(state.repositories).filter((one) => rootOf(state, one).id === root).length;
}
