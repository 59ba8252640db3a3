import type { Pull, Time } from '../model/index.js';

/**
 * The pull request of an issue: one from its branch in this repository that is open or was made after the approval. An
 * open one is preferred, then the newest. A fork's branch of the same name is never taken.
 */
export function findPull(pulls: readonly Pull[], branch: string, approvedAt: Time | null): Pull | null {
  const own = pulls.filter(
    (pull) =>
      pull.head.sameRepository &&
      pull.head.branch === branch &&
      (pull.state === 'open' || approvedAt === null || pull.createdAt >= approvedAt),
  );
  own.sort((a, b) => Number(b.state === 'open') - Number(a.state === 'open') || b.number - a.number);
  return own[0] ?? null;
}
