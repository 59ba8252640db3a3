import type { Readable } from '../../core/model/index.js';
import { MORE_COMMITS, MORE_FILES } from '../queries/pull-details.js';
import type { Transport } from '../transport.js';
import { type Connection, type Faults, ask } from './answer.js';
import type { RawCommit } from './commits.js';
import { allPages } from './pages.js';

export interface RawPullCommit {
  readonly commit: RawCommit;
}

export interface RawPullFile {
  readonly path: string;
}

/** The commits of a pull request, oldest first, from their first page on. */
export function readAllCommits(
  transport: Transport,
  id: string,
  list: Connection<RawPullCommit>,
  faults: Faults,
  alias: string,
): Promise<Readable<readonly RawCommit[]>> {
  return allPages<RawPullCommit, RawCommit>(
    { list, faults, path: [alias, 'commits'] },
    async (after) => {
      type More = { readonly node: { readonly commits: Connection<RawPullCommit> } | null };
      const next = await ask<More>(transport, MORE_COMMITS, { id, after });
      return { list: next.data.node?.commits, faults: next.faults, path: [] };
    },
    ({ commit }) => commit,
  );
}

/** The paths that a pull request changes, from their first page on. */
export function readAllFiles(
  transport: Transport,
  id: string,
  list: Connection<RawPullFile> | null,
  faults: Faults,
  alias: string,
): Promise<Readable<readonly string[]>> {
  return allPages<RawPullFile, string>(
    { list, faults, path: [alias, 'files'] },
    async (after) => {
      type More = { readonly node: { readonly files: Connection<RawPullFile> | null } | null };
      const next = await ask<More>(transport, MORE_FILES, { id, after });
      return { list: next.data.node?.files, faults: next.faults, path: [] };
    },
    ({ path }) => path,
  );
}
