import { notServed } from '../../domain/errors.js';
import { branchRef } from '../../domain/refs/names.js';
import type { Repository } from '../../state/model.js';
import { type Request, Typed } from '../request.js';
import { gitObject } from './git.js';
import { findRef } from './refs.js';

const TYPES = { blob: 'Blob', tree: 'Tree', commit: 'Commit' } as const;

/** A revision: `HEAD`, the name of a ref, or a whole object name; undefined if it names nothing. */
function revision(repository: Repository, name: string): string | undefined {
  if (/[~^@{]/.test(name)) throw notServed(`the revision ${name}`);
  const wanted = name === 'HEAD' ? branchRef(repository.defaultBranch) : name;
  return findRef(repository, wanted)?.oid ?? (/^[0-9a-f]{40}$/.test(name) ? name : undefined);
}

/** What `Repository.object` names: `main`, `main:path/of/file`, or an object itself; null if there is nothing. */
export async function objectAt(
  request: Request,
  repository: Repository,
  { expression, oid }: { expression?: string | null; oid?: string | null },
): Promise<Typed | null> {
  const text = oid ?? expression ?? '';
  const colon = text.indexOf(':');
  const rev = revision(repository, colon < 0 ? text : text.slice(0, colon));
  if (rev === undefined) return null;
  if (colon < 0) return gitObject(request, { repositoryId: repository.id, oid: rev });
  const path = text.slice(colon + 1).replace(/\/$/, '');
  const entry = await request.view.git(repository.id).entryAt(rev, path);
  return entry ? new Typed(TYPES[entry.type], { repositoryId: repository.id, oid: entry.oid }) : null;
}
