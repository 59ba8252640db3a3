import { branchRef } from '../domain/refs/names.js';
import { row } from '../domain/context.js';
import type { Commit } from '../git/objects.js';
import type { Json } from '../rest/route.js';
import type { Id, Repository } from '../state/model.js';
import type { View } from '../world.js';
import { presentCommit } from './commits.js';
import { nodeId } from './node-id.js';
import { presentProtection, protectionUrl } from './protection.js';
import { pathInUrl, repositoryPage, repositoryUrl } from './urls.js';

/** GitHub's `git-ref`. Here every ref names a commit. */
export function presentRef(view: View, repositoryId: Id, ref: string, oid: string): Json {
  const url = `${repositoryUrl(view, repositoryId)}/git`;
  return {
    ref,
    node_id: nodeId('Ref', `${repositoryId}:${ref}`),
    url: `${url}/${pathInUrl(ref)}`,
    object: { type: 'commit', sha: oid, url: `${url}/commits/${oid}` },
  };
}

/** GitHub's `short-branch`. */
export function presentShortBranch(view: View, repository: Repository, branch: string): Json {
  const sha = repository.refs[branchRef(branch)] ?? '';
  return {
    name: branch,
    commit: { sha, url: `${repositoryUrl(view, repository.id)}/commits/${sha}` },
    protected: repository.protection[branch] !== undefined,
  };
}

/** GitHub's `branch-with-protection`, at its commit. */
export function presentBranch(view: View, repositoryId: Id, branch: string, commit: Commit): Json {
  const repository = row(view.state.repositories, repositoryId);
  const protection = repository.protection[branch];
  return {
    name: branch,
    commit: presentCommit(view, repositoryId, commit),
    _links: {
      self: `${repositoryUrl(view, repositoryId)}/branches/${pathInUrl(branch)}`,
      html: `${repositoryPage(view, repositoryId)}/tree/${pathInUrl(branch)}`,
    },
    protected: protection !== undefined,
    protection:
      protection === undefined
        ? { enabled: false, required_status_checks: { enforcement_level: 'off', contexts: [], checks: [] } }
        : { enabled: true, ...presentProtection(view, repositoryId, branch, protection) },
    protection_url: protectionUrl(view, repositoryId, branch),
  };
}
