import type { Access } from '../../access/access.js';
import type { Id, Issue, Repository } from '../../state/model.js';
import { type Context, type Write, actor, demand, effect, may, present, row } from '../context.js';
import { GitHubError } from '../errors.js';
import { checkLabelNames, ensureLabel, putLabel } from '../labels.js';
import { assignInside, namedAssignees } from './assignees.js';
import { checkBody, checkTitle } from './texts.js';

const OPEN: Access = { role: 'read', app: [{ issues: 'write' }] };
const FURNISH: Access = { role: 'write', app: [{ issues: 'write' }] };

/**
 * Opens an issue: anybody who sees the repository may. Below write, labels and assignees are dropped in silence
 * (https://docs.github.com/en/rest/issues/issues#create-an-issue). 422 for a bad title or body, or an unknown assignee;
 * 410 in a fork, which starts without issues.
 */
export function createIssue(
  context: Context,
  repository: Repository,
  input: {
    readonly title: string;
    readonly body?: string | null | undefined;
    readonly labels?: readonly string[] | undefined;
    readonly assignees?: readonly string[] | undefined;
  },
): Issue {
  actor(context);
  demand(context, repository, OPEN);
  if (repository.parentId !== null) {
    throw new GitHubError(410, 'UNPROCESSABLE', 'Issues has been disabled in this repository.');
  }
  checkTitle('Issue', input.title);
  checkBody('Issue', input.body);
  const furnish = may(context, repository, FURNISH);
  const labels = furnish ? (input.labels ?? []) : [];
  const assignees = namedAssignees(present(context), repository, furnish ? (input.assignees ?? []) : []);
  checkLabelNames(labels);
  const id = effect(context, (write) => {
    const rows = labels.map((name) => ensureLabel(write, repository.id, name));
    const issueId = insertIssue(write, repository.id, { title: input.title, body: input.body ?? null });
    write.emit(repository.id, { name: 'issues', action: 'opened', issueId });
    for (const label of rows) putLabel(write, issueId, label);
    assignInside(write, issueId, assignees);
    return issueId;
  });
  return row(present(context).state.issues, id);
}

/**
 * Adds the row of an issue, or the one below a pull request, under the repository's next number, by the actor and now.
 * The caller has checked the text and emits `opened`.
 */
export function insertIssue(
  write: Write,
  repositoryId: Id,
  input: { readonly title: string; readonly body: string | null; readonly pullId?: Id },
): Id {
  const repository = row(write.state.repositories, repositoryId);
  const id = write.newId();
  const number = repository.nextNumber;
  repository.nextNumber += 1;
  repository.numbers[number] = id;
  write.state.issues[id] = {
    id,
    repositoryId,
    number,
    pullId: input.pullId ?? null,
    title: input.title,
    body: input.body,
    authorId: write.actorId,
    state: 'open',
    stateReason: null,
    closedById: null,
    locked: false,
    lockReason: null,
    labelIds: [],
    assigneeIds: [],
    commentIds: [],
    eventIds: [],
    createdAt: write.now,
    updatedAt: write.now,
    closedAt: null,
    edited: null,
  };
  return id;
}
