import { holds } from '../authority/standing.js';
import type { Member } from '../membership/member.js';
import { type Base, type Rules, type Snapshot, type Time, valueOr } from '../model/index.js';
import type { LandingReason } from '../reasons/reason.js';
import type { Settings } from '../settings/schema.js';
import { type ApprovalRules, reviewReasons } from './approvals.js';
import { checkReasons, failingNames } from './checks.js';
import { conflictOf } from './conflict.js';

export interface LandingContext {
  readonly snapshot: Snapshot;
  readonly settings: Settings;
  readonly now: Time;
}

/** Everything beside its gate that keeps a member from landing, in the order in which people deal with it. */
export function landingReasons(member: Member, context: LandingContext): readonly LandingReason[] {
  const { pull } = member;
  const { snapshot, settings, now } = context;
  if (pull === null || pull.state !== 'open') return [{ kind: 'not started' }];
  if (pull.detail.kind === 'unreadable') {
    return [{ kind: 'unread', what: `pull request #${pull.number}`, why: pull.detail.why }];
  }
  if (snapshot.base.kind === 'unreadable')
    return [{ kind: 'unread', what: 'the base', why: snapshot.base.why }];
  const base = snapshot.base.value;
  if (base.rules.kind === 'unreadable') {
    return [{ kind: 'unread', what: `the rules of ${base.branch}`, why: base.rules.why }];
  }
  const rules = base.rules.value;
  const detail = pull.detail.value;
  const reasons: LandingReason[] = [];
  if (!hasWork(member)) reasons.push({ kind: 'not started' });
  if (pull.base !== base.branch) {
    reasons.push({ kind: 'other base', branch: pull.base, wanted: base.branch });
  }
  if (pull.draft) reasons.push({ kind: 'draft' });
  else if (hasTaskFile(member, settings)) reasons.push({ kind: 'task file' });
  const conflict = conflictOf(pull);
  if (conflict !== null) reasons.push(conflict);
  reasons.push(
    ...checkReasons({
      sha: pull.head.sha,
      checks: detail.checks,
      earlierChecks: detail.earlierChecks,
      baseChecks: base.checks,
      required: rules.requiredChecks,
      pushedAt: detail.pushedAt,
      now,
      settings,
    }),
    ...reviewReasons(pull, detail, approvalRules(member, rules, snapshot, settings)),
  );
  if (settings.merge.when === 'command' && !holds(member.merge)) reasons.push({ kind: 'not asked' });
  reasons.push(...baseReasons(base, rules, settings));
  if (detail.mergeable === 'unknown') reasons.push({ kind: 'unknown mergeability' });
  return reasons;
}

/** True if the task file is on the branch and has to go before it lands. */
export function hasTaskFile(member: Member, settings: Settings): boolean {
  if (settings['task-file'].keep) return false;
  return filesOf(member).includes(member.taskPath);
}

/** True if the branch changes anything but the task file. */
export function hasWork(member: Member): boolean {
  return filesOf(member).some((path) => path !== member.taskPath);
}

/** The paths that its pull request changes; none where they cannot be read, which counts as no work. */
function filesOf({ pull }: Member): readonly string[] {
  return pull?.detail.kind === 'read' ? valueOr(pull.detail.value.files, []) : [];
}

/** What a member's reviews are judged by. */
export function approvalRules(
  member: Member,
  rules: Rules,
  snapshot: Snapshot,
  settings: Settings,
): ApprovalRules {
  const asker = member.approval.kind === 'given' ? member.approval.by : null;
  return {
    need: neededApprovals(member, rules, settings),
    selfApproval: settings.merge['self-approval'],
    lastPush: rules.lastPush,
    asker: snapshot.repository.ownerIsOrganization ? asker : null,
  };
}

/**
 * Where the base asks for none, the command to land suffices; what lands without one needs somebody's approval, and so
 * does a last push that has to be approved.
 */
function neededApprovals(member: Member, rules: Rules, settings: Settings): number {
  const need = Math.max(rules.approvals ?? 0, rules.lastPush ? 1 : 0);
  return need === 0 && settings.merge.when === 'approved' && !holds(member.merge) ? 1 : need;
}

function baseReasons(base: Base, rules: Rules, settings: Settings): readonly LandingReason[] {
  if (base.checks.kind === 'unreadable') {
    return [{ kind: 'unread', what: `the checks of ${base.branch}`, why: base.checks.why }];
  }
  const names = failingNames(base.checks.value, rules.requiredChecks, settings);
  return names.length === 0 ? [] : [{ kind: 'base failing', branch: base.branch, names }];
}
