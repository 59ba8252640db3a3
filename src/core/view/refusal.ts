import { type Attempt, type AttemptContext, wouldRefuseAgain } from '../landing/refused.js';
import type { Member } from '../membership/member.js';
import { type Snapshot, valueOr } from '../model/index.js';
import type { Settings } from '../settings/schema.js';

/** What GitHub refused to do, in its own words. Not known after a restart, until it refuses again. */
export interface Refusal {
  /** A phrase behind "GitHub did not let me". */
  readonly deed: string;
  readonly sentence: string;
  /** What it decides of the next landings; absent where nothing. */
  readonly of?: RefusedLanding | RefusedBase;
}

/** One pull request is tried last, until something about it has changed. */
export interface RefusedLanding {
  readonly kind: 'landing';
  readonly attempt: Attempt;
}

/** A base takes no fast-forward. It is not tried there again. */
export interface RefusedBase {
  readonly kind: 'base';
  readonly branch: string;
}

export interface JudgedRefusals {
  /** What still holds of what GitHub refused, for people; a base that takes no fast-forward is not among it. */
  readonly refusals: readonly Refusal[];
  /** What GitHub said when it refused to fast-forward the base; null if it never did. */
  readonly noFastForward: string | null;
}

export interface RefusalContext {
  readonly snapshot: Snapshot;
  /** Whether every part of the snapshot could be read. */
  readonly whole: boolean;
  readonly settings: Settings;
  readonly baseBranch: string;
  readonly members: readonly Member[];
}

/** Judges what GitHub refused before. Without the whole snapshot and the base's rules nobody knows that it is over. */
export function judgeRefusals(refusals: readonly Refusal[], context: RefusalContext): JudgedRefusals {
  const { snapshot, whole, settings, baseBranch, members } = context;
  const ofBase = refusals.find(({ of }) => of?.kind === 'base' && of.branch === baseBranch);
  const noFastForward = ofBase?.sentence ?? null;
  const rules = snapshot.base.kind === 'read' ? valueOr(snapshot.base.value.rules, null) : null;
  const attempt: AttemptContext | null =
    rules === null || !whole
      ? null
      : { settings, repository: snapshot.repository, rules, noFastForward: ofBase !== undefined };
  const holds = ({ of }: Refusal) => {
    if (of === undefined) return true;
    if (of.kind === 'base') return false;
    return attempt === null || wouldRefuseAgain(of.attempt, members, attempt);
  };
  return { refusals: refusals.filter(holds), noFastForward };
}
