import { type Approval, approvalOf } from '../authority/approval.js';
import type { RoleBook } from '../authority/role-book.js';
import { type Standing, holds } from '../authority/standing.js';
import { readFacts } from '../facts/read-facts.js';
import { type RiskSaid, withWhy } from '../facts/risk-why.js';
import type { RefContext } from '../facts/references.js';
import {
  type Branch,
  type Comment,
  type Issue,
  type Pull,
  type Readable,
  type Snapshot,
  type Time,
  groupBy,
  valueOr,
} from '../model/index.js';
import { controlLabels } from '../names/labels.js';
import { branchOf } from '../names/members.js';
import { landingOf } from '../names/gate-id.js';
import type { Settings } from '../settings/schema.js';
import { controlStanding, labelEvents, shows } from './control.js';
import { findPull } from './find-pull.js';
import { type Member, isOver } from './member.js';
import { outcomeOf } from './outcome.js';
import { type Recorded, recordedFor } from './recorded.js';
import { judgeShared } from './shared.js';

/** The `deploy` and `redeploy` commands on issues. */
export interface Asked {
  /** The `deploy` commands that the app accepted, oldest first. */
  accepted(issue: number): readonly Comment[];
  /** The `redeploy` commands that it accepted, oldest first. */
  renewed(issue: number): readonly Comment[];
  /** Why there may be more `deploy` commands; null if there are none. */
  unanswered(issue: number): string | null;
}

export interface MembersInput {
  readonly snapshot: Snapshot;
  readonly settings: Settings;
  readonly book: RoleBook;
  readonly asked: Asked;
  /** What the newest accepted `risk` command about an issue says. */
  readonly riskSaid: (issue: number) => RiskSaid | null;
  /** Name of the branch that the deployment lands on. */
  readonly baseBranch: string;
  readonly refs: RefContext;
}

/**
 * Judges every issue that the snapshot holds. Candidates are members, and also those whose approval is refused or
 * cannot be judged: the plan deals with them, the tracking issue does not show them.
 */
export function judgeIssues(input: MembersInput): readonly Member[] {
  // Each issue looks only at those from its own branch.
  const pulls = groupBy(valueOr(input.snapshot.pulls, []), ({ head }) => head.branch);
  return valueOr(input.snapshot.issues, []).map((issue) => {
    const own = pulls.get(branchOf(input.settings, issue.number)) ?? [];
    return judgeIssue(issue, own, input);
  });
}

/** The members of the deployment, which began at `since`, among the judged issues. */
export function membersOf(judged: readonly Member[], since: Time | null): readonly Member[] {
  return judged.filter((member) => isMember(member, since));
}

/**
 * Open issues with an unspent approval, or with a pull request and one that cannot be judged now; labelled issues
 * finished since the deployment began; issues for which the app made a pull request since then.
 */
function isMember(member: Member, since: Time | null): boolean {
  const { approval, pull, issue, deploy } = member;
  if (!isOver(member)) return approval.kind === 'given' || (approval.kind === 'unread' && pull !== null);
  if (since === null) return false;
  if (pull?.author?.kind === 'me' && pull.createdAt >= since) return true;
  const finished = Math.max(pull?.closedAt ?? -Infinity, issue.closedAt ?? -Infinity);
  return holds(deploy) && finished >= since;
}

