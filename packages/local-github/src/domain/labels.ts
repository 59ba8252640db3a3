import type { Draft } from 'immer';

import type { Access } from '../access/access.js';
import type { Id, Issue, Label, Repository } from '../state/model.js';
import { type Context, type Write, demand, effect, may, present, row } from './context.js';
import { type FieldError, forbidden, notFound, unprocessable } from './errors.js';
import { tell } from './issues/tell.js';
import { addTimeline, touch } from './timeline.js';

/** What making, changing and deleting labels of a repository needs. */
export const MANAGE_LABELS: Access = {
  role: 'write',
  app: [{ issues: 'write' }, { pull_requests: 'write' }],
};
const APPLY: Access = { role: 'triage', app: [{ issues: 'write' }, { pull_requests: 'write' }] };

/** GitHub's limits: 50 characters for a name, 100 for a description. */
const NAME_LIMIT = 50;
const DESCRIPTION_LIMIT = 100;

/** Labels are the same if their names differ in case only. */
export function labelNamed(
  labels: Readonly<Record<Id, Label>>,
  repository: Repository,
  name: string,
): Label | undefined {
  return repository.labelIds
    .map((id) => labels[id])
    .find((label) => label?.name.toLowerCase() === name.toLowerCase());
}

/** Makes a label. 422 if the name is taken, empty or longer than 50 characters. */
export function createLabel(
  context: Context,
  repository: Repository,
  input: { name: string; color?: string | undefined; description?: string | null | undefined },
): Label {
  demand(context, repository, MANAGE_LABELS);
  const name = input.name.trim();
  checkLabel({ ...input, name });
  if (labelNamed(present(context).state.labels, repository, name)) {
    throw unprocessable('Validation Failed', [{ resource: 'Label', code: 'already_exists', field: 'name' }]);
  }
  return effect(context, (write) => insertLabel(write, repository.id, { ...input, name }));
}

/** Throws 422 for a name, description or colour that GitHub does not take. */
export function checkLabel(label: {
  readonly name: string;
  readonly color?: string | undefined;
  readonly description?: string | null | undefined;
}): void {
  const { name, color, description } = label;
  const refuse = (error: Omit<FieldError, 'resource'>) =>
    unprocessable('Validation Failed', [{ resource: 'Label', ...error }]);
  if (name.trim() === '') throw refuse({ code: 'missing_field', field: 'name' });
  if (name.length > NAME_LIMIT) {
    throw refuse({
      code: 'custom',
      field: 'name',
      message: `name is too long (maximum is ${NAME_LIMIT} characters)`,
    });
  }
  if ((description ?? '').length > DESCRIPTION_LIMIT) {
    throw refuse({
      code: 'custom',
      field: 'description',
      message: `description is too long (maximum is ${DESCRIPTION_LIMIT} characters)`,
    });
  }
  if (color !== undefined && !/^[0-9a-f]{6}$/i.test(color)) {
    throw refuse({ code: 'invalid', field: 'color', value: color });
  }
}

/** Throws 422 if one of the names cannot be a label's. */
export function checkLabelNames(names: readonly string[]): void {
  for (const name of names) checkLabel({ name });
}

function insertLabel(
  write: Write,
  repositoryId: Id,
  input: { name: string; color?: string | undefined; description?: string | null | undefined },
): Label {
  const label: Label = {
    id: write.newId(),
    repositoryId,
    name: input.name,
    color: input.color ?? 'ededed',
    description: input.description ?? null,
  };
  write.state.labels[label.id] = { ...label };
  write.state.repositories[repositoryId]?.labelIds.push(label.id);
  write.emit(repositoryId, { name: 'label', action: 'created', label });
  return label;
}

/**
 * Throws unless the caller may put these labels on: from triage up, and a name that does not exist only from write up,
 * because that creates it (403 for triage is the stricter reading: nobody has seen it live).
 */
export function demandLabels(context: Context, repository: Repository, names: readonly string[]): void {
  const { labels } = present(context).state;
  checkLabelNames(names);
  for (const name of names) {
    if (!labelNamed(labels, repository, name) && !may(context, repository, MANAGE_LABELS)) {
      throw forbidden(`You need the write role to create the label ${name}.`);
    }
  }
}

function demandApply(context: Context, issue: Issue, names: readonly string[]): Repository {
  const repository = row(present(context).state.repositories, issue.repositoryId);
  demand(context, repository, APPLY);
  demandLabels(context, repository, names);
  return repository;
}

/** Puts labels on an issue or pull request, see {@link demandLabels}. A label that is there already makes no event. */
export function addLabels(context: Context, issue: Issue, names: readonly string[]): void {
  demandApply(context, issue, names);
  effect(context, (write) => {
    for (const name of names) putLabel(write, issue.id, ensureLabel(write, issue.repositoryId, name));
  });
}

/** Takes one label off; 404 if it is not on. */
export function removeLabel(context: Context, issue: Issue, name: string): void {
  const repository = demandApply(context, issue, []);
  const label = labelNamed(present(context).state.labels, repository, name);
  if (label === undefined || !issue.labelIds.includes(label.id)) throw notFound('Label does not exist');
  effect(context, (write) => takeLabel(write, issue.id, label));
}

/** Makes the labels of an issue exactly these. */
export function setLabels(context: Context, issue: Issue, names: readonly string[]): void {
  demandApply(context, issue, names);
  effect(context, (write) => setLabelsInside(write, issue.id, names));
}

/** Makes the labels of an issue exactly these, inside an effect. */
export function setLabelsInside(write: Write, issueId: Id, names: readonly string[]): void {
  const issue = row(write.state.issues, issueId);
  const wanted = names.map((name) => ensureLabel(write, issue.repositoryId, name));
  for (const id of issue.labelIds) {
    const label = write.state.labels[id];
    if (label && !wanted.some((other) => other.id === id)) takeLabel(write, issueId, { ...label });
  }
  for (const label of wanted) putLabel(write, issueId, label);
}

/** The label with this name, made if there is none. */
export function ensureLabel(write: Write, repositoryId: Id, name: string): Label {
  const repository = row(write.state.repositories, repositoryId);
  return labelNamed(write.state.labels, repository, name) ?? insertLabel(write, repositoryId, { name });
}

/** Puts a label on inside an effect; nothing if it is on already. */
export function putLabel(write: Write, issueId: Id, label: Label): void {
  const issue = row(write.state.issues, issueId);
  if (issue.labelIds.includes(label.id)) return;
  issue.labelIds.push(label.id);
  labelled(write, issue, 'labeled', label);
}

/**
 * Takes a label off inside an effect. If that is because the label was deleted, its webhook does not name it any more, as
 * GitHub was seen to do (octokit/webhooks#639).
 */
export function takeLabel(write: Write, issueId: Id, label: Label, isDeleted = false): void {
  const issue = row(write.state.issues, issueId);
  issue.labelIds = issue.labelIds.filter((id) => id !== label.id);
  labelled(write, issue, 'unlabeled', label, isDeleted);
}

function labelled(
  write: Write,
  issue: Draft<Issue>,
  action: 'labeled' | 'unlabeled',
  label: Label,
  isDeleted = false,
): void {
  addTimeline(write, issue.id, { kind: action, label: { name: label.name, color: label.color } });
  touch(write, issue.id);
  tell(write, issue, action, isDeleted ? {} : { label: { ...label } });
}
