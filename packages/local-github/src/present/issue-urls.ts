import type { Issue } from '../state/model.js';
import type { View } from '../world.js';
import { repositoryPage, repositoryUrl } from './urls.js';

type Numbered = Pick<Issue, 'repositoryId' | 'number' | 'pullId'>;

/** Address of an issue in the API; a pull request has this one too, as the issue that it is. */
export function issueUrl(view: View, issue: Numbered): string {
  return `${repositoryUrl(view, issue.repositoryId)}/issues/${issue.number}`;
}

/** Address of the web page of an issue or pull request. */
export function issuePage(view: View, issue: Numbered): string {
  const kind = issue.pullId === null ? 'issues' : 'pull';
  return `${repositoryPage(view, issue.repositoryId)}/${kind}/${issue.number}`;
}
