import { accountOf } from '../domain/refs/signatures.js';
import type { ChangedFile } from '../git/diff.js';
import type { Commit, Signature } from '../git/objects.js';
import type { Json } from '../rest/route.js';
import type { Id } from '../state/model.js';
import type { View } from '../world.js';
import { presentAccountById } from './accounts.js';
import { presentFile } from './files.js';
import { nodeId } from './node-id.js';
import { repositoryPage, repositoryUrl } from './urls.js';

type Members = { readonly [key: string]: Json };

/** Nothing is signed here. */
const UNSIGNED = {
  verified: false,
  reason: 'unsigned',
  signature: null,
  payload: null,
  verified_at: null,
} as const;

/** GitHub's `commit`. With `files` it is the answer about a single one: the files and their sums. */
export function presentCommit(
  view: View,
  repositoryId: Id,
  commit: Commit,
  files?: readonly ChangedFile[],
): Members {
  const url = `${repositoryUrl(view, repositoryId)}/commits/${commit.oid}`;
  const { author, committer, message, tree, verification } = presentGitCommit(view, repositoryId, commit);
  return {
    sha: commit.oid,
    node_id: nodeId('Commit', `${repositoryId}:${commit.oid}`),
    url,
    html_url: `${repositoryPage(view, repositoryId)}/commit/${commit.oid}`,
    comments_url: `${url}/comments`,
    commit: {
      url: gitUrl(view, repositoryId, 'commits', commit.oid),
      author,
      committer,
      message,
      tree,
      verification,
      comment_count: 0,
    },
    author: presentAccountById(view, accountOf(view, commit.author.email) ?? null),
    committer: presentAccountById(view, accountOf(view, commit.committer.email) ?? null),
    parents: commit.parents.map((oid) => ({
      sha: oid,
      url: `${repositoryUrl(view, repositoryId)}/commits/${oid}`,
      html_url: `${repositoryPage(view, repositoryId)}/commit/${oid}`,
    })),
    ...(files && {
      stats: sums(files),
      files: files.map((file) => presentFile(view, repositoryId, commit.oid, file)),
    }),
  };
}

/** GitHub's `git-commit`, which is also the `commit` of a `file-commit`. */
export function presentGitCommit(view: View, repositoryId: Id, commit: Commit): Members {
  return {
    sha: commit.oid,
    node_id: nodeId('Commit', `${repositoryId}:${commit.oid}`),
    url: gitUrl(view, repositoryId, 'commits', commit.oid),
    html_url: `${repositoryPage(view, repositoryId)}/commit/${commit.oid}`,
    author: presentSignature(commit.author),
    committer: presentSignature(commit.committer),
    message: commit.message,
    tree: { sha: commit.tree, url: gitUrl(view, repositoryId, 'trees', commit.tree) },
    parents: commit.parents.map((oid) => ({
      sha: oid,
      url: gitUrl(view, repositoryId, 'commits', oid),
      html_url: `${repositoryPage(view, repositoryId)}/commit/${oid}`,
    })),
    verification: UNSIGNED,
  };
}

/** GitHub's `simple-commit`: the head of a push or a check suite. */
export function presentSimpleCommit(commit: Commit): Members {
  const { author, committer } = commit;
  return {
    id: commit.oid,
    tree_id: commit.tree,
    message: commit.message,
    timestamp: committer.date,
    author: { name: author.name, email: author.email },
    committer: { name: committer.name, email: committer.email },
  };
}

function presentSignature({ name, email, date }: Signature): Members {
  return { name, email, date };
}

function sums(files: readonly ChangedFile[]): Members {
  const additions = files.reduce((sum, file) => sum + file.additions, 0);
  const deletions = files.reduce((sum, file) => sum + file.deletions, 0);
  return { additions, deletions, total: additions + deletions };
}

function gitUrl(view: View, repositoryId: Id, kind: 'commits' | 'trees', oid: string): string {
  return `${repositoryUrl(view, repositoryId)}/git/${kind}/${oid}`;
}
