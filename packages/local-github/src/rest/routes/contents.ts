import { type Context, present } from '../../domain/context.js';
import { notFound, unprocessable } from '../../domain/errors.js';
import { deleteContents, putContents } from '../../domain/refs/contents.js';
import { requireCommit } from '../../domain/refs/resolve.js';
import type { Signature } from '../../git/objects.js';
import { presentGitCommit } from '../../present/commits.js';
import { presentContentFile, presentEntry } from '../../present/contents.js';
import type { Repository } from '../../state/model.js';
import { type Json, type Route, ok, route } from '../route.js';
import { repositoryToRead, repositoryToWrite } from './issue-target.js';

const READ = [{ contents: 'read' }] as const;
const WRITE = [{ contents: 'write' }] as const;

function signature(
  context: Context,
  person: { name?: string; email?: string; date?: string } | undefined,
): Signature | undefined {
  if (person === undefined) return undefined;
  const { name, email, date } = person;
  if (name === undefined || email === undefined)
    throw unprocessable('author and committer need a name and an email');
  return { name, email, date: date ?? present(context).now };
}

/** The bytes of base64, with or without line breaks; 422 for what is none. */
function decode(content: string): Buffer {
  const bytes = Buffer.from(content, 'base64');
  const plain = content.replaceAll(/[\s=]/g, '');
  if (bytes.toString('base64').replaceAll('=', '') !== plain)
    throw unprocessable('content is not valid Base64');
  return bytes;
}

async function fileCommit(
  context: Context,
  { id }: Repository,
  oid: string,
  path: string | null,
): Promise<Json> {
  const view = present(context);
  const git = view.git(id);
  const commit = await git.readCommit(oid);
  const entry = path === null ? undefined : await git.entryAt(oid, path);
  if (commit === undefined) throw notFound();
  return {
    content: entry === undefined ? null : presentEntry(view, id, oid, entry),
    commit: presentGitCommit(view, id, commit),
  };
}

export const contentRoutes: readonly Route[] = [
  route('repos/get-content', READ, async (context, { path, query }) => {
    const { view, repository } = repositoryToRead(context, path);
    const ref = query.ref ?? repository.defaultBranch;
    const { oid } = await requireCommit(view, repository, ref);
    const git = view.git(repository.id);
    const wanted = path.path.replaceAll(/^\/+|\/+$/g, '');
    const entry = await git.entryAt(oid, wanted);
    if (entry === undefined) throw notFound();
    if (entry.type === 'tree') {
      const entries = (await git.listTree(oid, wanted)) ?? [];
      return ok(entries.map((child) => presentEntry(view, repository.id, ref, child)));
    }
    const content = await git.readBlob(entry.oid);
    if (content === undefined) throw notFound();
    return ok(presentContentFile(view, repository.id, ref, entry, content));
  }),
  route('repos/create-or-update-file-contents', WRITE, async (context, { path, body }) => {
    const repository = repositoryToWrite(context, path);
    const { oid, created } = await putContents(context, repository, {
      path: path.path,
      message: body.message,
      content: decode(body.content),
      branch: body.branch,
      sha: body.sha,
      author: signature(context, body.author),
      committer: signature(context, body.committer),
    });
    return { status: created ? 201 : 200, body: await fileCommit(context, repository, oid, path.path) };
  }),
  route('repos/delete-file', WRITE, async (context, { path, body }) => {
    const repository = repositoryToWrite(context, path);
    const { oid } = await deleteContents(context, repository, {
      path: path.path,
      message: body.message,
      branch: body.branch,
      sha: body.sha,
      author: signature(context, body.author),
      committer: signature(context, body.committer),
    });
    return ok(await fileCommit(context, repository, oid, null));
  }),
];
