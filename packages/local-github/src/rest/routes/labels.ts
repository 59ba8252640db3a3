import { addLabels, createLabel, labelNamed, removeLabel, setLabels } from '../../domain/labels.js';
import { type Context, findRepository, issueByNumber, present, row } from '../../domain/context.js';
import { notFound } from '../../domain/errors.js';
import { presentLabel } from '../../present/labels.js';
import type { Id } from '../../state/model.js';
import type { View } from '../../world.js';
import { type Route, created, list, ok, route } from '../route.js';

const READ = [{ issues: 'read' }, { pull_requests: 'read' }] as const;
const WRITE = [{ issues: 'write' }, { pull_requests: 'write' }] as const;

/** Names from the three forms that GitHub takes: strings, objects, or one of them alone. */
function names(body: unknown): string[] {
  const entries: unknown = Array.isArray(body) ? body : Object(body).labels;
  if (!Array.isArray(entries)) return [];
  return entries.map((entry: unknown) => String(typeof entry === 'string' ? entry : Object(entry).name));
}

function labelsOf(view: View, issueId: Id) {
  return list(
    row(view.state.issues, issueId).labelIds.map((id) => row(view.state.labels, id)),
    (label) => presentLabel(view, label),
  );
}

/** The issue named by owner, repo and number, from the newest state. */
function target(context: Context, path: { owner: string; repo: string; issue_number: number }) {
  const view = present(context);
  return issueByNumber(view, findRepository(context, view, path.owner, path.repo), path.issue_number);
}

export const labelRoutes: readonly Route[] = [
  route('issues/list-labels-for-repo', READ, async (context, { path }) => {
    const { view } = context;
    const repository = findRepository(context, view, path.owner, path.repo);
    return list(
      repository.labelIds.map((id) => row(view.state.labels, id)),
      (label) => presentLabel(view, label),
    );
  }),
  route('issues/get-label', READ, async (context, { path }) => {
    const { view } = context;
    const label = labelNamed(
      view.state.labels,
      findRepository(context, view, path.owner, path.repo),
      path.name,
    );
    if (label === undefined) throw notFound();
    return ok(presentLabel(view, label));
  }),
  route('issues/create-label', WRITE, async (context, { path, body }) => {
    const repository = findRepository(context, present(context), path.owner, path.repo);
    return created(presentLabel(present(context), createLabel(context, repository, body)));
  }),
  route('issues/list-labels-on-issue', READ, async (context, { path }) => {
    const repository = findRepository(context, context.view, path.owner, path.repo);
    return labelsOf(context.view, issueByNumber(context.view, repository, path.issue_number).id);
  }),
  route('issues/add-labels', WRITE, async (context, { path, body }) => {
    const issue = target(context, path);
    addLabels(context, issue, names(body));
    return labelsOf(present(context), issue.id);
  }),
  route('issues/set-labels', WRITE, async (context, { path, body }) => {
    const issue = target(context, path);
    setLabels(context, issue, names(body));
    return labelsOf(present(context), issue.id);
  }),
  route('issues/remove-label', WRITE, async (context, { path }) => {
    const issue = target(context, path);
    removeLabel(context, issue, path.name);
    return labelsOf(present(context), issue.id);
  }),
  route('issues/remove-all-labels', WRITE, async (context, { path }) => {
    setLabels(context, target(context, path), []);
    return { status: 204 };
  }),
];
