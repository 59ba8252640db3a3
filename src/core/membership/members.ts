import type { RoleBook } from '../authority/role-book.js';
import { type Standing, holds } from '../authority/standing.js';
import { readFacts } from '../facts/read-facts.js';
import { type RiskSaid, withWhy } from '../facts/risk-why.js';
import type { RefContext } from '../facts/references.js';
import { type Issue, type Pull, type Readable, type Snapshot, type Time, valueOr } from '../model/index.js';
import { controlLabels, isSameLabel } from '../names/labels.js';
import { landingOf } from '../names/gate-id.js';
import { taskPathOf } from '../names/members.js';
import type { Settings } from '../settings/schema.js';
import { controlStanding, labelEvents, shows } from './control.js';
import { type Asked, type PullsByPlace, branchNamed, createPullsByPlace, findWork } from './find-work.js';
import { type Member, isOver } from './member.js';
import { outcomeOf } from './outcome.js';
import type { Recorded } from './recorded.js';
import { judgeShared } from './shared.js';

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
  const pulls = createPullsByPlace(valueOr(input.snapshot.pulls, []));
  return valueOr(input.snapshot.issues, []).map((issue) => judgeIssue(issue, pulls, input));
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

function judgeIssue(issue: Issue, pulls: PullsByPlace, input: MembersInput): Member {
  const { snapshot, settings, book } = input;
  const labels = controlLabels(settings);
  const subject = { labels: issue.labels, events: labelEvents(issue) };
  const deploy = controlStanding('deploy', labels.deploy.name, subject, book);

  const { approval, pull, recorded, branchName } = findWork(issue, pulls, input, holds(deploy));
  const facts = readFacts({ body: textOf(issue, recorded), labels: valueOr(issue.labels, []) }, input.refs);
  return {
    number: issue.number,
    issue,
    approval,
    branchName,
    branch: branchNamed(snapshot, branchName),
    taskPath: taskPathOf(settings, issue.number),
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
      unlabelledFirst: !holds(deploy) && unlabelledFirst(issue, pull, labels.deploy.name),
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
  const everHad = events.some((event) => isSameLabel(event.label, name));
  return everHad ? 'removed' : 'never';
}

/**
 * Whether the deploy label was taken off before the pull request was closed. GitHub's times have whole seconds: of one
 * second, what a person has taken off came first, and the app takes it off for what is over.
 */
function unlabelledFirst(issue: Issue, pull: Pull | null, name: string): boolean {
  const closedAt = pull?.closedAt ?? null;
  const last = valueOr(labelEvents(issue), []).findLast((event) => isSameLabel(event.label, name));
  if (closedAt === null || last === undefined || last.added) return false;
  return last.at < closedAt || (last.at === closedAt && last.actor?.kind !== 'me');
}

/** Whether a gate of the pull request's head records its landing: another one may have landed with the same head. */
function landed(pull: Pull | null, settings: Settings): Readable<boolean> {
  if (pull === null) return { kind: 'read', value: false };
  if (pull.ownChecks.kind === 'unreadable') return pull.ownChecks;
  const gates = pull.ownChecks.value.filter((check) => check.name === settings.gate.name);
  return { kind: 'read', value: gates.some((check) => landingOf(check.externalId, pull.number) !== null) };
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
