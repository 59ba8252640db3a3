import { type RoleBook, atLeast } from '../authority/role-book.js';
import type { Pull, Time } from '../model/index.js';

/** Where the pull request of an issue comes from and goes to. */
export interface Path {
  readonly branch: string;
  readonly base: string;
}

/**
 * The pull request of an issue: one from its branch in this repository that is open or was made after the approval, by
 * the app, by someone with write or by a listed bot. An open one onto the base is preferred, then what was merged into the
 * base, so that another one from that branch does not undo it, then any open one, then one onto the base, then the newest.
 * A fork's branch of the same name is never taken, nor what somebody without write has opened from the branch.
 */
export function findPull(
  pulls: readonly Pull[],
  { branch, base }: Path,
  approvedAt: Time | null,
  book: RoleBook,
): Pull | null {
  const own = pulls.filter(
    (pull) =>
      pull.head.sameRepository &&
      pull.head.branch === branch &&
      (pull.state === 'open' || approvedAt === null || pull.createdAt >= approvedAt) &&
      mayOpen(pull, book),
  );
  own.sort(
    (a, b) =>
      rankOf(b, base) - rankOf(a, base) ||
      Number(b.base === base) - Number(a.base === base) ||
      b.number - a.number,
  );
  return own[0] ?? null;
}

function rankOf(pull: Pull, base: string): number {
  if (pull.base === base && pull.state !== 'closed') return pull.state === 'open' ? 3 : 2;
  return pull.state === 'open' ? 1 : 0;
}

/** While a role cannot be read the pull request counts: to be the deployment's only ever holds one back. */
function mayOpen({ author, createdAt }: Pull, book: RoleBook): boolean {
  if (author === null) return false;
  if (author.kind === 'me') return true;
  const role = book.of(author, createdAt);
  return role.kind === 'unreadable' || atLeast(role.value, 'write');
}
