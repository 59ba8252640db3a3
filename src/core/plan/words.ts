import type { Action } from '../actions/action.js';
import type { Refusal } from '../view/refusal.js';
import { wordsRest } from '../view/retries.js';
import type { View } from '../view/view.js';
import type { Group } from './group.js';

/**
 * The groups without the comments that GitHub refused not long ago, as in a locked conversation: what comes behind them in
 * their group goes on without a word, or nothing there would ever end.
 */
export function withoutResting(groups: readonly Group[], view: View): readonly Group[] {
  return groups
    .map((group) => ({ ...group, actions: group.actions.filter((action) => !isResting(action, view)) }))
    .filter(({ actions }) => actions.length > 0);
}

/** The refusals without those of comments that none of the groups asks for any more. */
export function stillWanted(refusals: readonly Refusal[], groups: readonly Group[]): readonly Refusal[] {
  const wanted = new Set(groups.flatMap(({ actions }) => actions).map(wordsOf));
  return refusals.filter(({ of }) => of?.kind !== 'words' || wanted.has(`${of.number} ${of.cause}`));
}

function isResting(action: Action, view: View): boolean {
  return action.kind === 'comment' && wordsRest(action, view);
}

function wordsOf(action: Action): string | null {
  return action.kind === 'comment' ? `${action.number} ${action.cause}` : null;
}
