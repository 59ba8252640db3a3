import { type Approval, approvalOf } from '../authority/approval.js';
import type { RoleBook } from '../authority/role-book.js';
import { holds } from '../authority/standing.js';
import { readFacts } from '../facts/read-facts.js';
import type { RefContext } from '../facts/references.js';
import {
  type Branch,
  type Comment,
  type Issue,
  type Pull,
  type Readable,
  type Snapshot,
  type Time,
  valueOr,
} from '../model/index.js';
import { controlLabels } from '../names/labels.js';
import { branchOf } from '../names/members.js';
import { landingOf } from '../names/gate-id.js';
import type { Settings } from '../settings/schema.js';
import { recordedText } from '../task/task-file.js';
import { controlStanding, labelEvents, shows } from './control.js';
import { findPull } from './find-pull.js';
import { type Member, isOver } from './member.js';
import { outcomeOf } from './outcome.js';
import { type Recorded, recordedFor } from './recorded.js';

export interface MembersInput {
  readonly snapshot: Snapshot;
  readonly settings: Settings;
  readonly book: RoleBook;
  /** `deploy` commands that the app accepted, by issue, oldest first. */
  readonly asked: ReadonlyMap<number, readonly Comment[]>;
  /** When the tracking issue was made; null while there is none. */
  readonly since: Time | null;
  readonly refs: RefContext;
}

/**
 * Judges every issue that the snapshot holds. Candidates are members, and also those whose approval is refused or
 * cannot be judged: the plan deals with them, the tracking issue does not show them.
 */
export function judgeIssues(input: MembersInput): readonly Member[] {
  return valueOr(input.snapshot.issues, []).map((issue) => judgeIssue(issue, input));
}

/** The members of the deployment among the judged issues. */
export function membersOf(judged: readonly Member[], since: Time | null): readonly Member[] {
  return judged.filter((member) => isMember(member, since));
}

/**
 * Open issues with an unspent approval; labelled issues finished since the tracking issue was made; issues for which the
 * app made a pull request since then.
 */
function isMember(member: Member, since: Time | null): boolean {
  if (!isOver(member)) return member.approval.kind === 'given';
  if (since === null) return false;
  const { pull, issue, deploy } = member;
  if (pull?.author?.kind === 'me' && pull.createdAt >= since) return true;
  const finished = Math.max(pull?.closedAt ?? -Infinity, issue.closedAt ?? -Infinity);
  return holds(deploy) && finished >= since;
}

function judgeIssue(issue: Issue, input: MembersInput): Member {
  const { snapshot, settings, book } = input;
  const labels = controlLabels(settings);
  const branchName = branchOf(settings, issue.number);
  const branch = branchNamed(snapshot, branchName);
  const pulls = valueOr(snapshot.pulls, []);
  const subject = { labels: issue.labels, events: labelEvents(issue) };
  const deploy = controlStanding('deploy', labels.deploy.name, subject, book);

  const found = approve(issue, input, pulls, branchName);
  const { approval, pull, recorded } = found;
  const landed = valueOr(pull?.ownChecks ?? { kind: 'read', value: [] }, [])
    .filter((check) => check.name === settings.gate.name)
    .some((check) => landingOf(check.externalId) !== null);
  return {
    number: issue.number,
    issue,
    approval,
    branchName,
    branch,
    pull,
    recorded,
    facts: readFacts({ body: textOf(issue, recorded), labels: valueOr(issue.labels, []) }, input.refs),
    hold: controlStanding('hold', labels.hold.name, subject, book),
    merge: controlStanding('merge', labels.merge.name, subject, book),
    deploy,
    outcome: outcomeOf(
      issue,
      pull,
      snapshot.base,
      holds(deploy),
      landed ? (pull?.head.sha ?? null) : null,
      book,
    ),
  };
}

interface Found {
  readonly approval: Approval;
  readonly pull: Pull | null;
  readonly recorded: Readable<Recorded | null>;
}

/** Which pull request counts depends on the approval's time, and the approval on what the task commit records. */
function approve(issue: Issue, input: MembersInput, pulls: readonly Pull[], branchName: string): Found {
  const { snapshot, settings, book } = input;
  const branch = branchNamed(snapshot, branchName);
  const newest = findPull(pulls, branchName, null);
  const recorded = recordedFor(issue.number, newest, branch, snapshot.tasks);
  const cause = valueOr(recorded, null)?.cause ?? null;
  const approval = approvalOf(issue, settings, book, input.asked.get(issue.number) ?? [], cause);
  if (newest === null || approval.kind !== 'given') return { approval, pull: newest, recorded };
  const pull = findPull(pulls, branchName, approval.at);
  if (pull !== null) return { approval, pull, recorded };
  return { approval, pull, recorded: recordedFor(issue.number, null, branch, snapshot.tasks) };
}

function textOf(issue: Issue, recorded: Readable<Recorded | null>): string {
  const file = valueOr(recorded, null)?.file;
  const text = file?.kind === 'read' ? recordedText(file.value) : undefined;
  return text ?? issue.body;
}

/**
 * True if the issue is open and still shows the deploy label of work that is over. After a merge GitHub may not have
 * closed the issue yet: then only one that somebody has reopened is.
 */
export function isSpent(member: Member, settings: Settings): boolean {
  const { issue } = member;
  if (!isOver(member) || issue.state !== 'open' || !shows(issue, settings.labels.deploy)) return false;
  return member.outcome.kind === 'cancelled' || issue.stateReason === 'reopened';
}

function branchNamed(snapshot: Snapshot, name: string): Branch | null {
  return snapshot.branches.kind === 'read' ? (snapshot.branches.value[name] ?? null) : null;
}
