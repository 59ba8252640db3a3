import type { Commit, Pull, PullDetail, Readable, Review } from '../model/index.js';
import { read, valueOr } from '../model/index.js';
import type { LandingReason } from '../reasons/reason.js';
import { parseTaskTrailers } from '../task/trailers.js';

export interface ApprovalRules {
  /** How many approvals the base asks for. */
  readonly need: number;
  readonly selfApproval: boolean;
  /** Whether only an approval of this very head counts, and only by another than who pushed it. */
  readonly lastPush: boolean;
  /** Who asked for the deployment, if that person's approval does not count. */
  readonly asker: string | null;
}

/**
 * Why the reviews do not let a pull request land; nothing if they do. An approval counts if its author neither wrote a
 * commit of the pull request nor asked for its deployment, and if it is for this head or for one that the head came
 * from only by the app's own updates or its removal of the task file. Reviews are those of people with write.
 *
 * Where the last push needs an approval, those updates are pushes, too: GitHub asks for a review after them, of another
 * than who pushed. A review that GitHub has dismissed never counts.
 * https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-protected-branches/about-protected-branches
 */
export function reviewReasons(
  pull: Pull,
  detail: PullDetail,
  rules: ApprovalRules,
): readonly LandingReason[] {
  if (detail.reviews.kind === 'unreadable') {
    return [{ kind: 'unread', what: 'its reviews', why: detail.reviews.why }];
  }
  const reviews = detail.reviews.value;
  const against = reviews
    .filter((review) => review.state === 'changes requested')
    .map((review) => review.author);
  const reasons: LandingReason[] = [];
  if (against.length > 0) reasons.push({ kind: 'changes requested', by: against.sort() });
  if (rules.need === 0) return reasons;
  if (detail.commits.kind === 'unreadable') {
    return [...reasons, { kind: 'unread', what: 'its commits', why: detail.commits.why }];
  }
  const have = countedApprovals(pull, detail, rules).length;
  if (have < rules.need) {
    const lastPush = rules.lastPush ? { lastPush: pull.head.sha } : {};
    reasons.push({ kind: 'approvals', have, need: rules.need, from: whose(rules), ...lastPush });
  }
  return reasons;
}

function whose({
  selfApproval,
  asker,
}: ApprovalRules): Extract<LandingReason, { kind: 'approvals' }>['from'] {
  if (selfApproval) return 'anybody';
  return asker === null ? 'not its authors' : 'neither authors nor asker';
}

/** The approvals that count; none where nobody can tell who wrote the commits. */
export function countedApprovals(pull: Pull, detail: PullDetail, rules: ApprovalRules): readonly Review[] {
  if (detail.commits.kind === 'unreadable') return [];
  const heads = rules.lastPush ? new Set([pull.head.sha]) : sameWork(pull.head.sha, detail);
  const pushers = rules.lastPush ? pushersOf(pull.head.sha, detail) : new Set();
  const authors = authorsOf(detail.commits);
  const counts = (review: Review) =>
    review.state === 'approved' &&
    review.commit !== null &&
    heads.has(review.commit) &&
    !pushers.has(review.author.toLowerCase()) &&
    (rules.selfApproval || (!authors.has(review.author.toLowerCase()) && !isAsker(review, rules)));
  return valueOr(detail.reviews, []).filter(counts);
}

function isAsker(review: Review, rules: ApprovalRules): boolean {
  return rules.asker !== null && rules.asker.toLowerCase() === review.author.toLowerCase();
}

function authorsOf(commits: Readable<readonly Commit[]>): ReadonlySet<string> {
  const writers = valueOr(commits, []).flatMap(({ author, others }) => [
    ...(author ? [author.login] : []),
    ...others,
  ]);
  return new Set(writers.map((login) => login.toLowerCase()));
}

/**
 * Who may have pushed the head: GitHub names the pusher only of a push that rewrote the branch. Of any other it is
 * taken to be whoever had a hand in its last commit.
 */
function pushersOf(head: string, { commits, forcePushes }: PullDetail): ReadonlySet<string> {
  const last = valueOr(commits, []).filter(({ sha }) => sha === head);
  const pushers = forcePushes.flatMap(({ after, actor }) => (after === head && actor ? [actor.login] : []));
  return new Set([...authorsOf(read(last)), ...pushers.map((login) => login.toLowerCase())]);
}

/**
 * The heads that carry the same work as this one: itself, what the app rewrote it from, and what lies below commits that
 * the app put on top.
 */
export function sameWork(head: string, detail: PullDetail): ReadonlySet<string> {
  const heads = new Set([head]);
  const pushes = [...detail.forcePushes].reverse();
  for (const sha of heads) {
    const below = belowOurs(sha, detail);
    if (below !== undefined) heads.add(below);
    for (const push of pushes) if (push.after === sha && push.actor?.kind === 'me') heads.add(push.before);
  }
  return heads;
}

/** What a commit of the app's own was put on top of, also where the app has rewritten both since. */
function belowOurs(sha: string, { commits, forcePushes }: PullDetail): string | undefined {
  const present = valueOr(commits, []);
  const at = present.findIndex((commit) => commit.sha === sha);
  if (at !== -1) return isOurs(present[at]) ? present[at - 1]?.sha : undefined;
  const replaced = forcePushes.find(({ before }) => before === sha)?.replaced;
  return isOurs(replaced) ? (replaced?.parent ?? undefined) : undefined;
}

/** A task that is recorded on top is other work: it may say something else than what was reviewed. */
function isOurs(commit: Pick<Commit, 'author' | 'madeOnGitHub' | 'message'> | undefined): boolean {
  if (commit?.author?.kind !== 'me' || !commit.madeOnGitHub) return false;
  return parseTaskTrailers(commit.message) === undefined;
}
