import { type PullDetail, type Readable, read, unreadable } from '../../core/model/index.js';
import { numbered } from '../queries/aliases.js';
import { pullDetailsDocument } from '../queries/pull-details.js';
import type { Transport } from '../transport.js';
import { actorOf } from './actor.js';
import { CHANGED, type Connection, type Faults, ask, timeOf } from './answer.js';
import { type RawRollup, readChecks } from './checks.js';
import { commitsOf } from './commits.js';
import { type RawFit, fitOf } from './fit.js';
import { inBatches } from './pages.js';
import type { Place } from './place.js';
import { type CorePull, type RawPull, stateOf } from './pull.js';
import { type RawPullCommit, type RawPullFile, readAllCommits, readAllFiles } from './pull-lists.js';
import { type RawForcePush, type RawReview, forcePushOf, reviewsOf } from './reviews.js';

type Detail = Omit<PullDetail, 'pushedAt'>;

interface RawDetail extends RawFit, Pick<RawPull, 'state'> {
  readonly headRefOid: string;
  readonly baseRef: { readonly target: { readonly oid: string } | null } | null;
  readonly commits: Connection<RawPullCommit>;
  readonly heads: { readonly nodes: readonly ({ readonly commit: RawChecks } | null)[] | null };
  readonly rewritten: {
    readonly nodes: readonly ({ readonly beforeCommit: RawChecks | null } | null)[] | null;
  };
  readonly latestOpinionatedReviews: Connection<RawReview> | null;
  readonly files: Connection<RawPullFile> | null;
  readonly forcePushes: { readonly nodes: readonly (RawForcePush | null)[] | null };
  readonly readied: { readonly nodes: readonly ({ readonly createdAt: string } | null)[] | null };
  readonly assigned: { readonly nodes: readonly unknown[] | null };
}

/** The fragment `Checks`. */
interface RawChecks {
  readonly oid: string;
  readonly statusCheckRollup: RawRollup | null;
}

export interface PullsToRead {
  readonly transport: Transport;
  readonly place: Place;
  readonly me: number;
}

/** The details of pull requests by node id. */
export async function readPullDetails(
  to: PullsToRead,
  pulls: readonly CorePull[],
): Promise<ReadonlyMap<string, Readable<Detail>>> {
  const details = await inBatches<CorePull, readonly [string, Readable<Detail>]>(
    pulls,
    async (batch) => {
      const { data, faults } = await ask<Record<string, RawDetail | null>>(
        to.transport,
        pullDetailsDocument(batch.length),
        variablesFor(batch),
      );
      const read: (readonly [string, Readable<Detail>])[] = [];
      for (const [index, pull] of batch.entries()) {
        read.push([pull.pull.id, await detailOf(to, pull, data[`a${index}`] ?? null, faults, `a${index}`)]);
      }
      return read;
    },
    ({ pull }, why) => [pull.id, unreadable(why)],
  );
  return new Map(details);
}

/** A closed one is not compared: it lacks nothing any more. */
function variablesFor(batch: readonly CorePull[]): Readonly<Record<string, unknown>> {
  const open = batch.map(({ pull, baseSha }) => pull.state === 'open' && baseSha !== null);
  return {
    ...numbered(
      'id',
      batch.map(({ pull }) => pull.id),
    ),
    ...numbered(
      'base',
      batch.map(({ pull }) => pull.base),
    ),
    ...numbered(
      'head',
      batch.map(({ pull }) => pull.head.sha),
    ),
    ...numbered(
      'own',
      batch.map(({ pull }, index) => open[index] === true && pull.head.sameRepository),
    ),
    ...numbered(
      'fork',
      batch.map(({ pull }, index) => open[index] === true && !pull.head.sameRepository),
    ),
  };
}

async function detailOf(
  to: PullsToRead,
  core: CorePull,
  raw: RawDetail | null,
  faults: Faults,
  alias: string,
): Promise<Readable<Detail>> {
  const { pull } = core;
  if (raw === null) return unreadable(faults.take([alias]) ?? 'GitHub left it out of its answer');
  const moved = pull.state === 'open' && raw.baseRef?.target?.oid !== (core.baseSha ?? undefined);
  if (raw.headRefOid !== pull.head.sha || stateOf(raw) !== pull.state || moved) return unreadable(CHANGED);
  const commits = commitsOf(await readAllCommits(to.transport, pull.id, raw.commits, faults, alias), to.me);
  const reviews = reviewsOf(
    raw.latestOpinionatedReviews,
    faults.take([alias, 'latestOpinionatedReviews']),
    to.me,
  );
  const checks = await checksOf(to, raw, faults, alias);
  const forcePushes = (raw.forcePushes.nodes ?? []).flatMap((push) => forcePushOf(push, to.me));
  const earlierChecks = await earlierChecksOf(to, raw, commits, faults, alias);
  const files = await readAllFiles(to.transport, pull.id, raw.files, faults, alias);
  const fit = fitOf(core, raw, faults.take([alias, 'headRef']));
  const fault = faults.take([alias]);
  if (fault !== null) return unreadable(fault);
  if (fit.kind === 'unreadable') return fit;
  const ready = raw.readied.nodes?.[0]?.createdAt;
  return read({
    ...fit.value,
    ...(ready !== undefined && { readyAt: timeOf(ready) }),
    commits,
    forcePushes,
    reviews,
    checks,
    earlierChecks,
    files,
    everAssigned: (raw.assigned.nodes ?? []).length > 0,
  });
}

async function checksOf(
  to: PullsToRead,
  raw: RawDetail,
  faults: Faults,
  alias: string,
): Promise<PullDetail['checks']> {
  const last = (raw.heads.nodes ?? []).length - 1;
  const commit = raw.heads.nodes?.[last]?.commit;
  if (commit?.oid !== raw.headRefOid) {
    return unreadable(faults.take([alias, 'heads']) ?? 'the head moved while it was read');
  }
  return readChecks(to.transport, to.place, commit, faults, [alias, 'heads', 'nodes', last, 'commit']);
}

/**
 * The checks on the head that the app itself made the present one from: before its rebase, or below its commit. Whether it
 * did tells the last force push as GitHub shows it, also one whose earlier commit is gone: its checks are then not known.
 */
async function earlierChecksOf(
  to: PullsToRead,
  raw: RawDetail,
  commits: Detail['commits'],
  faults: Faults,
  alias: string,
): Promise<PullDetail['earlierChecks']> {
  const push = raw.forcePushes.nodes?.at(-1);
  if (push === null)
    return unreadable(faults.take([alias, 'forcePushes']) ?? 'its last force push was left out');
  const isOfHead = push?.afterCommit === null || push?.afterCommit.oid === raw.headRefOid;
  if (push !== undefined && isOfHead && actorOf(push.actor, to.me)?.kind === 'me') {
    const path = [alias, 'rewritten', 'nodes', 0, 'beforeCommit'];
    const before = raw.rewritten.nodes?.[0]?.beforeCommit;
    if (!before) return unreadable(faults.take([alias, 'rewritten']) ?? 'the head before the update is gone');
    return readChecks(to.transport, to.place, before, faults, path);
  }
  if (commits.kind === 'unreadable') return commits;
  const head = commits.value.at(-1);
  const below = raw.heads.nodes?.[0]?.commit;
  const isOwn = head?.author?.kind === 'me' && head.madeOnGitHub;
  if (!isOwn || below === undefined || below.oid === raw.headRefOid) return read([]);
  return readChecks(to.transport, to.place, below, faults, [alias, 'heads', 'nodes', 0, 'commit']);
}
