import type { PullRequest } from '../../state/model.js';
import type { View } from '../../world.js';
import { rollup } from '../checks/rollup.js';
import { row } from '../context.js';
import { demandsOn } from '../protection/demands.js';
import { mergeProblems } from '../protection/problems.js';
import { isOpen } from './find.js';

type Mergeable = 'MERGEABLE' | 'CONFLICTING' | 'UNKNOWN';

/** Whether the pull request merges cleanly; the first question about a pair of commits answers `UNKNOWN`. */
export function mergeable(view: View, pull: PullRequest): Mergeable {
  const answer = ask(view, pull);
  if (answer === undefined) return 'UNKNOWN';
  return answer.clean ? 'MERGEABLE' : 'CONFLICTING';
}

function ask(view: View, pull: PullRequest) {
  if (!isOpen(view, pull)) return undefined;
  return view.mergeability.ask(pull.repositoryId, pull.baseSha, pull.headSha);
}

type MergeState = 'BEHIND' | 'BLOCKED' | 'CLEAN' | 'DIRTY' | 'DRAFT' | 'UNKNOWN' | 'UNSTABLE';

/**
 * GraphQL's `mergeStateStatus`, in lower case REST's `mergeable_state`: why it cannot be merged now, the first that
 * holds. `BEHIND` only where the base wants branches up to date, `UNSTABLE` where a check that is not required fails.
 */
export function mergeState(view: View, pull: PullRequest): MergeState {
  const answer = ask(view, pull);
  if (answer === undefined) return 'UNKNOWN';
  if (!answer.clean) return 'DIRTY';
  if (pull.draft) return 'DRAFT';
  const repository = row(view.state.repositories, pull.repositoryId);
  if (demandsOn(view.state, repository, pull.baseRef).strict && answer.behind) return 'BEHIND';
  if (mergeProblems(view, pull, answer).length > 0) return 'BLOCKED';
  const state = rollup(view, pull.repositoryId, pull.headSha)?.state;
  return state === undefined || state === 'SUCCESS' ? 'CLEAN' : 'UNSTABLE';
}
