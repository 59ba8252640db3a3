import type { Access } from '../../access/access.js';
import { latestStatuses } from '../../domain/checks/read.js';
import { isCheckRun, rollup } from '../../domain/checks/rollup.js';
import { may } from '../../domain/context.js';
import { notAccessible } from '../../domain/errors.js';
import type { CheckRun, CheckSuite, CommitStatus } from '../../state/model.js';
import type { Connection } from '../connection.js';
import { type Fields, type Request, Typed, repositoryOf, requireRead } from '../request.js';
import type { GitRow } from './git.js';

const STATUSES: Access = { role: 'read', app: [{ statuses: 'read' }] };

/** The suites of all apps on a commit, oldest first. */
export function suitesOf(request: Request, { repositoryId, oid }: GitRow): CheckSuite[] {
  requireRead(request, repositoryId, 'checks');
  return Object.values(request.view.state.checkSuites).filter(
    (suite) => suite.repositoryId === repositoryId && suite.headSha === oid,
  );
}

/** All that was reported on a commit. */
interface RollupRow {
  readonly commit: GitRow;
  readonly state: string;
  readonly contexts: readonly (CheckRun | CommitStatus)[];
}

/** The rollup of a commit; null if nothing was reported on it. */
export function rollupOf(request: Request, commit: GitRow): RollupRow | null {
  requireRead(request, commit.repositoryId, 'checks');
  const found = rollup(request.view, commit.repositoryId, commit.oid);
  return found ? { commit, ...found } : null;
}

/** The commit statuses alone; null if there are none. */
export function statusOf(request: Request, commit: GitRow): RollupRow | null {
  requireRead(request, commit.repositoryId, 'statuses');
  const contexts = latestStatuses(request.view, commit.repositoryId, commit.oid);
  const states = contexts.map(({ state }) => state.toUpperCase());
  const worst = ['ERROR', 'FAILURE', 'PENDING'].find((state) => states.includes(state));
  return contexts.length === 0 ? null : { commit, state: worst ?? 'SUCCESS', contexts };
}

/** The connection of a rollup; a status that the caller may not read is an error in its place. */
function contextsOf({ commit, contexts }: RollupRow, request: Request): (Typed | Error)[] {
  const readable = may(request.context, repositoryOf(request, commit.repositoryId), STATUSES);
  return contexts.map((context) => {
    if (isCheckRun(context)) return new Typed('CheckRun', context);
    return readable ? new Typed('StatusContext', context) : notAccessible();
  });
}

export const StatusCheckRollup: Fields<RollupRow> = {
  commit: ({ commit }) => commit,
  state: ({ state }) => state,
  contexts: contextsOf,
};

export const Status: Fields<RollupRow> = {
  commit: ({ commit }) => commit,
  state: ({ state }) => state,
  contexts: ({ contexts }) => contexts,
  context: ({ contexts }, _request, { name }: { name: string }) =>
    contexts.find((status) => !isCheckRun(status) && status.context === name) ?? null,
  combinedContexts: contextsOf,
};

function rows<Row>(connection: Connection, type: string): Row[] {
  return connection.items.flatMap((item) =>
    item instanceof Typed && item.__typename === type ? [item.row as Row] : [],
  );
}

function statusRows(connection: Connection): CommitStatus[] {
  const refusal = connection.items.find((item) => item instanceof Error);
  if (refusal) throw refusal;
  return rows<CommitStatus>(connection, 'StatusContext');
}

function counted(states: readonly string[]): { state: string; count: number }[] {
  return [...new Set(states)].map((state) => ({
    state,
    count: states.filter((other) => other === state).length,
  }));
}

export const StatusCheckRollupContextConnection: Fields<Connection> = {
  checkRunCount: (connection) => rows(connection, 'CheckRun').length,
  checkRunCountsByState: (connection) =>
    counted(
      rows<CheckRun>(connection, 'CheckRun').map((run) => (run.conclusion ?? run.status).toUpperCase()),
    ),
  statusContextCount: (connection) => statusRows(connection).length,
  statusContextCountsByState: (connection) =>
    counted(statusRows(connection).map(({ state }) => state.toUpperCase())),
};

const count: Fields<{ state: string; count: number }> = {
  state: (one) => one.state,
  count: (one) => one.count,
};
export const CheckRunStateCount = count;
export const StatusContextStateCount = count;
