import { type Comment, type Readable, type Tracker, read, unreadable } from '../../core/model/index.js';
import { formatTime } from '../../core/text/time.js';
import { COMMENTS } from '../queries/issue-details.js';
import type { Transport } from '../transport.js';
import { ask } from './answer.js';
import { type RawComment, commentOf } from './comment.js';
import type { Candidate, Memory } from './memory.js';
import type { RememberedNodes } from './nodes.js';
import { inBatches } from './pages.js';
import type { Place } from './place.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const PAGE = 100;
const MOST_PAGES = 50;

/** Only such comments can hold commands. */
const COMMAND = /^ {0,3}\//m;

/** As much as is used of GitHub's `issue-comment`. */
interface ListedComment {
  readonly id: number;
  readonly node_id: string;
  readonly issue_url: string;
  readonly updated_at: string;
  readonly body?: string;
  readonly user: { readonly id: number } | null;
}

export interface CommentsInput {
  readonly transport: Transport;
  readonly place: Place;
  /** `owner/name`, as GitHub writes it. */
  readonly repository: string;
  readonly memory: Memory;
  readonly me: number;
  /** The tracking issue that is open, if there is one. */
  readonly tracker: Pick<Tracker, 'id' | 'createdAt'> | null;
  /** What the core had of the comments that were asked for along with it. */
  readonly nodes: RememberedNodes['comments'];
  /** How these comments were known when the core was asked. */
  readonly before: ReadonlyMap<number, Candidate>;
  /** Whether to go on with the list as it was last read. */
  readonly keep: boolean;
}

/** Candidates whose answer is still to come: they are read again with every core, at most this many. */
export function openCandidates({ comments }: Memory, most: number): readonly Candidate[] {
  return [...comments.candidates.values()]
    .filter(({ id, updatedAt }) => comments.answered.get(id)?.updatedAt !== updatedAt)
    .slice(0, most);
}

/**
 * The comments that may hold commands. They are listed by one conditional request; while nothing changed, its answer is
 * 304. Each is then read with its edits and the app's own reactions; one that the app answered is not read again until it
 * is edited.
 */
export async function readComments(input: CommentsInput): Promise<Readable<readonly Comment[]>> {
  const { memory } = input;
  const problem = input.keep ? null : await listComments(input);
  if (problem !== null) return unreadable(problem);
  const { candidates, answered } = memory.comments;
  const found = new Map<number, Comment>();
  const missing: Candidate[] = [];
  for (const candidate of candidates.values()) {
    const known = answered.get(candidate.id);
    if (known?.updatedAt === candidate.updatedAt) {
      found.set(candidate.id, known.comment);
      continue;
    }
    const node = input.nodes.get(candidate.nodeId);
    const current = input.before.get(candidate.id)?.updatedAt === candidate.updatedAt;
    if (node === undefined || !current) missing.push(candidate);
    else {
      const comment = commentOf(node.raw, candidate.number, node.fault, input.me);
      if (comment.kind === 'unreadable') return comment;
      found.set(candidate.id, comment.value);
    }
  }
  for (const [candidate, comment] of await readMissing(input, missing)) {
    if (comment === null) candidates.delete(candidate.id);
    else if (comment.kind === 'unreadable') return comment;
    else found.set(candidate.id, comment.value);
  }
  for (const [id, comment] of found) {
    const updatedAt = candidates.get(id)?.updatedAt;
    if (comment.answered !== null && updatedAt !== undefined) answered.set(id, { updatedAt, comment });
  }
  return read([...found.values()].sort((a, b) => a.createdAt - b.createdAt || a.id - b.id));
}

