import { latestRuns, runNow, suiteStatus } from '../domain/checks/read.js';
import { row } from '../domain/context.js';
import { isCrossRepository, openPulls } from '../domain/pulls/find.js';
import type { Json } from '../rest/route.js';
import type { Annotation, CheckRun, CheckSuite, Id, Repository } from '../state/model.js';
import type { View } from '../world.js';
import { homepage, presentApp } from './apps.js';
import { presentSimpleCommit } from './commits.js';
import { nodeId } from './node-id.js';
import { presentMinimalPull } from './pulls.js';
import { presentMinimalRepository } from './repositories.js';
import { repositoryPage, repositoryUrl } from './urls.js';

type Members = { readonly [key: string]: Json };

/** GitHub's `check-run`, as it reads now. */
export function presentCheckRun(view: View, stored: CheckRun): Members {
  const run = runNow(view, stored);
  const url = `${repositoryUrl(view, run.repositoryId)}/check-runs/${run.id}`;
  const { title, summary, text, annotations } = run.output;
  const app = row(view.state.apps, run.appId);
  return {
    id: run.id,
    node_id: nodeId('CheckRun', run.id),
    name: run.name,
    head_sha: run.headSha,
    external_id: run.externalId,
    url,
    html_url: `${repositoryPage(view, run.repositoryId)}/runs/${run.id}`,
    // Without one, the app's homepage: https://docs.github.com/en/rest/checks/runs#create-a-check-run
    details_url: run.detailsUrl ?? homepage(view, app),
    status: run.status,
    conclusion: run.conclusion,
    started_at: run.startedAt,
    completed_at: run.completedAt,
    output: {
      title,
      summary,
      text,
      annotations_count: annotations.length,
      annotations_url: `${url}/annotations`,
    },
    check_suite: { id: run.suiteId },
    app: presentApp(view, app),
    pull_requests: presentPullsOf(view, run.repositoryId, run.headSha),
  };
}

/** GitHub's `check-annotation`. */
export function presentAnnotation(
  view: View,
  repository: Repository,
  headSha: string,
  { path, startLine, endLine, level, message, title }: Annotation,
): Members {
  return {
    path,
    start_line: startLine,
    end_line: endLine,
    start_column: null,
    end_column: null,
    annotation_level: level,
    title,
    message,
    raw_details: null,
    blob_href: `${repositoryPage(view, repository.id)}/blob/${headSha}/${path}`,
  };
}

/** GitHub's `check-suite`. */
export async function presentCheckSuite(view: View, suite: CheckSuite): Promise<Members> {
  const { repositoryId, headSha } = suite;
  const commit = await view.git(repositoryId).readCommit(headSha);
  if (commit === undefined) throw new Error(`the commit ${headSha} of check suite ${suite.id} is gone`);
  const url = `${repositoryUrl(view, repositoryId)}/check-suites/${suite.id}`;
  const runs = latestRuns(view, repositoryId, headSha).filter((run) => run.suiteId === suite.id);
  return {
    id: suite.id,
    node_id: nodeId('CheckSuite', suite.id),
    head_branch: suite.headBranch,
    head_sha: headSha,
    ...suiteStatus(view, suite.id),
    url,
    before: commit.parents[0] ?? null,
    after: headSha,
    pull_requests: presentPullsOf(view, repositoryId, headSha),
    app: presentApp(view, row(view.state.apps, suite.appId)),
    repository: presentMinimalRepository(view, row(view.state.repositories, repositoryId)),
    created_at: suite.createdAt,
    updated_at: suite.updatedAt,
    head_commit: presentSimpleCommit(commit),
    latest_check_runs_count: runs.length,
    check_runs_url: `${url}/check-runs`,
  };
}

/** Those of a fork are left out: https://docs.github.com/en/rest/checks/suites (the note on forked repositories). */
function presentPullsOf(view: View, repositoryId: Id, sha: string): Json {
  return openPulls(view, repositoryId)
    .filter((pull) => pull.headSha === sha && !isCrossRepository(pull))
    .map((pull) => presentMinimalPull(view, pull));
}
