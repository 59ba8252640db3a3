import type { Action } from '../core/actions/action.js';
import { describe } from '../core/actions/describe.js';
import type { Time } from '../core/model/index.js';
import type { PlannedLanding } from '../core/plan/landing.js';
import { conflictCause } from '../core/names/conflict-cause.js';
import type { Refusal, UpdateRefusal } from '../core/view/refusal.js';
import type { Failure } from './apply.js';

/**
 * What GitHub refuses for good: told to people as long as it is still asked for, and in one run not tried twice. A refused
 * landing is remembered until something about it changes, since the plan asks for others meanwhile; a refused update until
 * the next one of that pull request is refused; a base that takes no
 * fast-forward for as long as the process lives, or two methods would take turns; a refused comment, which rests, until no
 * plan asks for it. All of it is forgotten with the process, and learned again at the next attempt.
 */
export interface Refusals {
  /** Everything that the next plan has to know. */
  known(): readonly Refusal[];
  /** Names of the groups that GitHub has refused in this run. */
  inThisRun(): ReadonlySet<string>;
  beginRun(): void;
  /**
   * Notes which of the failures GitHub would repeat; `landing` is that of the plan that met them. Comments rest from `now`
   * on; null if the failures are of homes, which are tried in every run, since what follows may rest on the words.
   */
  note(failures: readonly Failure[], landing: PlannedLanding | null, now: Time | null): void;
  /** Notes for which heads the subagent has been asked to do what GitHub refused. */
  noteAsked(done: readonly Action[]): void;
  /** Forgets the refused landings and comments that a plan no longer found to hold. True if any of them was a comment. */
  keep(holding: readonly Refusal[]): boolean;
  /** Forgets, as long as nothing was refused in this run, what these actions do not ask for any more. True if it did. */
  forgetPast(actions: readonly Action[]): boolean;
}

export function createRefusals(): Refusals {
  let shown: readonly Refusal[] = [];
  let groups = new Map<string, readonly Refusal[]>();
  /** By the number of the pull request, and by the name of the base. */
  let landings = new Map<number, Refusal>();
  const bases = new Map<string, Refusal>();
  /** By the number of the pull request and the method. */
  const updates = new Map<string, UpdateRefusal>();
  /** By the number of the issue or pull request and the cause. */
  let words = new Map<string, Refusal>();

  function noteLanding(failure: Failure, { attempt, base, fallsBack }: PlannedLanding): void {
    const { action, error } = failure;
    const refusal = { deed: describe(action), sentence: error.message };
    if (action.kind === 'update branch') {
      const { pull, method, expectedHead: head } = action;
      const of = { kind: 'update', pull: pull.number, head, base, method, asked: false } as const;
      updates.set(`${pull.number} ${method}`, { ...refusal, of });
    } else if (action.kind === 'fast-forward' && fallsBack && error.options.ofPull !== true) {
      bases.set(action.branch, { ...refusal, of: { kind: 'base', branch: action.branch } });
    } else {
      landings.set(attempt.pull, { ...refusal, of: { kind: 'landing', attempt } });
    }
  }

  return {
    known: () => [...shown, ...words.values(), ...landings.values(), ...updates.values(), ...bases.values()],
    inThisRun: () => new Set(groups.keys()),
    beginRun: () => void (groups = new Map()),
    note(failures, landing, now) {
      for (const failure of failures) {
        const { action, error } = failure;
        if (error.kind !== 'terminal') continue;
        const isLanding = landing !== null && failure.about === landing.about;
        if (isLanding) noteLanding(failure, landing);
        const before = groups.get(failure.about) ?? [];
        const rests = action.kind === 'comment' && now !== null;
        if (rests) {
          const { number, cause } = action;
          const of = { kind: 'words', number, cause, at: now } as const;
          words.set(`${number} ${cause}`, { deed: describe(action), sentence: error.message, of });
        }
        groups.set(failure.about, isLanding || rests ? before : [...before, ...refusalOf(failure)]);
      }
      shown = [...groups.values()].flat();
    },
    noteAsked(done) {
      const causes = new Set(done.flatMap((action) => (action.kind === 'comment' ? [action.cause] : [])));
      for (const [key, { of, ...refusal }] of updates) {
        if (causes.has(conflictCause(of.head))) updates.set(key, { ...refusal, of: { ...of, asked: true } });
      }
    },
    keep(holding) {
      const held = new Set(holding);
      landings = new Map([...landings].filter(([, refusal]) => held.has(refusal)));
      const said = words.size;
      words = new Map([...words].filter(([, refusal]) => held.has(refusal)));
      return words.size < said;
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
