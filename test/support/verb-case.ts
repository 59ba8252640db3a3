/** The issues that commands are tried on, and what there is to say of a command. */
import type { Place } from '../../src/core/commands/registry.js';

export const WORK = ['issue', 'pull request', 'tracking issue'] as const;
export const ONE_ISSUE = ['issue', 'pull request'] as const;
export const TRACKING = ['tracking issue'] as const;
export const EVERYWHERE = [...WORK, 'elsewhere'] as const;

/** The issues that commands of a group are tried on: on the issue, on the pull request, on the tracking issue. */
export const GROUPS = {
  held: [1, 2, 3],
  rated: [4, 5, 6],
  waiting: [7, 8, 9],
  /** Each waits for `BLOCKER` from the start. */
  blocked: [10, 11, 12],
  /** With work on their branches. */
  ready: [13, 14, 15],
  /** The second one was deployed and cancelled, so that it has a pull request. */
  deployed: [16, 17, 18],
  adopting: [19, 20, 21],
  /** Edited after they were deployed. */
  edited: [22, 23, 24],
  cancelled: [25, 26, 27],
} as const;

/** One that no command means. */
export const BLOCKER = 40;

/** A command at one place. */
export interface At {
  readonly issue: number;
  readonly place: Place;
  /** The pull request that somebody has made for the issue, if its group is `adopting`. */
  readonly own: number;
}

/** What the tracking issue shows changes. */
export const SHOWN = '~ tracking issue: text';
export const FREE = 'merge-order success, Free to merge: nothing to wait for';
export const WAITS = `merge-order in_progress, Waits for #${BLOCKER}`;

export interface VerbCase {
  readonly role: 'triage' | 'write' | 'maintain';
  readonly places: readonly Place[];
  readonly group: keyof typeof GROUPS;
  /** When it is tried: those of a round at once, so that each takes back nothing that another has just done. */
  readonly round: 1 | 2 | 3 | 4;
  readonly args?: (at: At) => string;
  /** The exact difference on GitHub, besides the 👍; `answers`: a reply and nothing else. */
  readonly does: 'is not served' | 'answers' | 'posts a sync' | ((at: At) => readonly string[]);
  /** What it does for somebody who says it, and later what takes it back, when all that was said before; nothing if left out. */
  readonly again?: (at: At) => readonly string[];
}
