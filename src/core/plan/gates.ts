import type { Action, GateWrite } from '../actions/action.js';
import { type Verdict, stricter, verdictOf } from '../gate/verdict.js';
import { gateOf } from '../landing/slot.js';
import type { Member } from '../membership/member.js';
import { type OwnCheck, type Pull, type Readable, valueOr } from '../model/index.js';
import { landingOf } from '../names/gate-id.js';
import type { Progress } from '../view/progress.js';
import { type View, nodeOfMember } from '../view/view.js';

/** An unfinished check run dies after 14 days (GitHub's documentation of checks): it is made anew a day before. */
const RENEW_AFTER = 13 * 24 * 3_600_000;

/** The gates whose verdict is not the published one. */
export interface PlannedGates {
  /** Of the head that lands in this step, and of its sharers: they have to say so before the base moves. */
  readonly ofLanding: readonly Action[];
  readonly others: readonly Action[];
}

/** Judges the gates of all open pull requests, of every base. */
export function planGates(view: View, progress: Progress): PlannedGates {
  const landing = landingHeads(view, progress);
  const writes = gateWrites(view, progress);
  return {
    ofLanding: publish(
      view,
      writes.filter((write) => landing.has(write.sha)),
    ),
    others: publish(
      view,
      writes.filter((write) => !landing.has(write.sha)),
    ),
  };
}

function publish(view: View, gates: readonly GateWrite[]): readonly Action[] {
  return gates.length === 0 ? [] : [{ kind: 'publish gates', name: view.config.settings.gate.name, gates }];
}

/** Heads of the one that lands in this step and of those that share code with it. */
function landingHeads(view: View, { step }: Progress): ReadonlySet<string> {
  if (step.kind === 'none') return new Set();
  const node = nodeOfMember(step.member);
  const sharers = view.graph.shares
    .filter((share) => share.members.includes(node))
    .flatMap((share) => share.members);
  const nodes = new Set([node, ...sharers]);
  return new Set(
    view.members.flatMap((member) =>
      nodes.has(nodeOfMember(member)) && member.pull?.state === 'open' ? [member.pull.head.sha] : [],
    ),
  );
}

/**
 * Every head with the verdict that it should have and does not. One head with two pull requests has the stricter, and
 * none while nothing certain can be said of one of them.
 */
function gateWrites(view: View, progress: Progress): readonly GateWrite[] {
  const byHead = new Map<string, { pull: Pull; verdict: Verdict | null }>();
  for (const pull of valueOr(view.snapshot.pulls, [])) {
    if (pull.state !== 'open') continue;
    const verdict = verdictFor(pull, view, progress);
    const other = byHead.get(pull.head.sha);
    const both = other === undefined ? verdict : other.verdict && verdict && stricter(other.verdict, verdict);
    byHead.set(pull.head.sha, { pull, verdict: both });
  }
  return [...byHead.values()].flatMap(({ pull, verdict }) =>
    verdict === null ? [] : (writeFor(pull, verdict, view) ?? []),
  );
}

/** null while nothing certain can be said: what is published stays. */
function verdictFor(pull: Pull, view: View, progress: Progress): Verdict | null {
  const member = memberOf(pull, view);
  const isMember = member !== undefined && view.members.includes(member);
  if (!isMember && isUncertain(pull, member, view)) return null;
  const tracker =
    view.tracker === null ? null : `${view.snapshot.repository.url}/issues/${view.tracker.number}`;
  return verdictOf(
    {
      reasons: isMember ? progress.gateReasons(nodeOfMember(member)) : null,
      sha: pull.head.sha,
      landing: isMember ? landingRecord(member, view, progress) : null,
      override: null,
      tracker: isMember ? tracker : null,
    },
    view.digest,
  );
}

/** Whose pull request it is. Another one from a member's branch carries the same work, so it waits for the same. */
function memberOf(pull: Pull, view: View): Member | undefined {
  const own = view.judged.find((each) => each.pull?.number === pull.number);
  if (own !== undefined || !pull.head.sameRepository) return own;
  return view.members.find((each) => each.branchName === pull.head.branch);
}

/** A pull request may be called none of the deployment's only if all that could make it one was read. */
function isUncertain(pull: Pull, member: Member | undefined, view: View): boolean {
  const { snapshot } = view;
  if (snapshot.issues.kind === 'unreadable' || snapshot.branches.kind === 'unreadable') return true;
  if (snapshot.trackers.kind === 'unreadable') return true;
  return member !== undefined && (member.approval.kind === 'unread' || member.outcome.kind === 'unread');
}

/**
 * What the gate of a member records of its landing: the base it lands on now; what is recorded, as long as it has the
 * slot, and for good once it has landed, which is how that is known until GitHub marks it.
 */
function landingRecord(member: Member, view: View, { step, slot }: Progress): string | null {
  if (step.kind !== 'none' && step.member === member) return valueOr(view.snapshot.base, null)?.sha ?? null;
  if (slot?.member !== member && member.outcome.kind !== 'merged') return null;
  const gate = gateOf(member, view.config.settings);
  return gate === null ? null : landingOf(gate.externalId);
}

function writeFor(pull: Pull, verdict: Verdict, view: View): GateWrite | null {
  return gateWrite(pull.head.sha, pull.ownChecks, verdict, view);
}

/** What publishes a verdict on a commit with these runs of the app; null if it says so, or if they cannot be read. */
export function gateWrite(
  sha: string,
  checks: Readable<readonly OwnCheck[]>,
  verdict: Verdict,
  view: View,
): GateWrite | null {
  if (checks.kind === 'unreadable') return null;
  const newest = checks.value.find((check) => check.name === view.config.settings.gate.name);
  if (newest === undefined || newest.status === 'completed') {
    return newest !== undefined && says(newest, verdict) ? null : { sha, verdict, run: null };
  }
  if (isDying(newest, view)) return { sha, verdict, run: null, replaces: newest.nodeId };
  return says(newest, verdict) ? null : { sha, verdict, run: newest.nodeId };
}

function says(check: OwnCheck, verdict: Verdict): boolean {
  const conclusion = check.conclusion?.toLowerCase() ?? null;
  return (
    check.externalId === verdict.externalId &&
    check.status === verdict.status &&
    conclusion === verdict.conclusion
  );
}

function isDying(check: OwnCheck, view: View): boolean {
  return view.now - check.startedAt >= RENEW_AFTER;
}
