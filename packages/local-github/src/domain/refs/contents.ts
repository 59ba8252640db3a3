import type { Signature } from '../../git/objects.js';
import type { Repository } from '../../state/model.js';
import { type Context, demand, present, row } from '../context.js';
import { conflict, notFound, unprocessable } from '../errors.js';
import { PUSH } from './access.js';
import { type BranchCommit, commitOnBranch } from './commits.js';
import { branchHead } from './names.js';

interface ContentsInput {
  readonly path: string;
  readonly message: string;
  /** The default branch if left out. */
  readonly branch?: string | undefined;
  /** The blob that is there now; asked for wherever there is one. */
  readonly sha?: string | undefined;
  readonly author?: Signature | undefined;
  readonly committer?: Signature | undefined;
}

/**
 * Writes one file as REST does. In an empty repository it makes the branch. 422 if the file exists and `sha` is left
 * out, 409 if `sha` is another one, 404 if there is no such branch.
 */
export async function putContents(
  context: Context,
  repository: Repository,
  input: ContentsInput & { readonly content: Buffer },
): Promise<{ readonly oid: string; readonly created: boolean }> {
  demand(context, repository, PUSH);
  const { branch, head, existing } = await locate(context, repository, input);
  if (existing === undefined && input.sha !== undefined) throw mismatch(input.path, input.sha);
  if (existing !== undefined && input.sha === undefined) {
    throw unprocessable('Invalid request.\n\n"sha" wasn\'t supplied.');
  }
  if (existing !== undefined && existing !== input.sha) throw mismatch(input.path, input.sha ?? '');
  const { path, content } = input;
  const { oid } = await write(context, repository, input, {
    branch,
    head,
    additions: [{ path, content }],
    deletions: [],
  });
  return { oid, created: existing === undefined };
}

/** Deletes one file; 404 if it is not there, 409 if `sha` is another one. */
export async function deleteContents(
  context: Context,
  repository: Repository,
  input: ContentsInput,
): Promise<{ readonly oid: string }> {
  demand(context, repository, PUSH);
  const { branch, head, existing } = await locate(context, repository, input);
  if (existing === undefined) throw notFound();
  if (existing !== input.sha) throw mismatch(input.path, input.sha ?? '');
  return write(context, repository, input, { branch, head, additions: [], deletions: [input.path] });
}

async function locate(context: Context, { id }: Repository, { branch, path }: ContentsInput) {
  const repository = row(present(context).state.repositories, id);
  const name = branch ?? repository.defaultBranch;
  const head = branchHead(repository, name);
  const empty = Object.keys(repository.refs).length === 0;
  if (head === undefined && !(empty && name === repository.defaultBranch)) {
    throw notFound(`Branch ${name} not found`);
  }
  const entry = head === undefined ? undefined : await context.world.git(id).entryAt(head, path);
  if (entry !== undefined && entry.type !== 'blob') throw unprocessable(`${path} is a directory`);
  return { branch: name, head, existing: entry?.oid };
}

function write(
  context: Context,
  repository: Repository,
  { message, author, committer }: ContentsInput,
  change: Pick<BranchCommit, 'branch' | 'head' | 'additions' | 'deletions'>,
): Promise<{ readonly oid: string }> {
  const by = committer ?? author;
  const people = { ...(author && { author }), ...(by && { committer: by }) };
  return commitOnBranch(context, repository, { message, ...people, ...change }, (sentences) =>
    conflict(`Could not update file: ${sentences}`),
  );
}

function mismatch(path: string, sha: string) {
  return conflict(`${path} does not match ${sha}`);
}
