import type { Readable } from '../../core/model/index.js';
import { MORE_COMMITS, MORE_FILES } from '../queries/pull-details.js';
import type { Transport } from '../transport.js';
import type { Connection, Faults } from './answer.js';
import type { RawCommit } from './commits.js';
import { allPages, nextPages } from './pages.js';

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
    nextPages(transport, MORE_COMMITS, id, 'commits'),
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
    nextPages(transport, MORE_FILES, id, 'files'),
    ({ path }) => path,
  );
}
