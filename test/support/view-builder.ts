/**
 * Snapshots with sensible parts, and the view and the progress that the real code makes of them. A repository with one
 * merge method, protected by one approval and the gate; nothing is deployed unless a test says so.
 */
import { hash } from 'node:crypto';
import {
  type Actor,
  type Base,
  type Check,
  type Commit,
  type Issue,
  type KnownRole,
  type LabelEvent,
  type Pull,
  type PullDetail,
  type Repository,
  type Role,
  type Rules,
  type Snapshot,
  type Time,
  type Tracker,
  read,
} from '../../src/core/model/index.js';
import { renderTaskFile } from '../../src/core/task/task-file.js';
import { renderTaskCommit } from '../../src/core/task/trailers.js';
import { formatTime, parseTime } from '../../src/core/text/time.js';
import { configInForce } from '../../src/core/view/config-in-force.js';
import { type Progress, progressOf } from '../../src/core/view/progress.js';
import { type View, viewOf } from '../../src/core/view/view.js';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
/** When everything begins: issues are labelled, then deployed. */
export const START: Time = parseTime('2025-02-24T15:56:00Z');
/** When snapshots are judged, if a test does not say otherwise. */
export const NOW: Time = START + 4 * HOUR;

export const ME: Actor = { login: 'yardmaster[bot]', kind: 'me' };

export function person(login: string): Actor {
  return { login, kind: 'person' };
}

export function digest(text: string): string {
  return hash('sha256', text);
}

/** A commit's SHA that is the same for the same words. */
export function sha(words: string): string {
  return digest(words).slice(0, 40);
}

export function role(name: Role): KnownRole {
  return { role: read(name), askedAt: NOW + 1_000 * HOUR };
}

/** A label and the event that put it. */
export function labelled(label: string, by: Actor | null = person('linus'), at: Time = START): LabelEvent {
  return { id: `event-${label}`, label, added: true, actor: by, at };
}

export interface IssueParts extends Partial<Omit<Issue, 'labels'>> {
  readonly labels?: readonly string[];
  /** Who put each of the labels; linus if left out. */
  readonly by?: Actor;
}

/** An open issue that linus, who has write, has labelled for deployment. */
export function anIssue(number: number, parts: IssueParts = {}): Issue {
  const { labels = ['deploy-subagent'], by = person('linus'), ...rest } = parts;
  const events = labels.map((label) => labelled(label, by));
  return {
    id: `issue-${number}`,
    databaseId: 1_000 + number,
    number,
    title: `Issue ${number}`,
    body: '',
    author: person('olaf'),
    state: 'open',
    stateReason: null,
    createdAt: START - 24 * HOUR,
    closedAt: null,
    labels: read(labels),
    blockedBy: read([]),
    history: read({ labels: events, edits: [], dependencies: [], closed: null }),
    ...rest,
  };
}

/** The task commit of an issue, as the app writes it. */
export function taskCommit(issue: Issue, approvedBy = 'linus', approvedAt: Time = START): Commit {
  const { headline, body } = renderTaskCommit({
    issue: issue.number,
    bodySha256: digest(issue.body),
    approvedBy,
    approvedAt: formatTime(approvedAt),
    approvalEvent: 'event-deploy-subagent',
  });
  const message = `${headline}\n\n${body}`;
  return {
    sha: sha(`task ${issue.number}`),
    message,
    author: ME,
    others: [],
    madeOnGitHub: true,
    committedAt: START,
  };
}

/** The task file of an issue, as the app writes it. */
export function taskText(issue: Issue, approvedBy = 'linus'): string {
  const { number, title, body, author } = issue;
  return renderTaskFile({
    issue: { number, title, body, author: author?.login ?? null },
    branch: `feature/issue-${number}`,
    worktree: `main-issue-${number}`,
    base: 'main',
    path: `.agents/subagent_issue_${number}.md`,
    keep: false,
    approval: { by: approvedBy, at: formatTime(START) },
    references: [],
    dependsOn: [],
    shares: [],
  });
}

export interface PullParts extends Partial<Omit<Pull, 'detail'>> {
  readonly detail?: Partial<PullDetail>;
}

/** The app's draft for an issue, with nothing but the task commit on it. */
export function aPull(number: number, issue: Issue, parts: PullParts = {}): Pull {
  const { detail, ...rest } = parts;
  const task = taskCommit(issue);
  return {
    id: `pull-${number}`,
    number,
    title: `Fix: Issue #${issue.number} - ${issue.title}`,
    body: `Closes #${issue.number}`,
    state: 'open',
    draft: true,
    author: ME,
    createdAt: START + MINUTE,
    closedAt: null,
    head: { branch: `feature/issue-${issue.number}`, sha: task.sha, sameRepository: true },
    base: 'main',
    mergeCommit: null,
    assignees: ['linus'],
    changedFiles: 1,
    ownChecks: read([]),
    queued: read(null),
    leftQueue: read(null),
    ...rest,
    detail: read({
      mergeable: 'mergeable',
      behindBy: 0,
      mustUpdate: false,
      lacks: read([]),
      commits: read([task]),
      forcePushes: [],
      reviews: read([]),
      checks: read([]),
      earlierChecks: read([]),
      files: read([`.agents/subagent_issue_${issue.number}.md`]),
      pushedAt: START + MINUTE,
      everAssigned: true,
      ...detail,
    }),
  };
}

