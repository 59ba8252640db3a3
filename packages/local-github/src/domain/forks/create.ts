import type { Access } from '../../access/access.js';
import { ZERO_OID } from '../../git/oid.js';
import type { Id, Repository } from '../../state/model.js';
import { type Context, actor, demand, effect, present, row } from '../context.js';
import { forbidden, notServed, unprocessable } from '../errors.js';
import { newRepository } from '../new-repository.js';
import { branchRef } from '../refs/names.js';
import { ofNetwork } from './network.js';

const FORK: Access = { role: 'read', app: [{ administration: 'write', contents: 'read' }] };

interface ForkInput {
  /** The parent's if left out. */
  readonly name?: string | undefined;
  readonly defaultBranchOnly?: boolean | undefined;
}

/**
 * Forks a public repository into the caller's account: branches, tags and their objects, but no issues, labels or
 * protection. Who has a fork of its network already gets that one. 403 for a repository without a commit, 422 for a bad
 * name. https://docs.github.com/en/rest/repos/forks#create-a-fork
 */
export async function forkRepository(
  context: Context,
  parent: Repository,
  input: ForkInput,
): Promise<Repository> {
  const ownerId = actor(context);
  demand(context, parent, FORK);
  if (context.principal.kind !== 'user') throw notServed('forks by an app');
  if (parent.private) throw notServed('forks of a private repository');
  const { state } = present(context);
  const existing = ofNetwork(state, parent, ownerId);
  if (existing !== undefined) return existing;
  const refs = copiedRefs(parent, input.defaultBranchOnly ?? false);
  if (Object.keys(refs).length === 0) {
    throw forbidden(
      'The repository exists, but it contains no Git content. Empty repositories cannot be forked.',
    );
  }
  const name = input.name ?? parent.name;
  demandName(Object.values(state.repositories), ownerId, name);
  const id = state.nextId;
  await copyGit(context, parent, { id, refs });
  effect(context, (write) => {
    // Nobody else writes meanwhile, so the number that the folder was made for is still the next.
    if (write.newId() !== id) throw new Error(`the number ${id} of a new fork is taken`);
    const { private: hidden, defaultBranch, description } = parent;
    const fork = { ownerId, name, private: hidden, defaultBranch, description, refs, parentId: parent.id };
    const made = newRepository(id, write.now, { ...fork, roles: { [ownerId]: 'admin' } });
    write.state.repositories[id] = structuredClone(made) as never;
    write.emit(parent.id, { name: 'fork', forkId: id });
  });
  return row(present(context).state.repositories, id);
}

function copiedRefs(parent: Repository, onlyDefault: boolean): Repository['refs'] {
  const main = branchRef(parent.defaultBranch);
  const copied = Object.entries(parent.refs).filter(([ref]) =>
    onlyDefault ? ref === main : /^refs\/(heads|tags)\//.test(ref),
  );
  return Object.fromEntries(copied);
}

async function copyGit(
  { world }: Context,
  parent: Repository,
  { id, refs }: { readonly id: Id; readonly refs: Repository['refs'] },
): Promise<void> {
  await world.openGit({ id, defaultBranch: parent.defaultBranch });
  const git = world.git(id);
  await git.fetchObjects(world.git(parent.id), Object.values(refs));
  const updates = Object.entries(refs).map(([name, after]) => ({ name, before: ZERO_OID, after }));
  const moved = await git.updateRefs(updates);
  if (!moved.ok) throw new Error(`a new fork has ${moved.names.join(', ')} already`);
}

function demandName(repositories: readonly Repository[], ownerId: Id, name: string): void {
  const taken = repositories.some(
    (one) => one.ownerId === ownerId && one.name.toLowerCase() === name.toLowerCase(),
  );
  if (taken || !/^[\w.-]{1,100}$/.test(name)) {
    const message = taken ? 'name already exists on this account' : 'name is not a repository name';
    throw unprocessable('Validation Failed', [
      { resource: 'Repository', code: 'custom', field: 'name', message },
    ]);
  }
}
