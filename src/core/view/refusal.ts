import { type Attempt, type AttemptContext, wouldRefuseAgain } from '../landing/refused.js';
import type { Member } from '../membership/member.js';
import { type Snapshot, type Time, valueOr } from '../model/index.js';
import type { Settings } from '../settings/schema.js';

/** What GitHub refused to do, in its own words. Not known after a restart, until it refuses again. */
export interface Refusal {
  /** A phrase behind "GitHub did not let me". */
  readonly deed: string;
  readonly sentence: string;
  /** What it decides of the next landings; absent where nothing. */
  readonly of?: RefusedLanding | RefusedUpdate | RefusedBase | RefusedWords;
}

/** One pull request is tried last, until something about it has changed. */
export interface RefusedLanding {
  readonly kind: 'landing';
  readonly attempt: Attempt;
}

/** A head was not brought up to date in this way with the base as it was then. It is not tried there again. */
export interface RefusedUpdate {
  readonly kind: 'update';
  /** Number of the pull request. */
  readonly pull: number;
  readonly head: string;
  readonly base: string;
  readonly method: 'rebase' | 'merge';
  /** Whether its subagent was asked, by this process, to do it instead. */
  readonly asked: boolean;
}

/** A base takes no fast-forward. It is not tried there again. */
export interface RefusedBase {
  readonly kind: 'base';
  readonly branch: string;
}

/** A comment that was not taken, as in a locked conversation. It rests before it is tried again. */
export interface RefusedWords {
  readonly kind: 'words';
  /** The issue or pull request. */
  readonly number: number;
  readonly cause: string;
  /** When GitHub refused. */
  readonly at: Time;
}

export type UpdateRefusal = Refusal & { readonly of: RefusedUpdate };

export interface JudgedRefusals {
  /** What still holds of what GitHub refused, for people: not what the app does in another way. */
  readonly refusals: readonly Refusal[];
  /** What still holds of the updates that GitHub refused. */
  readonly refusedUpdates: readonly UpdateRefusal[];
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
    if (of === undefined || of.kind === 'words') return true;
    if (of.kind === 'base' || of.kind === 'update') return false;
    return attempt === null || wouldRefuseAgain(of.attempt, members, attempt);
  };
  const refusedUpdates = refusals.filter(isOfUpdate).filter(({ of }) => isAsItWas(of, snapshot));
  return { refusals: refusals.filter(holds), refusedUpdates, noFastForward };
}

function isOfUpdate(refusal: Refusal): refusal is UpdateRefusal {
  return refusal.of?.kind === 'update';
}

/** While the base cannot be read, nothing is tried either. */
function isAsItWas({ pull: number, head, base }: RefusedUpdate, snapshot: Snapshot): boolean {
  if (snapshot.base.kind === 'read' && snapshot.base.value.sha !== base) return false;
  return valueOr(snapshot.pulls, []).some(
    (pull) => pull.number === number && pull.state === 'open' && pull.head.sha === head,
  );
}

/** Words that GitHub has for a head that is behind a base that wants it up to date: it takes its checks for not reported. */
const MAY_BE_BEHIND = /status checks? .*expected|not up.to.date|out of date/i;

/** Whether GitHub refused to land it, and perhaps only because it is behind: the rule for that is not shown to all apps. */
export function refusedAsBehind(refusals: readonly Refusal[], pull: number | undefined): boolean {
  return refusals.some(
    ({ of, sentence }) => of?.kind === 'landing' && of.attempt.pull === pull && MAY_BE_BEHIND.test(sentence),
  );
}

/** What GitHub said when it took neither a rebase nor a merge of the base; null if it took one, or was not asked. */
export function refusedUpdateOf(
  refusals: readonly UpdateRefusal[],
  pull: number | undefined,
): { readonly sentence: string; readonly asked: boolean } | null {
  const own = refusals.filter(({ of }) => of.pull === pull);
  const merge = own.find(({ of }) => of.method === 'merge');
  return merge === undefined ? null : { sentence: merge.sentence, asked: merge.of.asked };
}
