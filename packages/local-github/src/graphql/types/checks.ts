import { runNow, suiteStatus } from '../../domain/checks/read.js';
import { row } from '../../domain/context.js';
import { notServed } from '../../domain/errors.js';
import { demandsOn } from '../../domain/protection/demands.js';
import { branchRef } from '../../domain/refs/names.js';
import { nodeId } from '../../present/node-id.js';
import { repositoryPage } from '../../present/urls.js';
import type {
  Annotation,
  CheckRun as RunRow,
  CheckSuite as SuiteRow,
  CommitStatus,
} from '../../state/model.js';
import { type Fields, type Request, repositoryOf } from '../request.js';
import { actorById } from './accounts.js';
import type { GitRow } from './git.js';
import { refNamed } from './refs.js';

interface RunFilter {
  readonly appId?: number | null;
  readonly checkName?: string | null;
  /** LATEST: of each name the newest run. What no filter gives is not documented; here it is ALL. */
  readonly checkType?: 'ALL' | 'LATEST' | null;
  readonly conclusions?: readonly string[] | null;
  readonly status?: string | null;
  readonly statuses?: readonly string[] | null;
}

const upper = (text: string | null): string | null => text?.toUpperCase() ?? null;

/** The runs of a suite that the filter asks for, oldest first. */
function runsOf(suite: SuiteRow, { view }: Request, filter: RunFilter): RunRow[] {
  const all = Object.values(view.state.checkRuns)
    .filter((run) => run.suiteId === suite.id)
    .map((run) => runNow(view, run));
  const newest = [...new Map(all.map((run) => [run.name, run])).values()];
  return (filter.checkType === 'LATEST' ? newest : all).filter(
    (run) =>
      (!filter.appId || run.appId === filter.appId) &&
      (!filter.checkName || run.name === filter.checkName) &&
      (!filter.status || upper(run.status) === filter.status) &&
      (!filter.statuses || filter.statuses.includes(run.status.toUpperCase())) &&
      (!filter.conclusions || filter.conclusions.includes(upper(run.conclusion) ?? '')),
  );
}

export const CheckSuite: Fields<SuiteRow> = {
  id: (suite) => nodeId('CheckSuite', suite.id),
  databaseId: (suite) => suite.id,
  createdAt: (suite) => suite.createdAt,
  updatedAt: (suite) => suite.updatedAt,
  app: (suite, { view }) => view.state.apps[suite.appId] ?? null,
  branch: (suite, request) =>
    suite.headBranch === null
      ? null
      : refNamed(repositoryOf(request, suite.repositoryId), branchRef(suite.headBranch)),
  commit: (suite): GitRow => ({ repositoryId: suite.repositoryId, oid: suite.headSha }),
  repository: (suite, request) => repositoryOf(request, suite.repositoryId),
  status: (suite, { view }) => suiteStatus(view, suite.id).status.toUpperCase(),
  conclusion: (suite, { view }) => upper(suiteStatus(view, suite.id).conclusion),
  checkRuns: (suite, request, { filterBy }: { filterBy?: RunFilter | null }) =>
    runsOf(suite, request, filterBy ?? {}),
  /** Only suites of GitHub Actions belong to a workflow's run. */
  workflowRun: () => null,
};

function runUrl(run: RunRow, { view }: Request): string {
  return `${repositoryPage(view, run.repositoryId)}/runs/${run.id}`;
}

/** Whether the base of the pull request wants a check or status of this name. */
function isRequired(
  request: Request,
  repositoryId: number,
  context: string,
  { pullRequestNumber, pullRequestId }: { pullRequestNumber?: number | null; pullRequestId?: string | null },
): boolean {
  if (typeof pullRequestNumber !== 'number' || pullRequestId) {
    throw notServed('isRequired without pullRequestNumber');
  }
  const repository = repositoryOf(request, repositoryId);
  const { pullId } = row(request.view.state.issues, repository.numbers[pullRequestNumber] ?? -1);
  const { baseRef } = row(request.view.state.pulls, pullId ?? -1);
  const { requiredChecks } = demandsOn(request.view.state, repository, baseRef);
  return requiredChecks.some((check) => check.context === context);
}

export const CheckRun: Fields<RunRow> = {
  id: (run) => nodeId('CheckRun', run.id),
  databaseId: (run) => run.id,
  name: (run) => run.name,
  externalId: (run) => run.externalId,
  status: (run, { view }) => runNow(view, run).status.toUpperCase(),
  conclusion: (run, { view }) => upper(runNow(view, run).conclusion),
  startedAt: (run) => run.startedAt,
  completedAt: (run, { view }) => runNow(view, run).completedAt,
  detailsUrl: (run, request) => run.detailsUrl ?? runUrl(run, request),
  permalink: runUrl,
  url: runUrl,
  resourcePath: (run, request) => runUrl(run, request).slice(request.view.url.length),
  title: (run) => run.output.title,
  summary: (run) => run.output.summary,
  text: (run) => run.output.text,
  annotations: (run) => run.output.annotations,
  checkSuite: (run, { view }) => row(view.state.checkSuites, run.suiteId),
  repository: (run, request) => repositoryOf(request, run.repositoryId),
  isRequired: (run, request, args: Parameters<typeof isRequired>[3]) =>
    isRequired(request, run.repositoryId, run.name, args),
};

export const CheckAnnotation: Fields<Annotation> = {
  path: ({ path }) => path,
  message: ({ message }) => message,
  title: ({ title }) => title,
  annotationLevel: ({ level }) => level.toUpperCase(),
  location: (annotation) => annotation,
};

export const CheckAnnotationSpan: Fields<Annotation> = {
  start: ({ startLine }) => startLine,
  end: ({ endLine }) => endLine,
};

export const CheckAnnotationPosition: Fields<number> = { line: (line) => line, column: () => null };

export const StatusContext: Fields<CommitStatus> = {
  id: (status) => nodeId('StatusContext', status.id),
  context: (status) => status.context,
  state: (status) => status.state.toUpperCase(),
  description: (status) => status.description,
  targetUrl: (status) => status.targetUrl,
  createdAt: (status) => status.createdAt,
  creator: (status, request) => actorById(request, status.creatorId),
  commit: (status): GitRow => ({ repositoryId: status.repositoryId, oid: status.sha }),
  isRequired: (status, request, args: Parameters<typeof isRequired>[3]) =>
    isRequired(request, status.repositoryId, status.context, args),
};
