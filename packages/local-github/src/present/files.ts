import type { ChangedFile } from '../git/diff.js';
import type { Json } from '../rest/route.js';
import type { Id } from '../state/model.js';
import type { View } from '../world.js';
import { pathInUrl, repositoryPage, repositoryUrl } from './urls.js';

/** GitHub's `diff-entry`: a file that a commit, comparison or pull request changes, as it is in the commit `sha`. */
export function presentFile(view: View, repositoryId: Id, sha: string, file: ChangedFile): Json {
  const page = repositoryPage(view, repositoryId);
  const path = pathInUrl(file.path);
  return {
    sha: file.oid,
    filename: file.path,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: `${page}/blob/${sha}/${path}`,
    raw_url: `${page}/raw/${sha}/${path}`,
    contents_url: `${repositoryUrl(view, repositoryId)}/contents/${path}?ref=${sha}`,
    ...(file.patch !== undefined && { patch: file.patch }),
    ...(file.previousPath !== undefined && { previous_filename: file.previousPath }),
  };
}
