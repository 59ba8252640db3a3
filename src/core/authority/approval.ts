import type { Actor, Comment, Edit, History, Issue, LabelEvent, Role, Time } from '../model/index.js';
import { isSameLabel } from '../names/labels.js';
import type { Settings } from '../settings/schema.js';
import { changedSince, unreadRole } from './edits.js';
import { type RoleBook, atLeast } from './role-book.js';

/** How the cause of an approval by a command begins; its comment's database id follows. */
const COMMENT = 'comment-';

/** Who asked for an issue to be deployed, and when. `cause` names the event or comment, and never changes. */
export interface Given {
  readonly kind: 'given';
  readonly by: string;
  readonly at: Time;
  readonly cause: string;
  /** Since when it is to be deployed: a `redeploy` approves another text, which moves `at`, and not this. */
  readonly since: Time;
}

/**
 * - `none`: the label is not on.
 * - `given`: to be deployed.
 * - `refused`: whoever put the label may not; it is taken off with a comment.
 * - `withdrawn`: the text was changed by someone who may not, after the approval.
 * - `unread`: cannot be judged now; nothing is done for this issue.
 */
export type Approval =
  | { readonly kind: 'none' }
  | Given
  | { readonly kind: 'refused'; readonly by: string; readonly cause: string; readonly role: Role | 'bot' }
  | { readonly kind: 'withdrawn'; readonly by: string | null; readonly cause: string; readonly edit: Edit }
  | { readonly kind: 'unread'; readonly why: string };

/** An approval as a task commit names it. */
export interface RecordedApproval {
  readonly cause: string;
  /** Whether it is certain that the app has recorded it. */
  readonly signed: boolean;
  readonly approvedBy: string;
  readonly approvedAt: Time;
}

/** What an approval rests on beside the issue itself. */
export interface ApprovalInput {
  readonly settings: Settings;
  readonly book: RoleBook;
  /** Whether the deploy label holds. It may hold and not be shown: removed by someone who may not. */
  readonly labelled: boolean;
  /** The `deploy` commands on the issue that the app accepted, oldest first. */
  readonly asked: readonly Comment[];
  /** The `redeploy` commands that the app accepted, oldest first. */
  readonly renewed: readonly Comment[];
  /** Why there may be `deploy` commands that are not among those; null if there are none. */
  readonly unanswered: string | null;
  /** What the task commits record: an approval is judged once, and later edits of the issue change nothing. */
  readonly recorded: readonly RecordedApproval[];
  /** Why there may be task commits that are not among those; null if there are none. */
  readonly unrecorded: string | null;
  /** Whether a pull request of the issue is open: it is being worked on. */
  readonly underWay: boolean;
}

/** The approval of an issue on which the deploy label holds. */
export function approvalOf(issue: Issue, input: ApprovalInput): Approval {
  if (issue.labels.kind === 'unreadable') return { kind: 'unread', why: issue.labels.why };
  if (!input.labelled) return { kind: 'none' };
  if (issue.history.kind === 'unreadable') return { kind: 'unread', why: issue.history.why };
  const { deploy } = input.settings.labels;
  const events = issue.history.value.labels.filter(({ label }) => isSameLabel(label, deploy));
  return judgeEvents(events, issue.history.value, input);
}

function judgeEvents(events: readonly LabelEvent[], history: History, input: ApprovalInput): Approval {
  const cause = causeOf(events, input);
  if (typeof cause === 'string') return { kind: 'unread', why: cause };
  const renewal = renewalOf(cause, history, input);
  if (renewal !== null) return renewal;
  const given = givenBy(cause, cause.at);
  if (isRecorded(given, input)) return given;
  const verdict = judge(cause, input) ?? judgeEdits(cause, history, input.book);
  if (verdict === null) return given;
  if (input.unrecorded !== null) return { kind: 'unread', why: input.unrecorded };
  return verdict.kind === 'refused' ? (beforeIt(events, history, input) ?? verdict) : verdict;
}

function givenBy({ actor, at, id }: Cause, since: Time): Given {
  return { kind: 'given', by: actor.login, at, cause: id, since };
}

/**
 * The approval of the text by the newest `redeploy` that counts; null if none does. One that does not count ends nothing:
 * what was approved before stays in force.
 */
function renewalOf(deployed: Cause, history: History, input: ApprovalInput): Approval | null {
  for (const cause of renewalsSince(deployed.at, input)) {
    const given = givenBy(cause, deployed.at);
    if (isRecorded(given, input)) return given;
    const verdict = judge(cause, input) ?? judgeEdits(cause, history, input.book);
    if (verdict === null) return given;
    if (verdict.kind === 'unread') return verdict;
  }
  return null;
}

