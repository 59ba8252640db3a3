import type { Action } from '../actions/action.js';
import { describe } from '../actions/describe.js';
import { wordsRest } from '../view/retries.js';
import type { View } from '../view/view.js';

type CommentAction = Extract<Action, { readonly kind: 'comment' }>;

/** Something that is to be said once, and where it may have been said. */
export interface Remark extends Omit<CommentAction, 'kind'> {
  /** Issues and pull requests on any of which it counts as said. */
  readonly places: readonly number[];
}

/**
 * So many are looked up and said in one run: comments go out with seconds between them, and nothing lands meanwhile. The
 * others follow in the next.
 */
const MAX_REMARKS = 20;

/**
 * The first remarks that were not made yet. Whether one was is read from GitHub; while that cannot be read it is not made.
 * What GitHub has refused comes last, so that it keeps no other from being said; while that rests it is asked for, but
 * neither looked up nor counted.
 */
export function sayOnce(remarks: readonly Remark[], view: View): readonly Action[] {
  const isRefused = (remark: Remark) =>
    view.refusals.some(({ deed }) => deed === describe(commentOf(remark)));
  const inTurn = [...remarks.filter((each) => !isRefused(each)), ...remarks.filter(isRefused)];
  const actions: Action[] = [];
  let open = 0;
  const resting = remarks.filter((remark) => wordsRest(remark, view));
  for (const remark of inTurn) {
    if (resting.includes(remark)) continue;
    const said = remark.places.map((place) => view.said.has(place, remark.cause));
    if (said.some((each) => each.kind === 'read' && each.value)) continue;
    if (said.every(({ kind }) => kind === 'read')) actions.push(commentOf(remark));
    open += 1;
    if (open === MAX_REMARKS) break;
  }
  return [...actions, ...resting.map(commentOf)];
}

function commentOf({ number, body, cause }: Remark): CommentAction {
  return { kind: 'comment', number, body, cause };
}
