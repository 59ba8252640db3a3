import { newestGate } from '../gate/newest.js';
import { type Override, overrideOf } from '../gate/override.js';
import { type Judgement, judgementOf, stricter } from '../gate/verdict.js';
import { landingGateOf } from '../landing/slot.js';
import type { Member } from '../membership/member.js';
import { type OwnCheck, type Pull, type Readable, valueOr } from '../model/index.js';
import type { LandingRecord } from '../names/gate-id.js';
import { branchOf } from '../names/members.js';
import { type IssueGone, issueGoneOf } from '../view/lost-work.js';
import type { Progress } from '../view/progress.js';
import { type View, nodeOfMember } from '../view/view.js';

/** A commit that is the head of open pull requests, of one or of several. */
export interface Head {
  readonly sha: string;
  /** The members whose work it is. Nearly always one, or none for a pull request that is not the deployment's. */
  readonly members: readonly Member[];
  /** The app's work on it whose issue is gone. */
  readonly lost: readonly IssueGone[];
  /** True if one of its pull requests may be a member's, and not all that would tell so was read. */
  readonly uncertain: boolean;
  /** The app's runs on it, newest first. */
  readonly checks: Readable<readonly OwnCheck[]>;
}

/** The heads of all open pull requests, of every base, in order of their first pull request. */
export function openHeads(view: View): readonly Head[] {
  const whose = createWhose(view);
  const heads = new Map<string, Head>();
  for (const pull of valueOr(view.snapshot.pulls, [])) {
    if (pull.state !== 'open') continue;
    const { sha } = pull.head;
    const head = heads.get(sha) ?? { sha, members: [], lost: [], uncertain: false, checks: pull.ownChecks };
    const { member, uncertain } = whose(pull);
    const gone = member === null && !uncertain ? issueGoneOf(pull, view) : null;
    heads.set(sha, {
      sha,
      members: member === null || head.members.includes(member) ? head.members : [...head.members, member],
      lost: gone === null ? head.lost : [...head.lost, gone],
      uncertain: head.uncertain || uncertain,
      checks: pull.ownChecks.kind === 'unreadable' ? pull.ownChecks : head.checks,
    });
  }
  return [...heads.values()];
}

/** The override that the newest gate on a head records. */
export function overrideOn(head: Head, view: View): Override | null {
  const gate = newestGate(head.checks, view.config.settings);
  return gate === null ? null : overrideOf(gate);
}

/** The address of the tracking issue's page; null while there is none. */
export function trackerAddress({ snapshot, tracker }: View): string | null {
  return tracker === null ? null : `${snapshot.repository.url}/issues/${tracker.number}`;
}

/**
 * What the gate of a head has to say; null while nothing certain can be said of one of its pull requests, so that what is
 * published stays. Of several members the stricter verdict holds, and no override: a check run speaks for the commit, and
 * who cleared the one has not cleared the other.
 */
export function verdictOn(
  head: Head,
  override: Override | null,
  view: View,
  progress: Progress,
): Judgement | null {
  const { sha, members, lost, uncertain } = head;
  if (uncertain) return null;
  const around = {
    tracker: trackerAddress(view),
    repository: view.snapshot.repository.url,
    prefix: view.config.settings.commands.prefix,
    phrases: progress.phrases,
  };
  const counts = members.length === 1 ? override : null;
  // Kept whoever's verdict is the stricter: it says whose landing it is.
  const landing = members.flatMap((member) => landingRecord(member, view, progress) ?? [])[0] ?? null;
  const judgements = members.map((member) => {
    const reasons = progress.gateReasons(nodeOfMember(member));
    return judgementOf({ reasons, sha, landing, override: counts, around }, view.digest);
  });
  const reasons = lost.length === 0 ? null : lost;
  const other = judgementOf({ reasons, sha, landing, override: null, around }, view.digest);
  return judgements.length === 0 ? other : [...judgements, other].reduce(stricter);
}

/**
 * Says whose work a pull request is. Another one from a member's branch carries the same work, so it waits for the same.
 * One may be called none of the deployment's only if all that could make it one was read.
 */
function createWhose(view: View) {
  const { issues, branches, trackers, comments } = view.snapshot;
  const unread = [issues, branches, trackers, comments].some(({ kind }) => kind === 'unreadable');
  const byPull = new Map(
    view.judged.flatMap((each) => (each.pull ? [[each.pull.number, each] as const] : [])),
  );
  const { settings } = view.config;
  // The draft in whose place another was adopted may hold work, and is open for a moment yet.
  const byBranch = new Map([
    ...view.members.map((each) => [branchOf(settings, each.number), each] as const),
    ...view.members.map((each) => [each.branchName, each] as const),
  ]);
  const members = new Set(view.members);
  return ({ number, head }: Pull): { readonly member: Member | null; readonly uncertain: boolean } => {
    const own = byPull.get(number) ?? (head.sameRepository ? byBranch.get(head.branch) : undefined);
    if (own !== undefined && members.has(own)) return { member: own, uncertain: false };
    const isUnread = own !== undefined && (own.approval.kind === 'unread' || own.outcome.kind === 'unread');
    return { member: null, uncertain: unread || isUnread };
  };
}

/**
 * What the gate of a member records of its landing: the base it lands on now; what is recorded, as long as it has the
 * slot, and for good once it has landed, which is how that is known until GitHub marks it.
 */
function landingRecord(member: Member, view: View, { step, slot }: Progress): LandingRecord | null {
  if (member.pull === null) return null;
  const { number } = member.pull;
  const isNext = step.kind !== 'none' && step.member === member;
  if (!isNext && slot?.member !== member && member.outcome.kind !== 'merged') return null;
  const base = isNext
    ? valueOr(view.snapshot.base, null)?.sha
    : landingGateOf(member, view.config.settings)?.on;
  return base === undefined ? null : { base, pull: number };
}
