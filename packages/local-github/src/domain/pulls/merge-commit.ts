import type { GitRepository } from '../../git/repository.js';
import type { MergeMethod, PullRequest } from '../../state/model.js';
import { fullName } from '../../present/urls.js';
import type { View } from '../../world.js';
import { row } from '../context.js';
import { notAllowed } from '../errors.js';
import { gitHubSignature, signatureOf } from '../refs/signatures.js';
import { issueOf } from './find.js';

export interface MergeText {
  readonly title?: string | undefined;
  readonly message?: string | undefined;
}

/** Writes what merging makes of the base, without moving it: the new tip. 405 if it cannot be made. */
export async function writeMerge(
  view: View,
  pull: PullRequest,
  merge: MergeText & { method: MergeMethod; mergerId: number },
): Promise<string> {
  const git = view.git(pull.repositoryId);
  switch (merge.method) {
    case 'merge':
      return mergeCommit(view, git, pull, merge);
    case 'squash':
      return squashCommit(view, git, pull, merge);
    case 'rebase':
      return rebasedTip(view, git, pull, merge.mergerId);
  }
}

async function mergedTree(git: GitRepository, { baseSha, headSha }: PullRequest): Promise<string> {
  const merged = await git.mergeTrees(baseSha, headSha);
  if ('conflicts' in merged) throw notAllowed('Pull Request is not mergeable');
  return merged.tree;
}

async function mergeCommit(
  view: View,
  git: GitRepository,
  pull: PullRequest,
  merge: MergeText & { mergerId: number },
): Promise<string> {
  const { number, title } = issueOf(view, pull);
  const owner = fullName(view, pull.headRepositoryId).split('/')[0];
  const { oid } = await git.commitTree({
    tree: await mergedTree(git, pull),
    parents: [pull.baseSha, pull.headSha],
    message: joined(
      merge.title ?? `Merge pull request #${number} from ${owner}/${pull.headRef}`,
      merge.message ?? title,
    ),
    author: signatureOf(view, merge.mergerId),
    committer: gitHubSignature(view),
  });
  view.signedByGitHub.add(oid);
  return oid;
}

/**
 * One commit of everything, by the pull request's author. Of one commit it takes the text, of several their list, as
 * GitHub's default settings do:
 * https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/incorporating-changes-from-a-pull-request/about-pull-request-merges
 */
async function squashCommit(
  view: View,
  git: GitRepository,
  pull: PullRequest,
  merge: MergeText,
): Promise<string> {
  const issue = issueOf(view, pull);
  const { commits } = await git.compare(pull.baseSha, pull.headSha);
  const texts = commits.filter(({ parents }) => parents.length < 2).map(({ message }) => message.trim());
  const [only = ''] = texts;
  const [firstLine = '', ...rest] = only.split('\n');
  const single = texts.length === 1;
  const { oid } = await git.commitTree({
    tree: await mergedTree(git, pull),
    parents: [pull.baseSha],
    message: joined(
      merge.title ?? `${single ? firstLine : issue.title} (#${issue.number})`,
      merge.message ?? (single ? rest.join('\n').trim() : texts.map((text) => `* ${text}`).join('\n\n')),
    ),
    author: signatureOf(view, row(view.state.accounts, issue.authorId).id),
    committer: gitHubSignature(view),
  });
  view.signedByGitHub.add(oid);
  return oid;
}

async function rebasedTip(
  view: View,
  git: GitRepository,
  { baseSha, headSha }: PullRequest,
  mergerId: number,
): Promise<string> {
  const committer = signatureOf(view, mergerId);
  const rebased = await git.rebase({ head: headSha, onto: baseSha, committer });
  if ('conflicts' in rebased) throw notAllowed("This branch can't be rebased");
  if ('empty' in rebased) throw notAllowed('Pull Request is not mergeable');
  return rebased.head;
}

function joined(title: string, message: string): string {
  return message === '' ? title : `${title}\n\n${message}`;
}
