import { notFound } from '../domain/errors.js';
import type { Commit } from '../git/objects.js';
import type { Json } from '../rest/route.js';
import type { Repository } from '../state/model.js';
import type { View } from '../world.js';
import { presentCommit } from './commits.js';
import { presentFile } from './files.js';
import { repositoryPage, repositoryUrl } from './urls.js';

/** GitHub lists at most so many files of a comparison, on its first page. */
const FILES = 300;

/**
 * GitHub's `commit-comparison`; commits are paged, files stand on the first page. 404 for two commits without common
 * history. https://docs.github.com/en/rest/commits/commits#compare-two-commits
 */
export async function presentComparison(
  view: View,
  { id }: Repository,
  basehead: string,
  ends: { base: Commit; head: Commit; page: number; size: number },
): Promise<Json> {
  const git = view.git(id);
  const { base, head, page, size } = ends;
  const comparison = await git.compare(base.oid, head.oid);
  const common = comparison.mergeBase === undefined ? undefined : await git.readCommit(comparison.mergeBase);
  if (common === undefined) throw notFound();
  const files = page === 1 ? await git.changedFiles(common.oid, head.oid) : [];
  const url = `${repositoryUrl(view, id)}/compare/${encodeURIComponent(basehead)}`;
  const html = `${repositoryPage(view, id)}/compare/${encodeURIComponent(basehead)}`;
  return {
    url,
    html_url: html,
    permalink_url: `${repositoryPage(view, id)}/compare/${base.oid}...${head.oid}`,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    base_commit: presentCommit(view, id, base),
    merge_base_commit: presentCommit(view, id, common),
    status: comparison.status,
    ahead_by: comparison.aheadBy,
    behind_by: comparison.behindBy,
    total_commits: comparison.aheadBy,
    commits: comparison.commits
      .slice((page - 1) * size, page * size)
      .map((commit) => presentCommit(view, id, commit)),
    files: files.slice(0, FILES).map((file) => presentFile(view, id, head.oid, file)),
  };
}
