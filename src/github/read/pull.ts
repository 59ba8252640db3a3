import { type Pull, type Readable, type Time, read, unreadable } from '../../core/model/index.js';
import { type RawActor, actorOf, authorOf } from './actor.js';
import { type Connection, type Faults, type Path, timeOf, timeOrNull } from './answer.js';
import { type RawSuite, ownChecksOf } from './checks.js';

/** The fragments `PullParts` and, of open ones, `PullKey` and `Queued`. */
export interface RawPull {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly state: 'OPEN' | 'CLOSED' | 'MERGED';
  readonly isDraft: boolean;
  readonly isCrossRepository: boolean;
  readonly createdAt: string;
  readonly closedAt: string | null;
  readonly updatedAt: string;
  readonly changedFiles: number;
  readonly viewerDidAuthor: boolean;
  readonly author: RawActor | null;
  readonly headRefName: string;
  readonly headRefOid: string;
  readonly baseRefName: string;
  readonly mergeCommit: { readonly oid: string } | null;
  readonly assignees: { readonly nodes: readonly ({ readonly login: string } | null)[] | null };
  readonly last: { readonly nodes: readonly ({ readonly commit: RawHead } | null)[] | null };
  /** The branch's own tip; null once the branch is deleted. */
  readonly tip: { readonly target: RawHead | null } | null;
  readonly baseRef?: { readonly target: { readonly oid: string } | null } | null;
  readonly statusCheckRollup?: unknown;
  readonly reports?: unknown;
  /** Asked of open ones only. */
  readonly mergeQueueEntry?: {
    readonly position: number;
    readonly enqueuer: RawActor | null;
    readonly baseCommit: { readonly oid: string } | null;
    readonly headCommit: RawHead | null;
  } | null;
  readonly queueEvents?: { readonly nodes: readonly (RawQueueEvent | null)[] | null };
}

type RawQueueEvent =
  | { readonly __typename: 'AddedToMergeQueueEvent'; readonly createdAt: string }
  | {
      readonly __typename: 'RemovedFromMergeQueueEvent';
      readonly createdAt: string;
      readonly reason: string | null;
      readonly actor: RawActor | null;
    };

interface RawHead {
  readonly oid: string;
  readonly own: Connection<RawSuite> | null;
}

/** A pull request without what only its details tell. */
export interface CorePull {
  readonly pull: Omit<Pull, 'detail'>;
  readonly updatedAt: Time;
  /** The head of its base branch; null if that is gone. */
  readonly baseSha: string | null;
  readonly pushedAt: Time | null;
  /** Changes whenever the details may have. */
  readonly key: string;
}

export function corePull(raw: RawPull, faults: Faults, path: Path, me: number): CorePull {
  const commit = raw.last.nodes?.[0]?.commit ?? raw.tip?.target ?? undefined;
  const fault = faults.take([...path, 'last']) ?? faults.take([...path, 'tip']);
  // Reports that cannot be read make the checks unreadable, which the details find out.
  const noKey = faults.take([...path, 'reports']) ?? faults.take([...path, 'statusCheckRollup']);
  const { id, number, title, body } = raw;
  return {
    pull: {
      id,
      number,
      title,
      body,
      state: stateOf(raw),
      draft: raw.isDraft,
      author: authorOf(raw, me),
      createdAt: timeOf(raw.createdAt),
      closedAt: timeOrNull(raw.closedAt),
      head: { branch: raw.headRefName, sha: raw.headRefOid, sameRepository: !raw.isCrossRepository },
      base: raw.baseRefName,
      mergeCommit: raw.mergeCommit?.oid ?? null,
      assignees: (raw.assignees.nodes ?? []).flatMap((node) => node?.login ?? []),
      changedFiles: raw.changedFiles,
      ownChecks: ownChecks(raw, commit, fault),
      queued: queuedOf(raw, faults, [...path, 'mergeQueueEntry'], me),
      leftQueue: leftQueueOf(raw, faults, [...path, 'queueEvents'], me),
    },
    updatedAt: timeOf(raw.updatedAt),
    baseSha: raw.baseRef?.target?.oid ?? null,
    pushedAt: fault === null && commit?.oid === raw.headRefOid ? arrivalOf(commit.own) : null,
    key: JSON.stringify([
      raw.updatedAt,
      raw.state,
      raw.headRefOid,
      raw.baseRefName,
      raw.baseRef,
      raw.statusCheckRollup,
      raw.reports,
      noKey,
    ]),
  };
}

const STATES = { OPEN: 'open', CLOSED: 'closed', MERGED: 'merged' } as const satisfies Record<
  RawPull['state'],
  Pull['state']
>;

export function stateOf({ state }: Pick<RawPull, 'state'>): Pull['state'] {
  return STATES[state];
}

function ownChecks(raw: RawPull, commit: RawHead | undefined, fault: string | null): Pull['ownChecks'] {
  if (fault === null && commit === undefined) return unreadable('the pull request has no commits');
  if (fault === null && commit?.oid !== raw.headRefOid) {
    return unreadable('the head moved while it was read') satisfies Readable<never>;
  }
  return ownChecksOf(commit?.own ?? null, fault);
}

function queuedOf({ mergeQueueEntry }: RawPull, faults: Faults, path: Path, me: number): Pull['queued'] {
  const checksFault = faults.take([...path, 'headCommit', 'own']);
  const fault = faults.take(path);
  if (fault !== null) return unreadable(fault);
  if (!mergeQueueEntry) return read(null);
  const { position, enqueuer, baseCommit, headCommit } = mergeQueueEntry;
  const by = actorOf(enqueuer, me);
  if (headCommit === null) return read({ position, by, group: null });
  const group = {
    sha: headCommit.oid,
    onto: baseCommit?.oid ?? null,
    ownChecks: ownChecksOf(headCommit.own, checksFault),
  };
  return read({ position, by, group });
}

/** Where the last event puts it into a queue that it is not in, its end is not told yet. */
function leftQueueOf(raw: RawPull, faults: Faults, path: Path, me: number): Pull['leftQueue'] {
  const fault = faults.take(path);
  if (fault !== null) return unreadable(fault);
  const nodes = raw.queueEvents?.nodes;
  if (nodes === null) return unreadable('GitHub left out how it left the merge queue');
  const last = nodes?.at(-1);
  if (!last || raw.mergeQueueEntry) return read(null);
  const at = timeOf(last.createdAt);
  if (last.__typename === 'AddedToMergeQueueEvent') return read({ at, by: null, reason: null });
  return read({ at, by: actorOf(last.actor, me), reason: last.reason });
}

/** GitHub makes the suites of every app when a commit arrives; the dates in commits are their authors' own. */
export function arrivalOf(suites: Connection<RawSuite> | null): Time | null {
  const times = (suites?.nodes ?? []).flatMap((suite) => (suite === null ? [] : [timeOf(suite.createdAt)]));
  return times.length === 0 ? null : Math.min(...times);
}
