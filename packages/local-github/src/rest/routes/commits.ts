import { present } from '../../domain/context.js';
import { notFound } from '../../domain/errors.js';
import { requireEnd } from '../../domain/forks/commits.js';
import { allPulls, isOpen } from '../../domain/pulls/find.js';
import { pullCommits } from '../../domain/pulls/changes.js';
import { mergeBranch } from '../../domain/refs/merge-branch.js';
import { requireCommit, requireNamedCommit } from '../../domain/refs/resolve.js';
import { presentCommit } from '../../present/commits.js';
import { presentComparison } from '../../present/comparison.js';
import { presentPull } from '../../present/pulls.js';
import { type Route, created, list, noContent, ok, route } from '../route.js';
import { repositoryToRead, repositoryToWrite, serveOnly } from './issue-target.js';

const READ = [{ contents: 'read' }] as const;
const PULLS = [{ pull_requests: 'read' }] as const;
const WRITE = [{ contents: 'write' }] as const;

export const commitRoutes: readonly Route[] = [
  route('repos/list-commits', READ, async (context, { path, query }) => {
    serveOnly('repos/list-commits', query, ['sha', 'path', 'per_page', 'page']);
    const { view, repository } = repositoryToRead(context, path);
    const { oid } = await requireCommit(view, repository, query.sha ?? repository.defaultBranch);
    const only = query.path === undefined ? {} : { path: query.path };
    const commits = await view.git(repository.id).listCommits({ from: oid, ...only });
    return list(commits, (commit) => presentCommit(view, repository.id, commit));
  }),
  route('repos/get-commit', READ, async (context, { path }) => {
    const { view, repository } = repositoryToRead(context, path);
    const commit = await requireNamedCommit(view, repository, path.ref);
    const files = await view.git(repository.id).changedFiles(commit.parents[0], commit.oid);
    return ok(presentCommit(view, repository.id, commit, files));
  }),
  route('repos/compare-commits-with-basehead', READ, async (context, { path, query }) => {
    const { view, repository } = repositoryToRead(context, path);
    const [base, head] = path.basehead.split('...', 2);
    if (base === undefined || head === undefined) throw notFound();
    return ok(
      await presentComparison(view, repository, path.basehead, {
        base: await requireEnd(context, view, repository, base),
        head: await requireEnd(context, view, repository, head),
        page: query.page ?? 1,
        size: Math.min(query.per_page ?? 250, 250),
      }),
    );
  }),
  route('repos/list-pull-requests-associated-with-commit', PULLS, async (context, { path }) => {
    const { view, repository } = repositoryToRead(context, path);
    const { oid } = await requireNamedCommit(view, repository, path.commit_sha);
    const git = view.git(repository.id);
    const onDefault = repository.refs[`refs/heads/${repository.defaultBranch}`];
    const landed = onDefault !== undefined && (await git.isAncestor(oid, onDefault));
    const found = [];
    for (const pull of allPulls(view, repository.id)) {
      const made = pull.merged?.commit === oid;
      const brought = async () => (await pullCommits(view, pull)).some((commit) => commit.oid === oid);
      const counts = landed ? pull.merged !== null : isOpen(view, pull);
      if (made || (counts && (await brought()))) found.push(pull);
    }
    return list(found, (pull) => presentPull(view, pull));
  }),
  route('repos/merge', WRITE, async (context, { path, body }) => {
    const repository = repositoryToWrite(context, path);
    const { base, head, commit_message: message } = body;
    const merged = await mergeBranch(context, repository, { base, head, message });
    if (merged === undefined) return noContent();
    const view = present(context);
    return created(presentCommit(view, repository.id, await requireCommit(view, repository, merged.oid)));
  }),
];
