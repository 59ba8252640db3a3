import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';

import { APP, receiveWebhooks, startGithub } from '../support/github.js';

/** Every payload is checked against GitHub's description when it is made; `github.close` fails on a difference. */
let github: Awaited<ReturnType<typeof startGithub>>;
let receiver: Awaited<ReturnType<typeof receiveWebhooks>>;
let head: string;

beforeAll(async () => {
  receiver = await receiveWebhooks();
  github = await startGithub({
    webhookUrl: receiver.url,
    app: {
      ...APP,
      events: [
        ...APP.events,
        'pull_request_review',
        'status',
        'check_run',
        'check_suite',
        'repository_dispatch',
      ],
    },
  });
  head = (await github.repo('nobody', 'GET', '/git/ref/heads/main')).body.object.sha;
});
beforeEach(() => {
  receiver.received.length = 0;
});
afterAll(async () => {
  await receiver.close();
  await github.close();
});

async function names(): Promise<string[]> {
  await github.settle();
  const seen = receiver.names();
  return seen;
}
const payload = (index: number) => receiver.received.at(index)!.payload;
const content = (text: string) => Buffer.from(text).toString('base64');

describe('issues', () => {
  test('tell of being opened, edited, assigned, labelled, locked, closed and reopened', async () => {
    const { number } = (
      await github.repo('writer', 'POST', '/issues', { title: 'one', labels: ['bug'], assignees: ['linus'] })
    ).body;
    const path = `/issues/${number}`;
    await github.repo('writer', 'PATCH', path, { title: 'two', body: 'text' });
    await github.repo('writer', 'DELETE', `${path}/labels/bug`);
    await github.repo('writer', 'DELETE', `${path}/assignees`, { assignees: ['linus'] });
    await github.repo('maintainer', 'PUT', `${path}/lock`, { lock_reason: 'resolved' });
    await github.repo('maintainer', 'DELETE', `${path}/lock`);
    await github.repo('writer', 'PATCH', path, { state: 'closed', state_reason: 'not_planned' });
    await github.repo('writer', 'PATCH', path, { state: 'open' });
    expect(await names()).toEqual([
      'issues.opened',
      'issues.labeled',
      'issues.assigned',
      'issues.edited',
      'issues.unlabeled',
      'issues.unassigned',
      'issues.locked',
      'issues.unlocked',
      'issues.closed',
      'issues.reopened',
    ]);
    expect(payload(3).changes).toMatchObject({ title: { from: 'one' } });
    expect(payload(8).issue).toMatchObject({ state: 'closed', state_reason: 'not_planned' });
  });

  test('comments tell of being created, edited and deleted', async () => {
    const { id } = (await github.repo('outsider', 'POST', '/issues/8/comments', { body: 'hello' })).body;
    await github.repo('outsider', 'PATCH', `/issues/comments/${id}`, { body: 'hello there' });
    await github.repo('outsider', 'DELETE', `/issues/comments/${id}`);
    expect(await names()).toEqual(['issue_comment.created', 'issue_comment.edited', 'issue_comment.deleted']);
    expect(payload(1).changes).toEqual({ body: { from: 'hello' } });
    expect(payload(2).comment.id).toBe(id);
  });

  test('dependencies tell both ends', async () => {
    const { body: blocker } = await github.repo('writer', 'POST', '/issues', { title: 'blocker' });
    const path = `/issues/4/dependencies/blocked_by`;
    await github.repo('writer', 'POST', path, { issue_id: blocker.id });
    await github.repo('writer', 'DELETE', `${path}/${blocker.id}`);
    expect((await names()).slice(1)).toEqual([
      'issue_dependencies.blocked_by_added',
      'issue_dependencies.blocking_added',
      'issue_dependencies.blocked_by_removed',
      'issue_dependencies.blocking_removed',
    ]);
    expect(payload(1)).toMatchObject({ blocked_issue: { number: 4 }, blocking_issue: { title: 'blocker' } });
  });

  test('labels of the repository tell of being created, edited and deleted', async () => {
    await github.repo('writer', 'POST', '/labels', { name: 'young', color: '00ff00' });
    await github.repo('writer', 'PATCH', '/labels/young', { new_name: 'old' });
    await github.repo('writer', 'DELETE', '/labels/old');
    expect(await names()).toEqual(['label.created', 'label.edited', 'label.deleted']);
  });

  test('a label that is deleted comes off its issues with an event that does not name it', async () => {
    await github.repo('writer', 'POST', '/labels', { name: 'brief', color: '00ff00' });
    await github.repo('writer', 'POST', '/issues/4/labels', { labels: ['brief'] });
    await github.repo('writer', 'DELETE', '/labels/brief');
    expect(await names()).toEqual(['label.created', 'issues.labeled', 'issues.unlabeled', 'label.deleted']);
    expect(payload(1)).toMatchObject({ label: { name: 'brief' } });
    expect(payload(2)).toMatchObject({ issue: { number: 4 }, sender: { login: 'linus' } });
    expect(payload(2)).not.toHaveProperty('label');
  });
});

