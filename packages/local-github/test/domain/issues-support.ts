import { expect } from '@jest/globals';

import type { Context } from '../../src/domain/context.js';
import { createIssue } from '../../src/domain/issues/create.js';
import { GitHubError } from '../../src/domain/errors.js';
import { issueRoutes } from '../../src/rest/routes/issue-routes.js';
import type { ListAnswer } from '../../src/rest/route.js';
import { checkRequest, checkResponse } from '../../src/schema/rest.js';
import type { Issue, TimelineData } from '../../src/state/model.js';
import type { createTestWorld } from '../support/world.js';

export type TestWorld = Awaited<ReturnType<typeof createTestWorld>>;

/** The status and message of the refusal, or `allowed`. */
export function outcome(run: () => unknown): string {
  try {
    run();
    return 'allowed';
  } catch (error) {
    if (error instanceof GitHubError) return String(error.status);
    throw error;
  }
}

/** Every entry of an issue's timeline as `kind by login`. */
export function timeline(test: TestWorld, issue: Issue): string[] {
  const { state } = test.world.store;
  return state.issues[issue.id]!.eventIds.map((id) => {
    const event = state.timeline[id]!;
    return `${event.what.kind} by ${state.accounts[event.actorId!]!.login}`;
  });
}

/** What the timeline's entries of one kind say. */
export function entriesOf(test: TestWorld, issue: Issue, kind: TimelineData['kind']): TimelineData[] {
  const { state } = test.world.store;
  return state.issues[issue.id]!.eventIds.map((id) => state.timeline[id]!.what).filter(
    (what) => what.kind === kind,
  );
}

/** `issues.labeled by tove` for each event so far, and forgets them. */
export function takeEvents(test: TestWorld): string[] {
  const { state } = test.world.store;
  return test.events.splice(0).map((event) => {
    const action = 'action' in event ? `.${event.action}` : '';
    return `${event.name}${action} by ${state.accounts[event.senderId]!.login}`;
  });
}

/** The newest row of an issue. */
export function newest(test: TestWorld, issue: Issue): Issue {
  return test.world.store.state.issues[issue.id]!;
}

/** An issue opened by olaf, who has no role. */
export function openIssue(test: TestWorld, input: { title?: string; body?: string } = {}): Issue {
  const title = input.title ?? 'The scanner misses gaps';
  return createIssue(test.as('olaf'), test.repository(), { title, body: input.body ?? 'As seen on Monday.' });
}

/** Puts a row for a pull request of linus below an issue, without git: for what both kinds have in common. */
export function openPull(test: TestWorld): Issue {
  const issue = createIssue(test.as('linus'), test.repository(), { title: 'Fix the scanner' });
  test.world.store.seed(({ state, newId }) => {
    const id = newId();
    state.pulls[id] = {
      id,
      issueId: issue.id,
      repositoryId: issue.repositoryId,
      headRepositoryId: issue.repositoryId,
      headRef: 'fix',
      baseRef: 'main',
      headSha: 'a'.repeat(40),
      baseSha: 'b'.repeat(40),
      draft: false,
      maintainerCanModify: false,
      merged: null,
      reviewIds: [],
      requestedReviewerIds: [],
    };
    state.issues[issue.id]!.pullId = id;
  });
  test.events.splice(0);
  return newest(test, issue);
}

interface Asked {
  readonly path?: object;
  readonly query?: object;
  readonly body?: unknown;
}

async function presentAll(answer: ListAnswer): Promise<unknown[]> {
  const presented: unknown[] = [];
  for (const item of answer.items) presented.push(await answer.present(item as never));
  return presented;
}

/** Asks a route as the router does: the request and the answer must be as GitHub describes them. Refusals throw. */
export async function ask(
  context: Context,
  operation: string,
  { path = {}, query = {}, body }: Asked,
): Promise<{ status: number; body: unknown }> {
  const route = issueRoutes.find((one) => one.operation === operation)!;
  const params = { owner: 'acme', repo: 'market', ...path };
  const hasRepository = operation !== 'users/get-authenticated';
  const asked = { params: hasRepository ? params : {}, query: { ...query }, body };
  expect(checkRequest(operation, asked)).toEqual([]);
  const input = { path: params, query, body: body ?? {}, headers: {} };
  const answer = await route.handle(context, input as never);
  const sent = 'items' in answer ? await presentAll(answer) : answer.body;
  expect(checkResponse(operation, answer.status, sent)).toEqual([]);
  return { status: answer.status, body: sent };
}
