import { addLabels, createLabel, labelNamed, removeLabel, setLabels } from '../../domain/labels.js';
import { type Context, present, row } from '../../domain/context.js';
import { notFound } from '../../domain/errors.js';
import { deleteLabel, updateLabel } from '../../domain/issues/manage-labels.js';
import { presentLabel } from '../../present/labels.js';
import type { Id } from '../../state/model.js';
import type { View } from '../../world.js';
import { type Route, created, list, noContent, ok, route } from '../route.js';
import {
  READ,
  WRITE,
  issueToRead,
  issueToWrite,
  namesIn,
  repositoryToRead,
  repositoryToWrite,
} from './issue-target.js';

/** Names from the three forms that GitHub takes: a list of texts or objects, or one under the key `labels`. */
function names(body: unknown): string[] {
  const entries: unknown = Array.isArray(body) ? body : Object(body).labels;
  return namesIn(Array.isArray(entries) ? entries : [], 'name') ?? [];
}

function labelsOf(view: View, issueId: Id) {
  return list(
    row(view.state.issues, issueId).labelIds.map((id) => row(view.state.labels, id)),
    (label) => presentLabel(view, label),
  );
}

/** The label of that name in the newest state, or 404. */
function labelToWrite(context: Context, path: { owner: string; repo: string; name: string }) {
  const repository = repositoryToWrite(context, path);
  const label = labelNamed(present(context).state.labels, repository, path.name);
  if (label === undefined) throw notFound();
  return { repository, label };
}

export const labelRoutes: readonly Route[] = [
  route('issues/list-labels-for-repo', READ, async (context, { path }) => {
    const { view, repository } = repositoryToRead(context, path);
    return list(
      repository.labelIds.map((id) => row(view.state.labels, id)),
      (label) => presentLabel(view, label),
    );
  }),
  route('issues/get-label', READ, async (context, { path }) => {
    const { view, repository } = repositoryToRead(context, path);
    const label = labelNamed(view.state.labels, repository, path.name);
    if (label === undefined) throw notFound();
    return ok(presentLabel(view, label));
  }),
  route('issues/create-label', WRITE, async (context, { path, body }) => {
    const label = createLabel(context, repositoryToWrite(context, path), body);
    return created(presentLabel(present(context), label));
  }),
  route('issues/update-label', WRITE, async (context, { path, body }) => {
    const { repository, label } = labelToWrite(context, path);
    const { new_name: name, color, description } = body;
    const updated = updateLabel(context, repository, label, { name, color, description });
    return ok(presentLabel(present(context), updated));
  }),
  route('issues/delete-label', WRITE, async (context, { path }) => {
    const { repository, label } = labelToWrite(context, path);
    deleteLabel(context, repository, label);
    return noContent();
  }),
  route('issues/list-labels-on-issue', READ, async (context, { path }) => {
    const { view, issue } = issueToRead(context, path);
    return labelsOf(view, issue.id);
  }),
  route('issues/add-labels', WRITE, async (context, { path, body }) => {
    const issue = issueToWrite(context, path);
    addLabels(context, issue, names(body));
    return labelsOf(present(context), issue.id);
  }),
  route('issues/set-labels', WRITE, async (context, { path, body }) => {
    const issue = issueToWrite(context, path);
    setLabels(context, issue, names(body));
    return labelsOf(present(context), issue.id);
  }),
  route('issues/remove-label', WRITE, async (context, { path }) => {
    const issue = issueToWrite(context, path);
    removeLabel(context, issue, path.name);
    return labelsOf(present(context), issue.id);
  }),
  route('issues/remove-all-labels', WRITE, async (context, { path }) => {
    setLabels(context, issueToWrite(context, path), []);
    return noContent();
  }),
];
