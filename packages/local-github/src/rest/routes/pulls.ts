import { present } from '../../domain/context.js';
import { notFound, unprocessable } from '../../domain/errors.js';
import { pullCommits, pullFiles } from '../../domain/pulls/changes.js';
import { editPull } from '../../domain/pulls/edit.js';
import { mergePull } from '../../domain/pulls/merge.js';
import { openPull } from '../../domain/pulls/open.js';
import { updateBranch } from '../../domain/pulls/update-branch.js';
import { presentCommit } from '../../present/commits.js';
import { presentFile } from '../../present/files.js';
import { presentPull, presentSinglePull, pullUrl } from '../../present/pulls.js';
import { type Route, created, list, noContent, ok, route } from '../route.js';
import { repositoryToRead, repositoryToWrite, serveOnly } from './issue-target.js';
import { filterPulls } from './pull-filters.js';
import { READ, WRITE, pullToRead, pullToWrite } from './pull-target.js';

const MERGE = [{ contents: 'write' }] as const;
const UPDATE = [{ pull_requests: 'write', contents: 'write' }] as const;

export const pullRoutes: readonly Route[] = [
  route('pulls/list', READ, async (context, { path, query }) => {
    const { view, repository } = repositoryToRead(context, path);
    return list(filterPulls(view, repository, query), (pull) => presentPull(view, pull));
  }),
  route('pulls/get', READ, async (context, { path }) => {
    const { view, pull } = pullToRead(context, path);
    return ok(await presentSinglePull(view, pull));
  }),
  route('pulls/create', WRITE, async (context, { path, body }) => {
    serveOnly('pulls/create', body, ['title', 'head', 'base', 'body', 'draft', 'maintainer_can_modify']);
    const { title, head, base, draft } = body;
    if (title === undefined) {
      throw unprocessable('Validation Failed', [
        { resource: 'PullRequest', code: 'missing_field', field: 'title' },
      ]);
    }
    const repository = repositoryToWrite(context, path);
    const maintainerCanModify = body.maintainer_can_modify;
    const input = { title, head, base, body: body.body, draft, maintainerCanModify };
    const pull = await openPull(context, repository, input);
    return created(await presentSinglePull(present(context), pull));
  }),
  route('pulls/update', WRITE, async (context, { path, body }) => {
    serveOnly('pulls/update', body, ['title', 'body', 'state', 'base', 'maintainer_can_modify']);
    const { title, state, base } = body;
    const maintainerCanModify = body.maintainer_can_modify;
    const change = { title, body: body.body, state, base, maintainerCanModify };
    const pull = await editPull(context, pullToWrite(context, path), change);
    return ok(await presentSinglePull(present(context), pull));
  }),
  route('pulls/list-files', READ, async (context, { path }) => {
    const { view, pull } = pullToRead(context, path);
    return list(await pullFiles(view, pull), (file) =>
      presentFile(view, pull.repositoryId, pull.headSha, file),
    );
  }),
  route('pulls/list-commits', READ, async (context, { path }) => {
    const { view, pull } = pullToRead(context, path);
    return list(await pullCommits(view, pull), (commit) => presentCommit(view, pull.repositoryId, commit));
  }),
  route('pulls/merge', MERGE, async (context, { path, body }) => {
    const { oid } = await mergePull(context, pullToWrite(context, path), {
      method: body?.merge_method ?? 'merge',
      sha: body?.sha,
      title: body?.commit_title,
      message: body?.commit_message,
    });
    return ok({ sha: oid, merged: true, message: 'Pull Request successfully merged' });
  }),
  route('pulls/check-if-merged', READ, async (context, { path }) => {
    if (pullToRead(context, path).pull.merged === null) throw notFound();
    return noContent();
  }),
  route('pulls/update-branch', UPDATE, async (context, { path, body }) => {
    const pull = pullToWrite(context, path);
    await updateBranch(context, pull, { expectedHead: body?.expected_head_sha, method: 'merge' });
    const message = 'Updating pull request branch.';
    return { status: 202, body: { message, url: pullUrl(present(context), pull) } };
  }),
];
