import { branchOf } from '../../domain/refs/names.js';
import { row } from '../../domain/context.js';
import { presentCheckRun, presentCheckSuite } from '../../present/checks.js';
import { presentCommit } from '../../present/commits.js';
import { presentSimpleStatus } from '../../present/statuses.js';
import { fullName, repositoryUrl } from '../../present/urls.js';
import type { Json } from '../../rest/route.js';
import type { CommitStatus } from '../../state/model.js';
import type { View } from '../../world.js';
import type { EventOf, Payload } from './event.js';

/** Members of a check suite that `check_run` does not have. */
const ONLY_WHOLE = ['head_commit', 'latest_check_runs_count', 'check_runs_url'];

/** `check_run`: https://docs.github.com/en/webhooks/webhook-events-and-payloads#check_run */
export async function checkRunPayload(event: EventOf<'check_run'>, view: View): Promise<Payload> {
  const run = row(view.state.checkRuns, event.checkRunId);
  const suite = await presentCheckSuite(view, row(view.state.checkSuites, run.suiteId));
  return {
    check_run: { ...presentCheckRun(view, run), check_suite: without(suite, ONLY_WHOLE) },
    ...(event.identifier !== undefined && { requested_action: { identifier: event.identifier } }),
  };
}

/** `check_suite`. */
export async function checkSuitePayload(event: EventOf<'check_suite'>, view: View): Promise<Payload> {
  const suite = await presentCheckSuite(view, row(view.state.checkSuites, event.checkSuiteId));
  return { check_suite: without(suite, ['repository']) };
}

/** `status`, with the branches whose head the commit is. */
export async function statusPayload(event: EventOf<'status'>, view: View): Promise<Payload> {
  const status = row(view.state.statuses, event.statusId);
  const commit = await view.git(status.repositoryId).readCommit(status.sha);
  if (commit === undefined) throw new Error(`the commit ${status.sha} of a status is gone`);
  return {
    ...without(presentSimpleStatus(view, status), ['node_id', 'url']),
    sha: status.sha,
    name: fullName(view, status.repositoryId),
    commit: presentCommit(view, status.repositoryId, commit),
    branches: branchesAt(view, status),
  };
}

function branchesAt(view: View, { repositoryId, sha }: CommitStatus): Json {
  const { refs, protection } = row(view.state.repositories, repositoryId);
  return Object.entries(refs).flatMap(([ref, oid]) => {
    const name = branchOf(ref);
    if (name === undefined || oid !== sha) return [];
    const url = `${repositoryUrl(view, repositoryId)}/commits/${sha}`;
    return [{ name, commit: { sha, url }, protected: protection[name] !== undefined }];
  });
}

function without(members: Payload, keys: readonly string[]): Payload {
  return Object.fromEntries(Object.entries(members).filter(([key]) => !keys.includes(key)));
}
