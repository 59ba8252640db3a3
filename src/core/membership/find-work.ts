import { type Approval, approvalOf } from '../authority/approval.js';
import type { RoleBook } from '../authority/role-book.js';
import {
  type Branch,
  type Comment,
  type Issue,
  type Pull,
  type Readable,
  type Snapshot,
  groupBy,
  valueOr,
} from '../model/index.js';
import { branchOf } from '../names/members.js';
import type { Settings } from '../settings/schema.js';
import { adoptedBy } from './adopted.js';
import { findPull } from './find-pull.js';
import { type Recorded, recordedFor } from './recorded.js';

/** The commands that say who wants which work for an issue. */
export interface Asked {
  /** The `deploy` commands that the app accepted, oldest first. */
  accepted(issue: number): readonly Comment[];
  /** The `redeploy` commands that it accepted and that nobody has edited, oldest first. */
  renewed(issue: number): readonly Comment[];
  /** Why there may be more `deploy` commands; null if there are none. */
  unanswered(issue: number): string | null;
}

/** The pull requests of a snapshot, by what names them. */
export interface PullsByPlace {
  readonly ofBranch: ReadonlyMap<string, readonly Pull[]>;
  readonly ofNumber: ReadonlyMap<number, Pull>;
}

export function createPullsByPlace(pulls: readonly Pull[]): PullsByPlace {
  return {
    ofBranch: groupBy(pulls, ({ head }) => head.branch),
    ofNumber: new Map(pulls.map((pull) => [pull.number, pull])),
  };
}

/** What is done for an issue, and on whose word. */
export interface Work {
  readonly approval: Approval;
  readonly pull: Pull | null;
  readonly recorded: Readable<Recorded | null>;
  readonly branchName: string;
}

export interface WorkInput {
  readonly snapshot: Snapshot;
  readonly settings: Settings;
  readonly book: RoleBook;
  readonly asked: Asked;
  /** Name of the branch that the deployment lands on. */
  readonly baseBranch: string;
}

/**
 * Finds the work of an issue. Which pull request counts depends on the approval's time, and the approval on what the task
 * commits record. One that was adopted takes the place of the issue's own until the issue is deployed anew.
 */
export function findWork(issue: Issue, pulls: PullsByPlace, input: WorkInput, labelled: boolean): Work {
  const { snapshot, settings, book, asked, baseBranch } = input;
  const { number } = issue;
  const branchName = branchOf(settings, number);
  const own = pulls.ofBranch.get(branchName) ?? [];
  const path = { branch: branchName, base: baseBranch };
  const newest = findPull(own, path, null, book);
  const adoption = newest === null ? null : adoptedBy(newest);
  const named = adoption === null ? undefined : pulls.ofNumber.get(adoption);
  const adopted = named?.head.sameRepository === true ? named : null;
  const onPull = recordedFor(number, newest, null, snapshot.tasks);
  const onBranch = recordedFor(number, null, branchNamed(snapshot, branchName), snapshot.tasks);
  const onAdopted = recordedFor(number, adopted, null, snapshot.tasks, true);
  const records = [onPull, onBranch, onAdopted];
  const approval = approvalOf(issue, {
    settings,
    book,
    labelled,
    asked: asked.accepted(number),
    renewed: asked.renewed(number),
    unanswered: asked.unanswered(number),
    recorded: records.flatMap((record) => valueOr(record, null) ?? []),
    unrecorded: records.flatMap((record) => (record.kind === 'unreadable' ? [record.why] : []))[0] ?? null,
    underWay: newest?.state === 'open' || adopted?.state === 'open',
  });
  const onOwn = newest === null ? onBranch : onPull;
  const isOver = approval.kind === 'given' && approval.since > (newest?.closedAt ?? Infinity);
  const isAdopted = adoption !== null && !isOver;
  if (isAdopted && adopted !== null) {
    // The task stays recorded with the draft, unless it was recorded anew since.
    const isAnew = onAdopted.kind === 'unreadable' || onAdopted.value !== null;
    return { approval, pull: adopted, recorded: isAnew ? onAdopted : onOwn, branchName: adopted.head.branch };
  }
  if (isAdopted) {
    const why = `pull request #${adoption}, which was adopted, cannot be read`;
    return { approval: { kind: 'unread', why }, pull: null, recorded: onOwn, branchName };
  }
  const pull = approval.kind === 'given' ? findPull(own, path, approval.since, book) : newest;
  return { approval, pull, recorded: pull === null ? onBranch : onPull, branchName };
}

/** The branch of that name; null if there is none, or if branches cannot be read. */
export function branchNamed(snapshot: Snapshot, name: string): Branch | null {
  return snapshot.branches.kind === 'read' ? (snapshot.branches.value[name] ?? null) : null;
}
