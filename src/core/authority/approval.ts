import type { Actor, Comment, Edit, Issue, LabelEvent, Role, Time } from '../model/index.js';
import type { Settings } from '../settings/schema.js';
import type { RoleBook } from './role-book.js';

/** Edits this short a time before the approval count as made after it: nobody reads and clicks faster. */
const GRACE = 60_000;

/** Who asked for an issue to be deployed, and when. `cause` names the event or comment, and never changes. */
export interface Given {
  readonly kind: 'given';
  readonly by: string;
  readonly at: Time;
  readonly cause: string;
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

/**
 * The approval of an issue that shows the deploy label.
 *
 * @param recorded the cause that the task commit names, if there is one: an approval is judged once, and later edits of
 *   the issue change nothing
 * @param asked the `deploy` commands on the issue that the app accepted, oldest first
 */
export function approvalOf(
  issue: Issue,
  settings: Settings,
  book: RoleBook,
  asked: readonly Comment[],
  recorded: string | null,
): Approval {
  if (issue.labels.kind === 'unreadable') return { kind: 'unread', why: issue.labels.why };
  if (!issue.labels.value.includes(settings.labels.deploy)) return { kind: 'none' };
  if (issue.history.kind === 'unreadable') return { kind: 'unread', why: issue.history.why };
  const events = issue.history.value.labels.filter((event) => event.label === settings.labels.deploy);
  const cause = causeOf(events, asked);
  if (cause === null) return { kind: 'unread', why: 'GitHub names nobody who put the label' };
  if (cause.id === recorded) return given(cause);
  const refusal = judge(cause, settings, book);
  if (refusal !== null) return refusal;
  for (const edit of issue.history.value.edits) {
    if (edit.at < cause.at - GRACE) continue;
    const verdict = judgeEdit(edit, cause, settings, book);
    if (verdict !== null) return verdict;
  }
  return given(cause);
}

interface Cause {
  readonly id: string;
  readonly actor: Actor;
  readonly at: Time;
}

function given(cause: Cause): Given {
  return { kind: 'given', by: cause.actor.login, at: cause.at, cause: cause.id };
}

/**
 * Whose wish the label is: its last event's actor; for a label that the app put, the author of the `deploy` comment
 * before it, or, where the app put it back, whoever had put it before.
 */
function causeOf(events: readonly LabelEvent[], asked: readonly Comment[]): Cause | null {
  const puts = events.filter((event) => event.added);
  const last = puts.at(-1);
  if (last === undefined || last.actor === null) return null;
  if (last.actor.kind !== 'me') return { id: last.id, actor: last.actor, at: last.at };
  const before = puts.at(-2);
  const comment = asked.findLast(
    (each) => each.createdAt <= last.at && each.createdAt > (before?.at ?? -Infinity),
  );
  if (comment?.author) return { id: `comment-${comment.id}`, actor: comment.author, at: comment.createdAt };
  return before === undefined ? null : causeOf(events.slice(0, events.lastIndexOf(last)), asked);
}

function judge(cause: Cause, settings: Settings, book: RoleBook): Approval | null {
  const { actor } = cause;
  if (actor.kind === 'bot') {
    if (settings.allow.bots.includes(actor.login)) return null;
    return { kind: 'refused', by: actor.login, cause: cause.id, role: 'bot' };
  }
  const role = book.of(actor.login, cause.at);
  if (role.kind === 'unreadable') {
    return { kind: 'unread', why: `cannot read the role of ${actor.login}: ${role.why}` };
  }
  if (mayDeploy(role.value, settings)) return null;
  return { kind: 'refused', by: actor.login, cause: cause.id, role: role.value };
}

function judgeEdit(edit: Edit, cause: Cause, settings: Settings, book: RoleBook): Approval | null {
  const withdrawn = { kind: 'withdrawn', by: edit.editor?.login ?? null, cause: cause.id, edit } as const;
  if (edit.editor === null) return withdrawn;
  if (edit.editor.kind === 'me') return null;
  if (edit.editor.kind === 'bot') return settings.allow.bots.includes(edit.editor.login) ? null : withdrawn;
  const role = book.of(edit.editor.login, edit.at);
  if (role.kind === 'unreadable') {
    return { kind: 'unread', why: `cannot read the role of ${edit.editor.login}: ${role.why}` };
  }
  return mayDeploy(role.value, settings) ? null : withdrawn;
}

/** Whether a role may ask for a deployment. A custom role counts as the base role that GitHub reports for it. */
export function mayDeploy(role: Role, settings: Settings): boolean {
  return (settings.allow.roles as readonly string[]).includes(role);
}