/** The candidates as GitHub has them now; null for one that was deleted, or went to another repository with its issue. */
function readMissing(
  { transport, repository, me }: CommentsInput,
  candidates: readonly Candidate[],
): Promise<readonly (readonly [Candidate, Readable<Comment> | null])[]> {
  return inBatches<Candidate, readonly [Candidate, Readable<Comment> | null]>(
    candidates,
    async (batch) => {
      const ids = batch.map(({ nodeId }) => nodeId);
      type Nodes = { readonly nodes: readonly (RawComment | null)[] | null };
      const { data, faults } = await ask<Nodes>(transport, COMMENTS, { ids });
      return batch.map((candidate, index) => {
        const raw = data.nodes?.[index];
        const gone = faults.isGone(['nodes', index]);
        const fault = faults.take(['nodes', index]);
        if (raw && raw.repository.nameWithOwner !== repository) return [candidate, null] as const;
        if (raw) return [candidate, commentOf(raw, candidate.number, fault, me)] as const;
        return [candidate, gone ? null : unreadable(fault ?? 'GitHub left a comment out')] as const;
      });
    },
    (candidate, why) => [candidate, unreadable(why)],
  );
}

/** Brings the list of candidates up to date; gives the reason if that could not be done. */
async function listComments(input: CommentsInput): Promise<string | null> {
  const { transport, place, memory } = input;
  const { comments } = memory;
  chooseSince(memory, input.tracker);
  const newest = [...comments.seen.values()].reduce((last, time) => (time > last ? time : last), '');
  const found: ListedComment[] = [];
  let etag: string | undefined;
  for (let page = 1; ; page += 1) {
    const parameters = {
      owner: place.owner,
      repo: place.name,
      since: comments.since,
      sort: 'updated',
      direction: 'desc',
      per_page: PAGE,
      ...(page > 1 && { page }),
    };
    const headers: Record<string, string> =
      page === 1 && comments.etag !== undefined ? { 'if-none-match': comments.etag } : {};
    const answer = await transport.rest('GET', '/repos/{owner}/{repo}/issues/comments', parameters, headers);
    if (page === 1 && answer.status === 304) return null;
    if (!Array.isArray(answer.data)) return 'GitHub answered without a list';
    const listed = answer.data as readonly ListedComment[];
    found.push(...listed);
    if (page === 1) etag = typeof answer.headers['etag'] === 'string' ? answer.headers['etag'] : undefined;
    if (listed.length < PAGE || reachesKnown(listed, comments.seen, newest)) break;
    if (page === MOST_PAGES) return `there are more than ${MOST_PAGES * PAGE}`;
  }
  for (const comment of found) note(comment, memory, input.me);
  // Only now is all that this page stands for known.
  comments.etag = etag;
  return null;
}

/**
 * The list begins an hour before the tracking issue was made, or a day before this process began, and that does not
 * move: another address would have another answer to compare with.
 */
function chooseSince({ comments, start }: Memory, tracker: CommentsInput['tracker']): void {
  const id = tracker?.id ?? null;
  if (comments.tracker === id) return;
  const since = tracker === null ? Math.floor((start - DAY) / HOUR) * HOUR : tracker.createdAt - HOUR;
  comments.tracker = id;
  comments.since = formatTime(since);
  comments.etag = undefined;
  comments.seen.clear();
  comments.candidates.clear();
}

/** The list is sorted by time: below one that is known and older than the newest known, all are known. */
function reachesKnown(
  listed: readonly ListedComment[],
  seen: ReadonlyMap<number, string>,
  newest: string,
): boolean {
  const last = listed.at(-1);
  return last !== undefined && last.updated_at < newest && seen.get(last.id) === last.updated_at;
}

function note(comment: ListedComment, { comments }: Memory, me: number): void {
  comments.seen.set(comment.id, comment.updated_at);
  const number = Number(/\/issues\/(\d+)$/.exec(comment.issue_url)?.[1]);
  const isCandidate =
    comment.user?.id !== me && COMMAND.test(comment.body ?? '') && Number.isSafeInteger(number);
  if (!isCandidate) {
    comments.candidates.delete(comment.id);
    return;
  }
  const { id, node_id: nodeId, updated_at: updatedAt } = comment;
  comments.candidates.set(id, { id, nodeId, number, updatedAt });
}
