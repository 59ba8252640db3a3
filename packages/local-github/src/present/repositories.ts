import { allows, atLeast, roleOf } from '../access/access.js';
import type { Principal } from '../access/principal.js';
import { row } from '../domain/context.js';
import { forksOf, networkSize, rootOf } from '../domain/forks/network.js';
import type { Json } from '../rest/route.js';
import type { Repository, Role } from '../state/model.js';
import type { View } from '../world.js';
import { presentAccount } from './accounts.js';
import { nodeId } from './node-id.js';
import { fullName, repositoryPage, repositoryUrl } from './urls.js';

type Members = { readonly [key: string]: Json };

/** What follows the repository's address in each of its `…_url` members. */
const PATHS = {
  archive_url: '/{archive_format}{/ref}',
  assignees_url: '/assignees{/user}',
  blobs_url: '/git/blobs{/sha}',
  branches_url: '/branches{/branch}',
  collaborators_url: '/collaborators{/collaborator}',
  comments_url: '/comments{/number}',
  commits_url: '/commits{/sha}',
  compare_url: '/compare/{base}...{head}',
  contents_url: '/contents/{+path}',
  contributors_url: '/contributors',
  deployments_url: '/deployments',
  downloads_url: '/downloads',
  events_url: '/events',
  forks_url: '/forks',
  git_commits_url: '/git/commits{/sha}',
  git_refs_url: '/git/refs{/sha}',
  git_tags_url: '/git/tags{/sha}',
  hooks_url: '/hooks',
  issue_comment_url: '/issues/comments{/number}',
  issue_events_url: '/issues/events{/number}',
  issues_url: '/issues{/number}',
  keys_url: '/keys{/key_id}',
  labels_url: '/labels{/name}',
  languages_url: '/languages',
  merges_url: '/merges',
  milestones_url: '/milestones{/number}',
  notifications_url: '/notifications{?since,all,participating}',
  pulls_url: '/pulls{/number}',
  releases_url: '/releases{/id}',
  stargazers_url: '/stargazers',
  statuses_url: '/statuses/{sha}',
  subscribers_url: '/subscribers',
  subscription_url: '/subscription',
  tags_url: '/tags',
  teams_url: '/teams',
  trees_url: '/git/trees{/sha}',
} as const;

/** GitHub's `minimal-repository`, which is also its `simple-repository`. */
export function presentMinimalRepository(view: View, repository: Repository): Members {
  const url = repositoryUrl(view, repository.id);
  const paths = Object.entries(PATHS).map(([key, path]) => [key, `${url}${path}`]);
  return {
    id: repository.id,
    node_id: nodeId('Repository', repository.id),
    name: repository.name,
    full_name: fullName(view, repository.id),
    private: repository.private,
    owner: presentAccount(view, row(view.state.accounts, repository.ownerId)),
    html_url: repositoryPage(view, repository.id),
    description: repository.description,
    fork: repository.parentId !== null,
    url,
    ...Object.fromEntries(paths),
  };
}

/**
 * GitHub's `repository`, as webhooks and lists have it. With a principal it says what that one may do and, to those who
 * may write (an app: who may read contents), how pull requests are merged.
 */
export function presentRepository(view: View, repository: Repository, principal?: Principal): Members {
  const page = repositoryPage(view, repository.id);
  const open = Object.values(repository.numbers).filter(
    (id) => view.state.issues[id]?.state === 'open',
  ).length;
  const forks = forksOf(view.state, repository).length;
  return {
    ...presentMinimalRepository(view, repository),
    created_at: repository.createdAt,
    updated_at: repository.updatedAt,
    pushed_at: repository.pushedAt,
    git_url: `${page.replace(/^https?:/, 'git:')}.git`,
    ssh_url: `git@${new URL(page).hostname}:${fullName(view, repository.id)}.git`,
    clone_url: `${page}.git`,
    svn_url: page,
    mirror_url: null,
    homepage: null,
    size: 0,
    stargazers_count: 0,
    watchers_count: 0,
    watchers: 0,
    language: null,
    // As on GitHub, a fork has no issues of its own until its owner wants them.
    has_issues: repository.parentId === null,
    has_projects: false,
    has_downloads: false,
    has_wiki: false,
    has_pages: false,
    has_discussions: false,
    forks_count: forks,
    forks,
    archived: false,
    disabled: false,
    open_issues_count: open,
    open_issues: open,
    license: null,
    allow_forking: true,
    is_template: false,
    web_commit_signoff_required: false,
    topics: [],
    visibility: repository.private ? 'private' : 'public',
    default_branch: repository.defaultBranch,
    ...(principal && presentStanding(repository, principal)),
  };
}

/** GitHub's `full-repository`: the answer about a single one. */
export function presentFullRepository(view: View, repository: Repository, principal: Principal): Json {
  const owner = row(view.state.accounts, repository.ownerId);
  return {
    ...presentRepository(view, repository, principal),
    ...presentOrigin(view, repository),
    network_count: networkSize(view.state, repository) - 1,
    subscribers_count: 0,
    ...(owner.type === 'Organization' && { organization: presentAccount(view, owner) }),
  };
}

/** Where a fork comes from: directly, and in the end. */
function presentOrigin(view: View, repository: Repository): Members {
  if (repository.parentId === null) return {};
  return {
    parent: presentRepository(view, row(view.state.repositories, repository.parentId)),
    source: presentRepository(view, rootOf(view.state, repository)),
  };
}

/** The new fork in the webhook of its parent, whose description has no `has_discussions`. */
export function presentForkee(view: View, fork: Repository): Members {
  const { has_discussions: _, ...members } = presentRepository(view, fork);
  return { ...members, public: !fork.private };
}

function presentStanding(repository: Repository, principal: Principal): Members {
  const settled = allows(principal, repository, { role: 'write', app: [{ contents: 'read' }] });
  return {
    ...(principal.kind === 'user' && {
      permissions: presentPermissions(roleOf(repository, principal.accountId)),
    }),
    ...(settled && {
      allow_squash_merge: repository.mergeMethods.includes('squash'),
      allow_merge_commit: repository.mergeMethods.includes('merge'),
      allow_rebase_merge: repository.mergeMethods.includes('rebase'),
      allow_auto_merge: false,
      allow_update_branch: false,
      delete_branch_on_merge: repository.deleteBranchOnMerge,
    }),
  };
}

/** What a role may do, in the words of REST. */
export function presentPermissions(role: Role): Members {
  return {
    admin: atLeast(role, 'admin'),
    maintain: atLeast(role, 'maintain'),
    push: atLeast(role, 'write'),
    triage: atLeast(role, 'triage'),
    pull: atLeast(role, 'read'),
  };
}