/** What a subagent has pushed: a commit, a changed file and a check, an hour after the start. */
export function work(issue: Issue, check: Check['state'] = 'passed'): Partial<PullDetail> {
  const commit: Commit = {
    sha: sha(`work ${issue.number}`),
    message: `Work on ${issue.number}`,
    author: person('agent'),
    others: [],
    madeOnGitHub: false,
    committedAt: START,
  };
  return {
    commits: read([taskCommit(issue), commit]),
    files: read([`src/part_${issue.number}.py`]),
    checks: read([{ name: 'build', app: 15_368, state: check }]),
    earlierChecks: read([]),
    pushedAt: START + HOUR,
  };
}

/** A pull request with {@link work} on it, ready for review unless the parts say otherwise. */
export function aWorkedPull(number: number, issue: Issue, parts: PullParts = {}): Pull {
  const { detail, ...rest } = parts;
  const head = {
    branch: `feature/issue-${issue.number}`,
    sha: sha(`work ${issue.number}`),
    sameRepository: true,
  };
  return aPull(number, issue, {
    draft: false,
    changedFiles: 1,
    head,
    ...rest,
    detail: { ...work(issue), ...detail },
  });
}

/** A pull request that was merged two hours after the start. */
export function aMergedPull(number: number, issue: Issue, parts: PullParts = {}): Pull {
  return aWorkedPull(number, issue, {
    state: 'merged',
    closedAt: START + 2 * HOUR,
    mergeCommit: sha(`merge ${issue.number}`),
    ...parts,
  });
}

export function aTracker(parts: Partial<Tracker> = {}): Tracker {
  return {
    id: 'tracker-12',
    number: 12,
    title: 'Subagent deployment',
    body: '<!-- yardmaster:deployment base=main digest=0 -->',
    state: 'open',
    createdAt: START + MINUTE,
    pinned: true,
    labels: read(['subagent:tracking']),
    labelEvents: read([labelled('subagent:tracking', ME)]),
    ...parts,
  };
}

export interface SnapshotParts extends Partial<
  Omit<Snapshot, 'repository' | 'base' | 'issues' | 'pulls' | 'trackers' | 'config'>
> {
  readonly repository?: Partial<Repository>;
  readonly rules?: Partial<Rules>;
  readonly base?: Partial<Base>;
  readonly config?: string | null;
  readonly issues?: readonly Issue[];
  readonly pulls?: readonly Pull[];
  readonly trackers?: readonly Tracker[];
}

/** A snapshot of `acme/market`. Tasks and branches are those of the issues that have a pull request. */
export function aSnapshot(parts: SnapshotParts = {}): Snapshot {
  const { repository, rules, base, config = null, issues = [], pulls = [], trackers = [], ...rest } = parts;
  const heads = new Set(pulls.map(({ head }) => head.branch));
  const withPull = issues.filter(({ number }) => heads.has(`feature/issue-${number}`));
  const open = pulls.filter((pull) => pull.state === 'open');
  return {
    repository: {
      id: 'repository',
      name: 'acme/market',
      url: 'https://github.com/acme/market',
      ownerIsOrganization: true,
      defaultBranch: 'main',
      mergeMethods: ['squash'],
      pinned: 1,
      hasDeployLabel: true,
      ...repository,
    },
    config: read(config),
    configFrom: null,
    lastValidConfig: null,
    base: read({
      branch: 'main',
      sha: sha('base'),
      recent: [sha('base')],
      checks: read([]),
      ownChecks: read([]),
      everChecked: true,
      rules: read({
        requiredChecks: ['build', 'merge-order'],
        approvals: 1,
        strict: false,
        mergeMethods: null,
        dismissStale: false,
        lastPush: false,
        linear: false,
        signatures: false,
        mayPush: false,
        mergeQueue: false,
        ...rules,
      }),
      ...base,
    }),
    headConfigs: {},
    issues: read(issues),
    pulls: read(pulls),
    branches: read(
      Object.fromEntries(open.map(({ head }) => [head.branch, { sha: head.sha, beyondBase: null }])),
    ),
    trackers: read(trackers),
    comments: read([]),
    tasks: Object.fromEntries(withPull.map((issue) => [taskCommit(issue).sha, read(taskText(issue))])),
    named: {},
    references: [],
    said: { known: {}, asked: {} },
    toldSince: null,
    roles: {
      linus: role('write'),
      ada: role('write'),
      grace: role('maintain'),
      tria: role('triage'),
      mallory: role('read'),
    },
    ...rest,
  };
}

export interface Judged {
  readonly view: View;
  readonly progress: Progress;
}

/** What the app makes of a snapshot. */
export function judge(snapshot: Snapshot, now: Time = NOW): Judged {
  const config = configInForce(snapshot);
  if (config === null) throw new Error('the config of this snapshot cannot be read');
  const view = viewOf(snapshot, config, now, digest);
  return { view, progress: progressOf(view) };
}