describe('branches and pull requests', () => {
  test('tell of their whole life', async () => {
    await github.repo('writer', 'POST', '/git/refs', { ref: 'refs/heads/feature', sha: head });
    const written = await github.repo('writer', 'PUT', '/contents/a.txt', {
      message: 'Add a',
      content: content('a'),
      branch: 'feature',
    });
    expect(await names()).toEqual([
      'create.undefined',
      'push.undefined',
      'check_suite.requested',
      'push.undefined',
      'check_suite.requested',
    ]);
    expect(payload(1)).toMatchObject({ ref: 'refs/heads/feature', created: true, commits: [] });
    expect(payload(3)).toMatchObject({
      before: head,
      after: written.body.commit.sha,
      commits: [{ message: 'Add a', added: ['a.txt'], removed: [], modified: [] }],
      pusher: { name: 'linus' },
    });

    receiver.received.length = 0;
    const opened = await github.repo('writer', 'POST', '/pulls', {
      title: 'P',
      head: 'feature',
      base: 'main',
      draft: true,
    });
    const { number, node_id: id } = opened.body;
    const mutate = (name: string) =>
      github.graphql(
        'writer',
        `mutation ($id: ID!) { ${name}(input: { pullRequestId: $id }) { clientMutationId } }`,
        { id },
      );
    await mutate('markPullRequestReadyForReview');
    await mutate('convertPullRequestToDraft');
    await mutate('markPullRequestReadyForReview');
    await github.repo('writer', 'POST', `/pulls/${number}/requested_reviewers`, { reviewers: ['grace'] });
    const review = await github.repo('maintainer', 'POST', `/pulls/${number}/reviews`, {
      event: 'APPROVE',
      body: 'fine',
    });
    await github.repo('admin', 'PUT', `/pulls/${number}/reviews/${review.body.id}/dismissals`, {
      message: 'no',
    });
    await github.repo('writer', 'PATCH', `/pulls/${number}`, { title: 'Q' });
    await github.repo('writer', 'POST', `/issues/${number}/assignees`, { assignees: ['linus'] });
    await github.repo('writer', 'POST', '/git/refs', { ref: 'refs/heads/next', sha: head });
    await github.repo('writer', 'PATCH', `/pulls/${number}`, { base: 'next' });
    await github.repo('writer', 'PATCH', `/pulls/${number}`, { base: 'main' });
    await github.repo('writer', 'POST', `/issues/${number}/labels`, { labels: ['bug'] });
    await github.repo('writer', 'PUT', '/contents/b.txt', {
      message: 'Add b',
      content: content('b'),
      branch: 'feature',
    });
    await github.repo('writer', 'PATCH', `/pulls/${number}`, { state: 'closed' });
    await github.repo('writer', 'PATCH', `/pulls/${number}`, { state: 'open' });
    expect((await github.repo('maintainer', 'PUT', `/pulls/${number}/merge`, {})).status).toBe(200);
    await github.repo('writer', 'DELETE', '/git/refs/heads/feature');
    const seen = await names();
    for (const action of [
      'opened',
      'ready_for_review',
      'converted_to_draft',
      'review_requested',
      'edited',
      'assigned',
      'labeled',
      'synchronize',
      'closed',
      'reopened',
    ]) {
      expect(seen).toContain(`pull_request.${action}`);
    }
    expect(seen).toEqual(
      expect.arrayContaining([
        'pull_request_review.submitted',
        'pull_request_review.dismissed',
        'delete.undefined',
      ]),
    );
    const merged = receiver.received.findLast(({ payload: one }) => one.action === 'closed')!.payload;
    expect(merged).toMatchObject({ number, pull_request: { merged: true, changed_files: 2, commits: 2 } });
    const retargeted = receiver.received.filter(({ payload: one }) => one.changes?.base !== undefined);
    expect(retargeted.map(({ payload: one }) => one.changes)).toEqual([
      { base: { ref: { from: 'main' }, sha: { from: head } } },
      { base: { ref: { from: 'next' }, sha: { from: head } } },
    ]);
    const submitted = receiver.received.find(({ payload: one }) => one.action === 'submitted')!.payload;
    expect(submitted.review.state).toBe('approved');
  });
});

describe('checks and statuses', () => {
  test('tell the apps that may write checks, and statuses those who subscribe', async () => {
    const run = await github.repo('ci', 'POST', '/check-runs', {
      name: 'tests',
      head_sha: head,
      status: 'in_progress',
    });
    await github.repo('ci', 'PATCH', `/check-runs/${run.body.id}`, { conclusion: 'success' });
    const status = await github.repo('writer', 'POST', `/statuses/${head}`, {
      state: 'pending',
      context: 'lint',
    });
    expect(status.status).toBe(201);
    const seen = await names();
    expect(seen).toEqual(
      expect.arrayContaining(['check_run.created', 'check_run.completed', 'status.undefined']),
    );
    const told = receiver.received.find(({ headers }) => headers['x-github-event'] === 'status')!.payload;
    expect(told).toMatchObject({ context: 'lint', state: 'pending', sha: head, name: 'acme/market' });
    const created = receiver.received.find(({ payload: one }) => one.check_run !== undefined)!.payload;
    expect(created).toMatchObject({ check_run: { name: 'tests', app: { slug: 'ci' } } });
  });

  test('ask each app with checks: write for its own suite at a push, and nobody else', async () => {
    const script = await receiveWebhooks();
    await github.repo('admin', 'POST', '/hooks', {
      config: { url: script.url, content_type: 'json' },
      events: ['*'],
    });
    await github.repo('writer', 'PUT', '/contents/c.txt', { message: 'Add c', content: content('c') });
    const suites = (await names()).filter((name) => name.startsWith('check_suite'));
    expect(suites).toEqual(['check_suite.requested']);
    const told = receiver.received.find(({ payload: one }) => one.check_suite !== undefined)!.payload;
    expect(told.check_suite.app.slug).toBe('yardmaster');
    expect(script.names()).toEqual(['push.undefined']);
    await script.close();
  });
});
