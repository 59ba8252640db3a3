import type { Branch, Commit, Issue, Pull, Readable, Snapshot, Time } from '../model/index.js';
import { parseTime } from '../text/time.js';
import { recordable, recordedText, taskHeadline } from '../task/task-file.js';
import { parseTaskTrailers } from '../task/trailers.js';

/** What the newest task commit on a subagent's branch records. */
export interface Recorded {
  /** SHA of the task commit. */
  readonly sha: string;
  readonly approvedBy: string;
  readonly approvedAt: Time;
  /** The approval's cause, as in {@link Given}. */
  readonly cause: string;
  /** Whether GitHub vouches that the app has written it: not once the branch was rebased. */
  readonly signed: boolean;
  /** The whole task file as it was committed. */
  readonly file: Readable<string>;
  /** The issue's text in that file; null if it cannot be read, or does not stand there as it was written. */
  readonly text: string | null;
}

/**
 * The task commit of an issue among the commits of its pull request or branch: null if there is none, unreadable if the
 * commits could not all be read.
 */
export function recordedFor(
  issue: number,
  pull: Pull | null,
  branch: Branch | null,
  tasks: Snapshot['tasks'],
  isAdopted = false,
): Readable<Recorded | null> {
  const commits = commitsOf(pull, branch);
  if (commits.kind === 'unreadable') return commits;
  for (const commit of [...commits.value].reverse()) {
    const trailers = parseTaskTrailers(commit.message);
    if (
      trailers === undefined ||
      trailers.issue !== issue ||
      !isCertain(commit, isAdopted || pull?.author?.kind === 'me')
    )
      continue;
    const { approvedBy, approvedAt, approvalEvent = '' } = trailers;
    const file = tasks[commit.sha] ?? { kind: 'unreadable', why: 'the task file was not read' };
    const recorded = {
      sha: commit.sha,
      approvedBy,
      approvedAt: parseTime(approvedAt),
      cause: approvalEvent,
      signed: isSigned(commit),
      file,
      text: file.kind === 'read' ? (recordedText(file.value) ?? null) : null,
    };
    return { kind: 'read', value: recorded };
  }
  return { kind: 'read', value: null };
}

/** What an issue says otherwise than its record. */
export interface SinceRecorded {
  readonly title: boolean;
  /** Null if the recorded text does not stand in its file as it was written. */
  readonly text: boolean | null;
}

/** Compares texts, so an edit that was undone is none; null while the task file cannot be read. */
export function changedSinceRecorded(issue: Issue, { file, text }: Recorded): SinceRecorded | null {
  if (file.kind === 'unreadable') return null;
  return {
    title: file.value.split(/\r?\n/, 1)[0] !== taskHeadline(issue),
    text: text === null ? null : text !== recordable(issue.body),
  };
}

/**
 * Anybody who may push can write such a message. A commit that GitHub made for the app is the app's; the signature is
 * gone once a branch is rebased, so what is on a pull request that the app has opened or adopted counts, too.
 */
function isCertain(commit: Commit, isTaken: boolean): boolean {
  return isSigned(commit) || isTaken;
}

function isSigned({ author, madeOnGitHub }: Commit): boolean {
  return author?.kind === 'me' && madeOnGitHub;
}

function commitsOf(pull: Pull | null, branch: Branch | null): Readable<readonly Commit[]> {
  if (pull !== null) {
    return pull.detail.kind === 'unreadable' ? pull.detail : pull.detail.value.commits;
  }
  return branch?.beyondBase ?? { kind: 'read', value: [] };
}
