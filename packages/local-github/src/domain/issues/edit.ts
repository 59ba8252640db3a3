import type { Id, Issue } from '../../state/model.js';
import { type Context, type Write, actor, demand, effect, may, present, row } from '../context.js';
import type { Changes } from '../events.js';
import { notServed } from '../errors.js';
import { checkLabelNames, demandLabels, setLabelsInside } from '../labels.js';
import { addTimeline, touch } from '../timeline.js';
import { writing } from './access.js';
import { assignInside, namedAssignees, unassignInside } from './assignees.js';
import { type CloseReason, closeIssueInside, reopenIssueInside } from './close.js';
import { tell } from './tell.js';
import { checkBody, checkTitle, recordEdit } from './texts.js';

export interface IssueChange {
  readonly title?: string | undefined;
  readonly body?: string | null | undefined;
  readonly state?: 'open' | 'closed' | undefined;
  /** Why it is closed; `completed` if left out. Nothing if the state does not change. */
  readonly stateReason?: CloseReason | undefined;
  readonly labels?: readonly string[] | undefined;
  readonly assignees?: readonly string[] | undefined;
}

/**
 * Changes an issue, or the title, body, labels and assignees of a pull request, in one effect. Text: its author and people
 * from write. Close: its author and people from triage; reopen: the same, but an author only what they closed themselves
 * (https://docs.github.com/en/organizations/managing-user-access-to-your-organizations-repositories/managing-repository-roles/repository-roles-for-an-organization).
 * Labels and assignees from triage; from an author below that they are dropped in silence.
 */
export function editIssue(context: Context, issue: Issue, change: IssueChange): Issue {
  const own = actor(context) === issue.authorId;
  const view = present(context);
  const repository = row(view.state.repositories, issue.repositoryId);
  demand(context, repository, writing(issue, 'triage', own));
  const { title, body } = change;
  const resource = issue.pullId === null ? 'Issue' : 'PullRequest';
  if (title !== undefined) checkTitle(resource, title);
  checkBody(resource, body);
  if (title !== undefined || body !== undefined) demand(context, repository, writing(issue, 'write', own));
  if (change.state !== undefined) demandState(context, issue, change.state);

  const triages = may(context, repository, writing(issue, 'triage'));
  const labels = triages ? change.labels : undefined;
  checkLabelNames(labels ?? []);
  demandLabels(context, repository, labels ?? []);
  const assignees =
    triages && change.assignees ? namedAssignees(view, repository, change.assignees, issue) : undefined;

  effect(context, (write) => {
    changeText(write, issue.id, { title, body });
    if (labels !== undefined) setLabelsInside(write, issue.id, labels);
    if (assignees !== undefined) {
      const gone = issue.assigneeIds.filter((id) => !assignees.includes(id));
      unassignInside(write, issue.id, gone);
      assignInside(write, issue.id, assignees);
    }
    const reason = change.stateReason ?? 'completed';
    if (change.state === 'closed') closeIssueInside(write, issue.id, { reason, closer: null });
    if (change.state === 'open') reopenIssueInside(write, issue.id);
  });
  return row(present(context).state.issues, issue.id);
}

function demandState(context: Context, issue: Issue, state: 'open' | 'closed'): void {
  if (issue.pullId !== null)
    throw notServed('the state of a pull request in issues/update; use pulls/update');
  const own =
    actor(context) === issue.authorId && (state === 'closed' || issue.closedById === issue.authorId);
  const open = issue.state === state;
  const repository = row(present(context).state.repositories, issue.repositoryId);
  if (!open) demand(context, repository, writing(issue, 'triage', own));
}

/** Writes a new title or body inside an effect, with the edit history and one `edited` event; nothing if they are as before. */
export function changeText(
  write: Write,
  issueId: Id,
  to: { readonly title?: string | undefined; readonly body?: string | null | undefined },
): void {
  const issue = row(write.state.issues, issueId);
  const changes: Record<string, { from: string }> = {};
  if (to.title !== undefined && to.title !== issue.title) {
    changes['title'] = { from: issue.title };
    addTimeline(write, issueId, { kind: 'renamed', from: issue.title, to: to.title });
    issue.title = to.title;
  }
  if (to.body !== undefined && (to.body ?? '') !== (issue.body ?? '')) {
    changes['body'] = { from: issue.body ?? '' };
    issue.edited = recordEdit(write, issue, to.body ?? '');
    issue.body = to.body;
  }
  if (Object.keys(changes).length === 0) return;
  touch(write, issueId);
  tell(write, issue, 'edited', { changes: changes satisfies Changes });
}
