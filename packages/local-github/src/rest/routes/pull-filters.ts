import { notServed } from '../../domain/errors.js';
import { row } from '../../domain/context.js';
import { allPulls, issueOf } from '../../domain/pulls/find.js';
import type { PullRequest, Repository } from '../../state/model.js';
import type { View } from '../../world.js';

export interface PullFilter {
  readonly state?: 'open' | 'closed' | 'all';
  /** `owner:branch`. */
  readonly head?: string;
  readonly base?: string;
  readonly sort?: 'created' | 'updated' | 'popularity' | 'long-running';
  readonly direction?: 'asc' | 'desc';
}

/**
 * The pull requests that a list asks for: open ones if not said otherwise, newest first where it is sorted by creation,
 * oldest first otherwise. https://docs.github.com/en/rest/pulls/pulls#list-pull-requests
 */
export function filterPulls(view: View, repository: Repository, filter: PullFilter): readonly PullRequest[] {
  const { state = 'open', base, sort = 'created' } = filter;
  const head = headOf(filter.head);
  const found = allPulls(view, repository.id).filter(
    (pull) =>
      (state === 'all' || issueOf(view, pull).state === state) &&
      (head === undefined || (ownerOf(view, pull) === head.owner && pull.headRef === head.branch)) &&
      (base === undefined || pull.baseRef === base),
  );
  const key = keyOf(view, sort);
  const oldestFirst = found.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
  const direction = filter.direction ?? (sort === 'created' ? 'desc' : 'asc');
  return direction === 'asc' ? oldestFirst : oldestFirst.toReversed();
}

function headOf(head: string | undefined): { owner: string; branch: string } | undefined {
  if (head === undefined) return undefined;
  const [owner, branch] = head.split(':', 2);
  if (owner === undefined || branch === undefined) throw notServed('pulls/list by a head without an owner');
  return { owner: owner.toLowerCase(), branch };
}

/** The login of the head's owner, in lower case. */
function ownerOf({ state }: View, { headRepositoryId }: PullRequest): string {
  return row(state.accounts, row(state.repositories, headRepositoryId).ownerId).login.toLowerCase();
}

function keyOf(view: View, sort: NonNullable<PullFilter['sort']>): (pull: PullRequest) => string {
  const id = (pull: PullRequest) => String(pull.id).padStart(12, '0');
  switch (sort) {
    case 'created':
      return id;
    case 'updated':
      return (pull) => issueOf(view, pull).updatedAt + id(pull);
    case 'popularity':
    case 'long-running':
      throw notServed(`pulls/list by ${sort}`);
  }
}
