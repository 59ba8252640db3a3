import { type Draft, current } from 'immer';

import type { CheckRun, Repository } from '../../state/model.js';
import { type Context, type Write, effect, present, row } from '../context.js';
import { forbidden } from '../errors.js';
import { branchOf } from '../refs/names.js';
import { demandApp } from './access.js';
import { demandCommit } from './commit.js';
import { type CheckRunChange, checkInput } from './input.js';
import { runsOfSuite, summarize } from './read.js';
import { ensureSuite } from './suites.js';

/**
 * Makes a check run of the calling app on a commit, in the app's suite of that commit. A second run of the same name does
 * not touch the first: the newest counts. 422 for an unknown commit and for what {@link checkInput} refuses.
 */
export async function createCheckRun(
  context: Context,
  repository: Repository,
  input: CheckRunChange & { readonly name: string; readonly headSha: string },
): Promise<CheckRun> {
  const appId = demandApp(context, repository);
  checkInput(input);
  const { name, headSha } = input;
  await demandCommit(context, repository, headSha);
  const [ref] = Object.entries(repository.refs).find(([key, sha]) => sha === headSha && branchOf(key)) ?? [];
  const headBranch = ref === undefined ? null : (branchOf(ref) ?? null);
  const id = effect(context, (write) => {
    const suite = ensureSuite(write, { repositoryId: repository.id, appId, headSha, headBranch });
    const runId = write.newId();
    write.state.checkRuns[runId] = {
      id: runId,
      suiteId: suite.id,
      repositoryId: repository.id,
      appId,
      headSha,
      name,
      status: 'queued',
      conclusion: null,
      externalId: '',
      detailsUrl: null,
      startedAt: write.now,
      completedAt: null,
      output: { title: null, summary: null, text: null, annotations: [] },
      actions: [],
    };
    row(write.state.checkSuites, suite.id).reset = false;
    const run = row(write.state.checkRuns, runId);
    applyChange(write, run, input);
    write.emit(repository.id, { name: 'check_run', action: 'created', checkRunId: runId });
    if (run.status === 'completed') tellCompleted(write, run);
    return runId;
  });
  return row(present(context).state.checkRuns, id);
}

/**
 * Changes a run of the calling app (403 for another's). A completed run stays completed: another status is taken without
 * an error and does nothing, as GitHub was seen to do; another conclusion replaces the first. Annotations are added,
 * actions replaced. What was asked for again ends with the next conclusion, the same one too.
 */
export function updateCheckRun(context: Context, run: CheckRun, change: CheckRunChange): CheckRun {
  const repository = row(present(context).state.repositories, run.repositoryId);
  const appId = demandApp(context, repository);
  if (appId !== run.appId) {
    throw forbidden(
      `Invalid app_id \`${run.appId}\` - check run can only be modified by the GitHub App that created it.`,
    );
  }
  checkInput(change);
  effect(context, (write) => {
    const draft = row(write.state.checkRuns, run.id);
    applyChange(write, draft, change);
    const suite = row(write.state.checkSuites, run.suiteId);
    const again = suite.reset && change.conclusion !== undefined;
    if (draft.status !== run.status || draft.conclusion !== run.conclusion || again) {
      suite.reset = false;
      suite.updatedAt = write.now;
      if (draft.status === 'completed') tellCompleted(write, draft);
    }
  });
  return row(present(context).state.checkRuns, run.id);
}

function applyChange(write: Write, run: Draft<CheckRun>, change: CheckRunChange): void {
  run.name = change.name ?? run.name;
  run.externalId = change.externalId ?? run.externalId;
  run.detailsUrl = change.detailsUrl ?? run.detailsUrl;
  run.startedAt = change.startedAt ?? run.startedAt;
  if (change.conclusion !== undefined) {
    run.status = 'completed';
    run.conclusion = change.conclusion;
    run.completedAt = change.completedAt ?? write.now;
  } else if (change.status !== undefined && run.status !== 'completed') {
    run.status = change.status;
  }
  if (change.actions) run.actions = change.actions.map((action) => ({ ...action }));
  const { output } = change;
  if (output === undefined) return;
  run.output = {
    title: output.title ?? run.output.title,
    summary: output.summary ?? run.output.summary,
    text: output.text ?? run.output.text,
    annotations: [...run.output.annotations, ...(output.annotations ?? [])],
  };
}

function tellCompleted(write: Write, run: Draft<CheckRun>): void {
  const { repositoryId, suiteId } = run;
  write.emit(repositoryId, { name: 'check_run', action: 'completed', checkRunId: run.id });
  const { status } = summarize(runsOfSuite(current(write.state).checkRuns, suiteId));
  if (status === 'completed') {
    write.emit(repositoryId, { name: 'check_suite', action: 'completed', checkSuiteId: suiteId });
  }
}