/**
 * Newest first. What the app has recorded holds also where the comment is gone or cannot be read. Anybody who may push can
 * write such a record, so one that GitHub does not vouch for needs its comment.
 */
function renewalsSince(since: Time, { renewed, recorded }: ApprovalInput): readonly Cause[] {
  const asked = renewed.flatMap((comment): readonly Cause[] =>
    comment.author === null
      ? []
      : [{ id: causeOfComment(comment), actor: comment.author, at: comment.createdAt }],
  );
  const kept = recorded
    .filter((each) => each.signed && each.cause.startsWith(COMMENT))
    .filter(({ cause }) => !asked.some(({ id }) => id === cause))
    .map(recordedCause);
  return [...asked, ...kept]
    .filter(({ at }) => at > since)
    .sort((a, b) => b.at - a.at || b.id.localeCompare(a.id));
}

function causeOfComment({ id }: Comment): string {
  return `${COMMENT}${id}`;
}

function recordedCause({ cause, approvedBy, approvedAt }: RecordedApproval): Cause {
  return { id: cause, actor: { login: approvedBy, kind: 'person' }, at: approvedAt };
}

function isRecorded({ cause }: Given, { recorded }: ApprovalInput): boolean {
  return recorded.some((record) => record.cause === cause);
}

/**
 * The approval under which an issue is being worked on whose label was taken off and put on again by people who may do
 * neither: that ends nothing. Null if there is none.
 */
function beforeIt(events: readonly LabelEvent[], history: History, input: ApprovalInput): Approval | null {
  const at = events.findLastIndex((event) => event.added);
  const removal = events[at - 1];
  if (!input.underWay || removal === undefined || removal.added || removal.actor?.kind === 'me') return null;
  if (removal.actor === null) return { kind: 'unread', why: 'GitHub names nobody who removed the label' };
  const role = input.book.of(removal.actor, removal.at);
  if (role.kind === 'unreadable') return unreadRole(removal.actor, role.why);
  if (atLeast(role.value, 'write')) return null;
  const before = judgeEvents(events.slice(0, at - 1), history, input);
  return before.kind === 'unread' || (before.kind === 'given' && isRecorded(before, input)) ? before : null;
}

interface Cause {
  readonly id: string;
  readonly actor: Actor;
  readonly at: Time;
}

/**
 * Whose wish the label is: its last event's actor; for a label that the app put, the author of the `deploy` command
 * before it, or, where the app put it back, whoever had put it before. A text says why that cannot be told.
 */
function causeOf(events: readonly LabelEvent[], input: ApprovalInput): Cause | string {
  const at = events.findLastIndex((event) => event.added);
  const last = events[at];
  if (last === undefined || last.actor === null) return 'GitHub names nobody who put the label';
  if (last.actor.kind !== 'me') return { id: last.id, actor: last.actor, at: last.at };
  const earlier = events.slice(0, at);
  const before = earlier.findLast((event) => event.added);
  // Somebody else's removal after a command means that the label was put back, and not put for that command.
  const removed = earlier.findLast((event) => !event.added && event.actor?.kind !== 'me');
  const isBetween = (time: Time) =>
    time <= last.at && time > (before?.at ?? -Infinity) && time >= (removed?.at ?? -Infinity);
  const comment = input.asked.findLast((each) => isBetween(each.createdAt));
  if (comment?.author) return { id: causeOfComment(comment), actor: comment.author, at: comment.createdAt };
  const record = input.recorded.find((each) => each.cause.startsWith(COMMENT) && isBetween(each.approvedAt));
  if (record !== undefined) return recordedCause(record);
  if (input.unanswered !== null) return input.unanswered;
  return before === undefined ? 'GitHub names nobody who put the label' : causeOf(earlier, input);
}

function judge(cause: Cause, { settings, book }: ApprovalInput): Approval | null {
  const { actor } = cause;
  const role = book.of(actor, cause.at);
  if (role.kind === 'unreadable') return unreadRole(actor, role.why);
  if (actor.kind === 'bot') {
    const isListed = atLeast(role.value, 'write');
    return isListed ? null : { kind: 'refused', by: actor.login, cause: cause.id, role: 'bot' };
  }
  const may = (settings.allow.roles as readonly Role[]).includes(role.value);
  return may ? null : { kind: 'refused', by: actor.login, cause: cause.id, role: role.value };
}

function judgeEdits({ id, at }: Cause, history: History, book: RoleBook): Approval | null {
  const changed = changedSince(at, history, book);
  if (changed === null || changed.kind === 'unread') return changed;
  const { edit } = changed;
  return { kind: 'withdrawn', by: edit.editor?.login ?? null, cause: id, edit };
}