function judgeIssue(issue: Issue, pulls: readonly Pull[], input: MembersInput): Member {
  const { snapshot, settings, book } = input;
  const labels = controlLabels(settings);
  const branchName = branchOf(settings, issue.number);
  const branch = branchNamed(snapshot, branchName);
  const subject = { labels: issue.labels, events: labelEvents(issue) };
  const deploy = controlStanding('deploy', labels.deploy.name, subject, book);

  const { approval, pull, recorded } = approve(issue, pulls, input, holds(deploy));
  const facts = readFacts({ body: textOf(issue, recorded), labels: valueOr(issue.labels, []) }, input.refs);
  return {
    number: issue.number,
    issue,
    approval,
    branchName,
    branch,
    pull,
    recorded,
    facts: { ...facts, risk: withWhy(facts.risk, input.riskSaid(issue.number)) },
    hold: controlStanding('hold', labels.hold.name, subject, book),
    merge: controlStanding('merge', labels.merge.name, subject, book),
    deploy,
    shared: judgeShared(issue, book),
    outcome: outcomeOf(issue, pull, {
      base: snapshot.base,
      labelled: labelledAs(deploy, issue, labels.deploy.name),
      landed: landed(pull, settings),
      book,
      home: snapshot.repository.name,
    }),
  };
}

/** Whether the deploy label holds, was taken off, or was never there. */
function labelledAs(deploy: Standing, issue: Issue, name: string): 'on' | 'removed' | 'never' {
  if (holds(deploy)) return 'on';
  const events = valueOr(labelEvents(issue), []);
  const everHad = events.some((event) => event.label.toLowerCase() === name.toLowerCase());
  return everHad ? 'removed' : 'never';
}

interface Found {
  readonly approval: Approval;
  readonly pull: Pull | null;
  readonly recorded: Readable<Recorded | null>;
}

/** Which pull request counts depends on the approval's time, and the approval on what the task commits record. */
function approve(issue: Issue, pulls: readonly Pull[], input: MembersInput, labelled: boolean): Found {
  const { snapshot, settings, book, asked, baseBranch } = input;
  const branchName = branchOf(settings, issue.number);
  const path = { branch: branchName, base: baseBranch };
  const newest = findPull(pulls, path, null, book);
  const onPull = recordedFor(issue.number, newest, null, snapshot.tasks);
  const onBranch = recordedFor(issue.number, null, branchNamed(snapshot, branchName), snapshot.tasks);
  const records = [onPull, onBranch];
  const approval = approvalOf(issue, {
    settings,
    book,
    labelled,
    asked: asked.accepted(issue.number),
    renewed: asked.renewed(issue.number),
    unanswered: asked.unanswered(issue.number),
    recorded: records.flatMap((record) => valueOr(record, null) ?? []),
    unrecorded: records.flatMap((record) => (record.kind === 'unreadable' ? [record.why] : []))[0] ?? null,
    underWay: newest?.state === 'open',
  });
  const pull = approval.kind === 'given' ? findPull(pulls, path, approval.since, book) : newest;
  return { approval, pull, recorded: pull === null ? onBranch : onPull };
}

/** Whether a gate of the pull request's head records its landing. */
function landed(pull: Pull | null, settings: Settings): Readable<boolean> {
  if (pull === null) return { kind: 'read', value: false };
  if (pull.ownChecks.kind === 'unreadable') return pull.ownChecks;
  const gates = pull.ownChecks.value.filter((check) => check.name === settings.gate.name);
  return { kind: 'read', value: gates.some((check) => landingOf(check.externalId) !== null) };
}

function textOf(issue: Issue, recorded: Readable<Recorded | null>): string {
  return valueOr(recorded, null)?.text ?? issue.body;
}

/**
 * True if the issue is open and still shows the deploy label of work that is over. After a merge GitHub may not have
 * closed the issue yet: then only one that somebody has reopened is. An approval that cannot be judged is not spent.
 */
export function isSpent(member: Member, settings: Settings): boolean {
  const { issue, approval } = member;
  if (
    !isOver(member) ||
    approval.kind !== 'given' ||
    issue.state !== 'open' ||
    !shows(issue, settings.labels.deploy)
  )
    return false;
  return member.outcome.kind === 'cancelled' || issue.stateReason === 'reopened';
}

function branchNamed(snapshot: Snapshot, name: string): Branch | null {
  return snapshot.branches.kind === 'read' ? (snapshot.branches.value[name] ?? null) : null;
}
