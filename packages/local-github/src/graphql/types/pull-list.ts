import { issueOf } from '../../domain/pulls/find.js';
import type { Issue, PullRequest } from '../../state/model.js';
import type { View } from '../../world.js';
import type { Request } from '../request.js';
import { type ThreadOrder, carriesOneOf, inOrder } from './thread-list.js';

export interface PullFilter {
  readonly states?: readonly ('OPEN' | 'CLOSED' | 'MERGED')[] | null;
  readonly labels?: readonly string[] | null;
  readonly headRefName?: string | null;
  readonly baseRefName?: string | null;
  readonly orderBy?: ThreadOrder | null;
}

/** A pull request's state in GraphQL's words, where merged is one of its own. */
export function stateOf(view: View, pull: PullRequest): 'OPEN' | 'CLOSED' | 'MERGED' {
  if (pull.merged) return 'MERGED';
  return issueOf(view, pull).state === 'open' ? 'OPEN' : 'CLOSED';
}

/** The pull requests that a connection's arguments ask for, in their order; without one, oldest first. */
export function filterPulls(
  { view }: Request,
  pulls: readonly PullRequest[],
  { states, labels, headRefName, baseRefName, orderBy }: PullFilter,
): PullRequest[] {
  const found = pulls.filter(
    (pull) =>
      (!states || states.includes(stateOf(view, pull))) &&
      (!labels || carriesOneOf(view, issueOf(view, pull), labels)) &&
      (!headRefName || pull.headRef === headRefName) &&
      (!baseRefName || pull.baseRef === baseRefName),
  );
  return inOrder(found, orderBy, (pull): Issue => issueOf(view, pull));
}
