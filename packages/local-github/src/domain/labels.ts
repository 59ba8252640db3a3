import type { Access } from '../access/access.js';
import type { Draft } from 'immer';

import type { Id, Issue, Label, Repository } from '../state/model.js';
import { type Context, type Write, demand, effect, may, present, row } from './context.js';
import { forbidden, notFound, unprocessable } from './errors.js';
import { addTimeline, touch } from './timeline.js';

const CREATE: Access = { role: 'write', app: [{ issues: 'write' }, { pull_requests: 'write' }] };
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
  demand(context, repository, CREATE);
  const name = input.name.trim();
  checkLabel(name, input.description ?? null);
  if (labelNamed(present(context).state.labels, repository, name)) {
    throw unprocessable('Validation Failed', [{ resource: 'Label', code: 'already_exists', field: 'name' }]);
  }
  return effect(context, (write) => insertLabel(write, repository.id, { ...input, name }));
}

function checkLabel(name: string, description: string | null): void {
  if (name === '') {
    throw unprocessable('Validation Failed', [{ resource: 'Label', code: 'missing_field', field: 'name' }]);
  }
  if (name.length > NAME_LIMIT) {
    throw unprocessable('Validation Failed', [
      {
        resource: 'Label',
        code: 'custom',
        field: 'name',
        message: 'name is too long (maximum is 50 characters)',
      },
    ]);
  }
  if (description !== null && description.length > DESCRIPTION_LIMIT) {
    throw unprocessable('Validation Failed', [
      {
        resource: 'Label',
        code: 'custom',
        field: 'description',
        message: 'description is too long (maximum is 100 characters)',
      },
    ]);
  }
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
  write.state.labels[label.id] = label;
  write.state.repositories[repositoryId]?.labelIds.push(label.id);
  write.emit(repositoryId, { name: 'label', action: 'created', label });
  return label;
}

/**
 * Puts labels on an issue or pull request. A name that does not exist is created for people from write and apps; for
 * triage it is 403 (the stricter reading: nobody has seen it live). A label that is there already makes no event.
 */
export function addLabels(context: Context, issue: Issue, names: readonly string[]): void {
  const { state } = present(context);
  const repository = row(state.repositories, issue.repositoryId);
  demand(context, repository, APPLY);
  for (const name of names) {
    checkLabel(name, null);
    if (!labelNamed(state.labels, repository, name) && !may(context, repository, CREATE)) {
      throw forbidden(`You need the write role to create the label ${name}.`);
    }
  }
  effect(context, (write) => {
    for (const name of names) putLabel(write, issue.id, ensureLabel(write, issue.repositoryId, name));
  });
}

/** Takes one label off; 404 if it is not on. */
export function removeLabel(context: Context, issue: Issue, name: string): void {
  const { state } = present(context);
  const repository = row(state.repositories, issue.repositoryId);
  demand(context, repository, APPLY);
  const label = labelNamed(state.labels, repository, name);
  if (label === undefined || !issue.labelIds.includes(label.id)) throw notFound('Label does not exist');
  effect(context, (write) => takeLabel(write, issue.id, label));
}

/** Makes the labels of an issue exactly these. */
export function setLabels(context: Context, issue: Issue, names: readonly string[]): void {
  const { state } = present(context);
  const repository = row(state.repositories, issue.repositoryId);
  demand(context, repository, APPLY);
  for (const name of names) {
    if (!labelNamed(state.labels, repository, name) && !may(context, repository, CREATE)) {
      throw forbidden(`You need the write role to create the label ${name}.`);
    }
  }
  effect(context, (write) => {
    const wanted = names.map((name) => ensureLabel(write, issue.repositoryId, name));
    for (const id of issue.labelIds) {
      const label = write.state.labels[id];
      if (label && !wanted.some((other) => other.id === id)) takeLabel(write, issue.id, label);
    }
    for (const label of wanted) putLabel(write, issue.id, label);
  });
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

function takeLabel(write: Write, issueId: Id, label: Label): void {
  const issue = row(write.state.issues, issueId);
  issue.labelIds = issue.labelIds.filter((id) => id !== label.id);
  labelled(write, issue, 'unlabeled', label);
}

function labelled(write: Write, issue: Draft<Issue>, action: 'labeled' | 'unlabeled', label: Label): void {
  addTimeline(write, issue.id, { kind: action, label: { name: label.name, color: label.color } });
  touch(write, issue.id);
  const face = { ...label };
  if (issue.pullId === null) {
    write.emit(issue.repositoryId, { name: 'issues', action, issueId: issue.id, label: face });
  } else {
    write.emit(issue.repositoryId, { name: 'pull_request', action, pullId: issue.pullId, label: face });
  }
}
