import { present } from '../../domain/context.js';
import { notFound } from '../../domain/errors.js';
import { newestRuns, runNow, runsOfSuite, runsOn } from '../../domain/checks/read.js';
import { rerequestRun, rerequestSuite } from '../../domain/checks/rerequest.js';
import { createCheckRun, updateCheckRun } from '../../domain/checks/runs.js';
import { requireNamedCommit } from '../../domain/refs/resolve.js';
import { presentAnnotation, presentCheckRun, presentCheckSuite } from '../../present/checks.js';
import type { CheckRun, CheckSuite, Repository } from '../../state/model.js';
import type { View } from '../../world.js';
import { type ListAnswer, type Route, created, list, ok, route } from '../route.js';
import { checkRunChange } from './check-input.js';
import { repositoryToRead, repositoryToWrite } from './issue-target.js';

const READ = [{ checks: 'read' }] as const;
const WRITE = [{ checks: 'write' }] as const;

interface Filter {
  readonly check_name?: string | undefined;
  readonly app_id?: number | undefined;
  readonly status?: string | undefined;
  readonly filter?: 'latest' | 'all' | undefined;
}

/** The runs that a list asks for, newest first; superseded ones only with `filter=all`. */
function listRuns(view: View, all: readonly CheckRun[], filter: Filter): ListAnswer {
  const counting = filter.filter === 'all' ? all : newestRuns(all);
  const runs = counting.filter(
    (run) =>
      (filter.check_name === undefined || run.name === filter.check_name) &&
      (filter.app_id === undefined || run.appId === filter.app_id) &&
      (filter.status === undefined || run.status === filter.status),
  );
  return list(
    runs.toSorted((a, b) => b.id - a.id),
    (run) => presentCheckRun(view, run),
    { key: 'check_runs', others: (total) => ({ total_count: total }) },
  );
}

function requireRun(view: View, repository: Repository, id: number | bigint): CheckRun {
  const run = view.state.checkRuns[Number(id)];
  if (run?.repositoryId !== repository.id) throw notFound();
  return run;
}

function requireSuite(view: View, repository: Repository, id: number): CheckSuite {
  const suite = view.state.checkSuites[id];
  if (suite?.repositoryId !== repository.id) throw notFound();
  return suite;
}

export const checkRoutes: readonly Route[] = [
  route('checks/create', WRITE, async (context, { path, body }) => {
    const repository = repositoryToWrite(context, path);
    const { name, head_sha: headSha } = body;
    const run = await createCheckRun(context, repository, { ...checkRunChange(body), name, headSha });
    return created(presentCheckRun(present(context), run));
  }),
  route('checks/update', WRITE, async (context, { path, body }) => {
    const repository = repositoryToWrite(context, path);
    const run = requireRun(present(context), repository, path.check_run_id);
    const changed = updateCheckRun(context, run, { ...checkRunChange(body), name: body.name });
    return ok(presentCheckRun(present(context), changed));
  }),
  route('checks/rerequest-run', WRITE, async (context, { path }) => {
    const repository = repositoryToWrite(context, path);
    rerequestRun(context, requireRun(present(context), repository, path.check_run_id));
    return created({});
  }),
  route('checks/rerequest-suite', WRITE, async (context, { path }) => {
    const repository = repositoryToWrite(context, path);
    rerequestSuite(context, requireSuite(present(context), repository, path.check_suite_id));
    return created({});
  }),
  route('checks/get', READ, async (context, { path }) => {
    const { view, repository } = repositoryToRead(context, path);
    return ok(presentCheckRun(view, requireRun(view, repository, path.check_run_id)));
  }),
  route('checks/list-annotations', READ, async (context, { path }) => {
    const { view, repository } = repositoryToRead(context, path);
    const { headSha, output } = requireRun(view, repository, path.check_run_id);
    return list(output.annotations, (annotation) => presentAnnotation(view, repository, headSha, annotation));
  }),
  route('checks/list-for-ref', READ, async (context, { path, query }) => {
    const { view, repository } = repositoryToRead(context, path);
    const { oid } = await requireNamedCommit(view, repository, path.ref);
    return listRuns(view, runsOn(view, repository.id, oid), query);
  }),
  route('checks/list-for-suite', READ, async (context, { path, query }) => {
    const { view, repository } = repositoryToRead(context, path);
    const suite = requireSuite(view, repository, path.check_suite_id);
    const runs = runsOfSuite(view.state.checkRuns, suite.id).map((run) => runNow(view, run));
    return listRuns(view, runs, query);
  }),
  route('checks/list-suites-for-ref', READ, async (context, { path, query }) => {
    const { view, repository } = repositoryToRead(context, path);
    const { oid } = await requireNamedCommit(view, repository, path.ref);
    const suites = Object.values(view.state.checkSuites).filter(
      (suite) =>
        suite.repositoryId === repository.id &&
        suite.headSha === oid &&
        (query.app_id === undefined || suite.appId === query.app_id) &&
        (query.check_name === undefined ||
          runsOfSuite(view.state.checkRuns, suite.id).some((run) => run.name === query.check_name)),
    );
    return list(suites, (suite) => presentCheckSuite(view, suite), {
      key: 'check_suites',
      others: (total) => ({ total_count: total }),
    });
  }),
];
