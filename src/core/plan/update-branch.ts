import type { Action } from '../actions/action.js';
import { type Pull, valueOr } from '../model/index.js';
import type { View } from '../view/view.js';

/**
 * Brings the branch of a pull request up to date with its base: by a rebase, or by a merge of the base where that takes
 * signed commits only, which a rebase on GitHub's side leaves unsigned, and where GitHub has refused the rebase. Null
 * while the rules of the base cannot be read.
 */
export function updateOf(pull: Pull, { snapshot, refusedUpdates }: View): Action | null {
  const rules = valueOr(snapshot.base, null)?.rules;
  if (rules?.kind !== 'read') return null;
  const { id, number, head, base, draft } = pull;
  const noRebase = refusedUpdates.some(({ of }) => of.pull === number && of.method === 'rebase');
  const method = rules.value.signatures || noRebase ? 'merge' : 'rebase';
  return { kind: 'update branch', pull: { id, number }, base, draft, expectedHead: head.sha, method };
}
