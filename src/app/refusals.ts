import type { Action } from '../core/actions/action.js';
import { describe } from '../core/actions/describe.js';
import type { Refusal } from '../core/view/view.js';
import type { Failure } from './apply.js';

/**
 * What GitHub refuses for good: told to people as long as it is still asked for, and in one run not tried twice. It is
 * forgotten with the process, and learned again at the next attempt.
 */
export interface Refusals {
  /** What people have to be told. */
  shown(): readonly Refusal[];
  /** Names of the groups that GitHub has refused in this run. */
  inThisRun(): ReadonlySet<string>;
  beginRun(): void;
  /** Notes which of the failures GitHub would repeat. */
  note(failures: readonly Failure[]): void;
  /** Forgets, as long as nothing was refused in this run, what these actions do not ask for any more. True if it did. */
  forgetPast(actions: readonly Action[]): boolean;
}

export function createRefusals(): Refusals {
  let shown: readonly Refusal[] = [];
  let groups = new Map<string, readonly Refusal[]>();
  return {
    shown: () => shown,
    inThisRun: () => new Set(groups.keys()),
    beginRun: () => void (groups = new Map()),
    note(failures) {
      for (const failure of failures) {
        if (failure.error.kind === 'terminal') groups.set(failure.about, refusalOf(failure));
      }
      shown = [...groups.values()].flat();
    },
    forgetPast(actions) {
      if (groups.size > 0) return false;
      const due = new Set(actions.map(describe));
      const open = shown.filter(({ deed }) => due.has(deed));
      const forgot = open.length < shown.length;
      shown = open;
      return forgot;
    },
  };
}

/** The author of a command was told by a reply. */
function refusalOf({ action, error, told }: Failure): readonly Refusal[] {
  return told ? [] : [{ deed: describe(action), sentence: error.message }];
}
