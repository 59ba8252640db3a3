import {
  type Conflict,
  type Issue,
  type Pull,
  type PullDetail,
  type Readable,
  type Time,
  unreadable,
} from '../../core/model/index.js';
import { TOO_MANY, mapReadable } from './answer.js';
import type { Core, CoreInput } from './core.js';
import { readClosings } from './closing.js';
import { readConflicts } from './conflicts.js';
import { readHistories } from './history.js';
import { historyLasts } from './history-lasts.js';
import type { CoreBlocker, CoreIssue } from './issue.js';
import { type Memory, remembered } from './memory.js';
import { readPullDetails } from './pull-detail.js';
import type { CorePull } from './pull.js';

const NOT_READ = 'it was not read';

/** The issues with their histories, and with how what blocks them was closed; asked for only where they changed. */
export async function completeIssues(
  { transport, memory }: CoreInput,
  { me }: Core,
  issues: readonly CoreIssue[],
  now: Time,
): Promise<readonly Issue[]> {
  const histories = await remembered(
    memory.histories,
    issues.map(({ issue, key, updatedAt, blockedBy }) => {
      const rewritten = memory.rewritten.get(issue.number) ?? 0;
      return {
        id: issue.id,
        key: `${key} ${rewritten}`,
        updatedAt: Math.max(updatedAt, rewritten),
        blockedBy,
      };
    }),
    now,
    (items) =>
      readHistories(
        transport,
        items.map(({ id }) => id),
        me,
      ),
    (history, { blockedBy }) => historyLasts(history, blockedBy, now),
  );
  const closed = issues
    .flatMap(({ blockedBy }) => (blockedBy.kind === 'read' ? blockedBy.value : []))
    .filter(({ state }) => state === 'closed');
  const closings = await remembered(
    memory.closings,
    [...new Map(closed.map((each) => [each.id, each])).values()].map((each) => ({
      id: each.id,
      key: `${each.closedAt} ${each.stateReason}`,
    })),
    now,
    (items) =>
      readClosings(
        transport,
        items.map(({ id }) => id),
        me,
      ),
  );
  const withClosing = ({ id, databaseId, number, repository, state, stateReason }: CoreBlocker) => ({
    id,
    databaseId,
    number,
    repository,
    state,
    stateReason,
    closed:
      state === 'open'
        ? ({ kind: 'read', value: null } as const)
        : (closings.get(id) ?? unreadable<null>(NOT_READ)),
  });
  return issues.map(({ issue, blockedBy }) => ({
    ...issue,
    blockedBy: mapReadable(blockedBy, (all) => all.map(withClosing)),
    history: histories.get(issue.id) ?? unreadable(NOT_READ),
  }));
}

/** The pull requests with their details; asked for only where they changed. */
export async function completePulls(
  { transport, place, memory }: CoreInput,
  { me }: Core,
  pulls: readonly CorePull[],
  now: Time,
): Promise<readonly Pull[]> {
  const details = await remembered(
    memory.details,
    pulls.map((core) => ({ id: core.pull.id, key: core.key, updatedAt: core.updatedAt, core })),
    now,
    (items) =>
      readPullDetails(
        { transport, place, me },
        items.map(({ core }) => core),
      ),
    (detail, { core }) => (lasts(detail, core) ? Infinity : 0),
  );
  const conflicts = await readConflicts(
    { transport, place, memory },
    pulls.filter(({ pull }) => pull.state === 'open' && isConflicting(pull, details.get(pull.id), memory)),
    now,
  );
  return pulls.map(({ pull, pushedAt }) => ({
    ...pull,
    detail: mapReadable<Omit<PullDetail, 'pushedAt'>, PullDetail>(
      details.get(pull.id) ?? unreadable(NOT_READ),
      (detail) => withConflict({ ...detail, pushedAt }, conflicts.get(pull.id)),
    ),
  }));
}

/**
 * After every push to the base GitHub works out anew what conflicts. The head that did, and of which the app has said so,
 * is taken to do so until GitHub answers.
 */
function isConflicting(
  { id, head }: Pick<Pull, 'id' | 'head'>,
  detail: Readable<Omit<PullDetail, 'pushedAt'>> | undefined,
  { toldOfConflict }: Memory,
): boolean {
  if (detail?.kind !== 'read') return false;
  const { mergeable } = detail.value;
  if (mergeable !== 'unknown') return mergeable === 'conflicting';
  const told = toldOfConflict.get(id, head.sha);
  return told?.kind === 'read' && told.value;
}

function withConflict(detail: PullDetail, conflict: Conflict | undefined): PullDetail {
  return conflict === undefined ? detail : { ...detail, conflict };
}

/**
 * GitHub works out in the background whether an open pull request can be merged, and what could not be read may be
 * readable next time. What is more than GitHub lists, and a fork's lacking commits, never are.
 */
function lasts(detail: Omit<PullDetail, 'pushedAt'>, { pull }: CorePull): boolean {
  if (pull.state === 'open' && detail.mergeable === 'unknown') return false;
  const parts: readonly Readable<unknown>[] = [
    detail.commits,
    detail.reviews,
    detail.checks,
    detail.earlierChecks,
    detail.files,
    ...(pull.head.sameRepository ? [detail.lacks] : []),
  ];
  return parts.every((part) => part.kind === 'read' || part.why === TOO_MANY);
}
