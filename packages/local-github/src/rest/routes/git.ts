import { type Context, present } from '../../domain/context.js';
import { notFound, unprocessable } from '../../domain/errors.js';
import { createRef, deleteRef, updateRef } from '../../domain/refs/operations.js';
import { presentGitCommit } from '../../present/commits.js';
import { presentRef } from '../../present/refs.js';
import type { Repository } from '../../state/model.js';
import { type Answer, type Route, created, list, noContent, ok, route } from '../route.js';
import { repositoryToRead, repositoryToWrite } from './issue-target.js';

const READ = [{ contents: 'read' }] as const;
const WRITE = [{ contents: 'write' }] as const;

/** Routes name refs without `refs/`. */
function whole(ref: string): string {
  return ref.startsWith('refs/') ? ref : `refs/${ref}`;
}

function newest(context: Context, { id }: Repository, ref: string): Answer['body'] {
  const view = present(context);
  const oid = view.state.repositories[id]?.refs[ref];
  if (oid === undefined) throw notFound();
  return presentRef(view, id, ref, oid);
}

export const gitRoutes: readonly Route[] = [
  route('git/get-ref', READ, async (context, { path }) => {
    const { view, repository } = repositoryToRead(context, path);
    const ref = whole(path.ref);
    const oid = repository.refs[ref];
    if (oid === undefined) throw notFound();
    return ok(presentRef(view, repository.id, ref, oid));
  }),
  route('git/list-matching-refs', READ, async (context, { path }) => {
    const { view, repository } = repositoryToRead(context, path);
    const refs = Object.entries(repository.refs)
      .filter(([ref]) => ref.startsWith(whole(path.ref)))
      .toSorted(([a], [b]) => (a < b ? -1 : 1));
    return list(refs, ([ref, oid]) => presentRef(view, repository.id, ref, oid));
  }),
  route('git/create-ref', WRITE, async (context, { path, body }) => {
    const repository = repositoryToWrite(context, path);
    const { ref, sha } = body;
    if (!ref.startsWith('refs/') || ref.split('/').length < 3) {
      throw unprocessable("Reference name must start with 'refs/' and have at least two slashes.");
    }
    await createRef(context, repository, { ref, sha });
    return created(newest(context, repository, ref) ?? null);
  }),
  route('git/update-ref', WRITE, async (context, { path, body }) => {
    const repository = repositoryToWrite(context, path);
    const ref = whole(path.ref);
    await updateRef(context, repository, { ref, sha: body.sha, force: body.force ?? false });
    return ok(newest(context, repository, ref) ?? null);
  }),
  route('git/delete-ref', WRITE, async (context, { path }) => {
    await deleteRef(context, repositoryToWrite(context, path), { ref: whole(path.ref) });
    return noContent();
  }),
  route('git/get-commit', READ, async (context, { path }) => {
    const { view, repository } = repositoryToRead(context, path);
    const commit = await view.git(repository.id).readCommit(path.commit_sha);
    if (commit === undefined) throw notFound();
    return ok(presentGitCommit(view, repository.id, commit));
  }),
];
