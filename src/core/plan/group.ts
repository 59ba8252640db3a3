import type { Action } from '../actions/action.js';
import { needsWholeSnapshot } from '../actions/memory.js';

/**
 * Actions that belong together, carried out in their order: one that fails ends its group and no other. A group of which
 * any action must not rest on an incomplete snapshot is not begun on one.
 */
export interface Group {
  /** What the group is for, in the words of a log line. */
  readonly about: string;
  readonly actions: readonly Action[];
  /** True if none rests on another, so that they may go out together and one that fails ends nothing. */
  readonly together: boolean;
  /** The comment whose commands the group carries out: its author is told if GitHub refuses. */
  readonly comment: CommandComment | null;
}

export interface CommandComment {
  readonly id: number;
  readonly number: number;
  readonly login: string;
}

/** Actions that do not rest on one another. */
export function together(about: string, actions: readonly Action[]): readonly Group[] {
  return actions.length === 0 ? [] : [{ about, actions, together: true, comment: null }];
}

/** A group, or nothing if there is nothing to do. */
export function group(
  about: string,
  actions: readonly Action[],
  comment: CommandComment | null = null,
): readonly Group[] {
  return actions.length === 0 ? [] : [{ about, actions, together: false, comment }];
}

/** The groups that may be begun on a snapshot. */
export function allowed(groups: readonly Group[], whole: boolean): readonly Group[] {
  return whole ? groups : groups.filter(({ actions }) => !actions.some(needsWholeSnapshot));
}
