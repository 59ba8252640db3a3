import type { Closing } from '../model/index.js';

/**
 * True if a merged pull request of one of these repositories (`owner/name`) closed the issue: then somebody who may merge
 * there has decided it. In any other repository anybody may merge what they like.
 */
export function mergedIn({ pull }: Closing, repositories: readonly string[]): boolean {
  if (pull?.merged !== true) return false;
  const where = pull.repository.toLowerCase();
  return repositories.some((repository) => repository.toLowerCase() === where);
}
