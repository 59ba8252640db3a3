import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { type Loose, type Who, startGithub } from '../support/github.js';

let github: Awaited<ReturnType<typeof startGithub>>;
let main: string;
let pull: Loose;
beforeAll(async () => {
  github = await startGithub();
  main = (await repo('nobody', 'GET', '/git/ref/heads/main')).body.object.sha;
  for (const branch of ['work', 'base-2'])
    await done('writer', 'POST', '/git/refs', { ref: `refs/heads/${branch}`, sha: main });
  for (const file of ['one.txt', 'two.txt']) {
    const body = { message: `Add ${file}`, content: base64(file), branch: 'work' };
    await done('writer', 'PUT', `/contents/${file}`, body);
  }
  pull = await done('writer', 'POST', '/pulls', { title: 'Work', head: 'work', base: 'main', draft: true });
});
afterAll(() => github.close());

const base64 = (text: string) => Buffer.from(text).toString('base64');
const repo = (who: Who, method: string, path: string, body?: unknown) => github.repo(who, method, path, body);

/** A request that has to work: the answer's body. */
async function done(who: Who, method: string, path: string, body?: unknown): Promise<Loose> {
  const answer = await repo(who, method, path, body);
  if (answer.status >= 300)
    throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

test('user and repository', async () => {
  expect((await github.ask('triager', 'GET', '/user')).body.login).toBe('tove');
  expect(await done('nobody', 'GET', '')).toMatchObject({ full_name: 'acme/market', default_branch: 'main' });
  expect(await done('writer', 'GET', '/collaborators/grace/permission')).toMatchObject({
    permission: 'write',
    role_name: 'maintain',
  });
});

test('issues with their comments, reactions, labels, dependencies, lock and timeline', async () => {
  const { number, id } = await done('outsider', 'POST', '/issues', { title: 'Found' });
  const issue = `/issues/${number}`;
  await done('outsider', 'PATCH', issue, { title: 'Found it', body: 'here' });
  expect(await done('nobody', 'GET', issue)).toMatchObject({ title: 'Found it', body: 'here' });
  expect(
    (await done('nobody', 'GET', '/issues?state=open&creator=olaf')).map((one: Loose) => one.number),
  ).toEqual([number]);

  const comment = await done('triager', 'POST', `${issue}/comments`, { body: 'hm' });
  const at = `/issues/comments/${comment.id}`;
  await done('triager', 'PATCH', at, { body: 'I see' });
  expect(await done('nobody', 'GET', at)).toMatchObject({ body: 'I see', user: { login: 'tove' } });
  expect(await done('nobody', 'GET', `${issue}/comments`)).toHaveLength(1);
  expect(await done('nobody', 'GET', '/issues/comments?since=2026-01-05T00:00:00Z')).toHaveLength(1);

  for (const subject of [issue, at]) {
    const reaction = await done('outsider', 'POST', `${subject}/reactions`, { content: '+1' });
    expect(await done('nobody', 'GET', `${subject}/reactions?content=%2B1`)).toMatchObject([
      { user: { login: 'olaf' } },
    ]);
    expect((await repo('writer', 'DELETE', `${subject}/reactions/${reaction.id}`)).status).toBe(403);
    await done('outsider', 'DELETE', `${subject}/reactions/${reaction.id}`);
    expect(await done('nobody', 'GET', `${subject}/reactions`)).toEqual([]);
  }
  await done('writer', 'DELETE', at);

  await done('writer', 'POST', '/labels', { name: 'area: core', color: 'ff0000' });
  await done('writer', 'PATCH', '/labels/area:%20core', { description: 'The core' });
  expect(await done('nobody', 'GET', '/labels/area:%20core')).toMatchObject({ description: 'The core' });
  await done('triager', 'POST', `${issue}/labels`, { labels: ['area: core', 'bug'] });
  await done('triager', 'DELETE', `${issue}/labels/area:%20core`);
  await done('triager', 'PUT', `${issue}/labels`, { labels: ['area: core'] });
  expect((await done('nobody', 'GET', `${issue}/labels`)).map(({ name }: Loose) => name)).toEqual([
    'area: core',
  ]);
  await done('writer', 'DELETE', '/labels/area:%20core');
  expect((await done('nobody', 'GET', '/labels')).map(({ name }: Loose) => name)).toEqual(['bug']);

  await done('triager', 'POST', '/issues/8/dependencies/blocked_by', { issue_id: id });
  expect(await done('nobody', 'GET', `${issue}/dependencies/blocking`)).toMatchObject([{ number: 8 }]);
  expect((await done('nobody', 'GET', '/issues/8/dependencies/blocked_by')).length).toBe(2);
  await done('triager', 'DELETE', `/issues/8/dependencies/blocked_by/${id}`);

  await done('writer', 'PUT', `${issue}/lock`, { lock_reason: 'resolved' });
  expect((await repo('outsider', 'POST', `${issue}/comments`, { body: 'but' })).status).toBe(403);
  await done('writer', 'DELETE', `${issue}/lock`);

  const entries: Loose[] = await done('nobody', 'GET', `${issue}/timeline`);
  expect(entries.map(({ event, actor }) => `${actor.login} ${event}`)).toEqual([
    'olaf renamed',
    'tove labeled',
    'tove labeled',
    'tove unlabeled',
    'tove unlabeled',
    'tove labeled',
    'linus unlabeled',
    'tove blocking_added',
    'tove blocking_removed',
    'linus locked',
    'linus unlocked',
  ]);
});

describe('pull requests', () => {
  test('are listed by state, head and base, read with their files and commits, and edited', async () => {
    const numbers = async (query: string) =>
      (await done('nobody', 'GET', `/pulls?${query}`)).map(({ number }: Loose) => number);
    expect(await numbers('state=open&head=acme:work&base=main')).toEqual([pull.number]);
    expect(await numbers('state=closed')).toEqual([]);
    expect(await numbers('base=base-2')).toEqual([]);
    const at = `/pulls/${pull.number}`;
    await done('writer', 'PATCH', at, { title: 'The work', base: 'base-2' });
    expect(await numbers('base=base-2')).toEqual([pull.number]);
    await done('writer', 'PATCH', at, { base: 'main' });
    await done('triager', 'PATCH', at, { state: 'closed' });
    expect(await numbers('state=closed')).toEqual([pull.number]);
    await done('triager', 'PATCH', at, { state: 'open' });
    expect(await done('nobody', 'GET', at)).toMatchObject({
      title: 'The work',
      draft: true,
      changed_files: 2,
    });
    expect((await done('nobody', 'GET', `${at}/files`)).map(({ filename }: Loose) => filename)).toEqual([
      'one.txt',
      'two.txt',
    ]);
    expect((await done('nobody', 'GET', `${at}/commits`)).map(({ commit }: Loose) => commit.message)).toEqual(
      ['Add one.txt', 'Add two.txt'],
    );
  });

  test('become ready and drafts by GraphQL, are reviewed, brought up to date and merged', async () => {
    const at = `/pulls/${pull.number}`;
    const mutate = (who: Who, name: string) =>
      github.graphql(
        who,
        `mutation ($id: ID!) { ${name}(input: { pullRequestId: $id }) { pullRequest { isDraft } } }`,
        { id: pull.node_id },
      );
    expect((await repo('maintainer', 'PUT', `${at}/merge`, {})).status).toBe(405);
    expect((await mutate('triager', 'markPullRequestReadyForReview')).body.errors[0].type).toBe('FORBIDDEN');
    await mutate('writer', 'markPullRequestReadyForReview');
    expect((await done('nobody', 'GET', at)).draft).toBe(false);
    const draft = await mutate('writer', 'convertPullRequestToDraft');
    expect(draft.body.data.convertPullRequestToDraft.pullRequest.isDraft).toBe(true);
    await mutate('writer', 'markPullRequestReadyForReview');

    await done('triager', 'POST', `${at}/requested_reviewers`, { reviewers: ['grace', 'ada'] });
    await done('triager', 'DELETE', `${at}/requested_reviewers`, { reviewers: ['ada'] });
    expect(await done('nobody', 'GET', `${at}/requested_reviewers`)).toMatchObject({
      users: [{ login: 'grace' }],
    });
    await done('maintainer', 'POST', `${at}/reviews`, { event: 'APPROVE' });
    expect(await done('nobody', 'GET', `${at}/reviews`)).toMatchObject([
      { state: 'APPROVED', user: { login: 'grace' } },
    ]);

    const body = { message: 'Move on', content: base64('on') };
    await done('writer', 'PUT', '/contents/on.txt', body);
    expect((await repo('writer', 'PUT', `${at}/update-branch`, { expected_head_sha: main })).status).toBe(
      422,
    );
    await done('writer', 'PUT', `${at}/update-branch`, {
      expected_head_sha: (await done('nobody', 'GET', at)).head.sha,
    });
    const { sha } = (await done('nobody', 'GET', at)).head;
    expect((await repo('writer', 'PUT', `${at}/merge`, { sha: main })).status).toBe(409);
    expect(await done('writer', 'PUT', `${at}/merge`, { sha, merge_method: 'squash' })).toMatchObject({
      merged: true,
    });
  });
});

test('contents, refs, commits, checks and statuses', async () => {
  const file = await done('writer', 'PUT', '/contents/notes/a.md', { message: 'Note', content: base64('a') });
  const { sha } = file.content;
  expect(
    (await repo('writer', 'PUT', '/contents/notes/a.md', { message: 'x', content: base64('b') })).status,
  ).toBe(422);
  await done('writer', 'PUT', '/contents/notes/a.md', { message: 'Change', content: base64('b'), sha });
  const changed = await done('nobody', 'GET', '/contents/notes/a.md?ref=main');
  expect(Buffer.from(changed.content, 'base64').toString()).toBe('b');
  await done('writer', 'DELETE', '/contents/notes/a.md', { message: 'Drop', sha: changed.sha });
  expect((await repo('nobody', 'GET', '/contents/notes/a.md')).status).toBe(404);

  const { object } = await done('nobody', 'GET', '/git/ref/heads/main');
  await done('writer', 'POST', '/git/refs', { ref: 'refs/heads/topic/a', sha: main });
  await done('writer', 'PATCH', '/git/refs/heads/topic/a', { sha: object.sha });
  expect((await repo('writer', 'PATCH', '/git/refs/heads/topic/a', { sha: main })).status).toBe(422);
  expect(await done('nobody', 'GET', '/git/matching-refs/heads/topic')).toMatchObject([
    { ref: 'refs/heads/topic/a', object: { sha: object.sha } },
  ]);
  await done('writer', 'DELETE', '/git/refs/heads/topic/a');
  expect((await repo('nobody', 'GET', '/git/ref/heads/topic/a')).status).toBe(404);

  const commits: Loose[] = await done('nobody', 'GET', '/commits?path=notes/a.md');
  expect(commits.map(({ commit }) => commit.message)).toEqual(['Drop', 'Change', 'Note']);
  expect(await done('nobody', 'GET', `/commits/${commits[0].sha}`)).toMatchObject({
    files: [{ status: 'removed' }],
  });
  expect(await done('nobody', 'GET', `/compare/${commits[2].sha}...main`)).toMatchObject({
    status: 'ahead',
    ahead_by: 2,
  });

  const head = object.sha;
  for (const [name, conclusion] of [
    ['tests', 'failure'],
    ['tests', 'success'],
    ['lint', 'success'],
  ] as const)
    await done('ci', 'POST', '/check-runs', { name, head_sha: head, status: 'completed', conclusion });
  const runs = async (query: string) =>
    (await done('nobody', 'GET', `/commits/${head}/check-runs?${query}`)).check_runs.map(
      ({ name, conclusion }: Loose) => `${name} ${conclusion}`,
    );
  expect(await runs('check_name=tests&app_id=1002&filter=latest')).toEqual(['tests success']);
  expect(await runs('check_name=tests&filter=all')).toEqual(['tests success', 'tests failure']);
  expect(await runs('app_id=1001')).toEqual([]);
  const note = { path: 'a.md', start_line: 2, end_line: 3, annotation_level: 'warning', message: 'long' };
  const noted = { name: 'notes', head_sha: head, conclusion: 'neutral' };
  const output = { title: 'Notes', summary: 'One', annotations: [note] };
  const { id } = await done('ci', 'POST', '/check-runs', { ...noted, output });
  const listed: Loose[] = await done('nobody', 'GET', `/check-runs/${id}/annotations`);
  expect(listed).toEqual([expect.objectContaining({ ...note, title: null, raw_details: null })]);

  await done('writer', 'POST', `/statuses/${head}`, { state: 'pending', context: 'build' });
  await done('ci', 'POST', `/statuses/${head}`, { state: 'failure', context: 'build' });
  expect(await done('nobody', 'GET', `/commits/${head}/status`)).toMatchObject({
    state: 'failure',
    total_count: 1,
  });
  expect(await done('nobody', 'GET', `/commits/${head}/statuses`)).toHaveLength(2);
});

test('protection is for administrators, who read what they put', async () => {
  const rules = {
    required_status_checks: { strict: true, contexts: ['tests'] },
    enforce_admins: true,
    required_pull_request_reviews: null,
    restrictions: null,
  };
  expect((await repo('maintainer', 'PUT', '/branches/base-2/protection', rules)).status).toBe(403);
  await done('admin', 'PUT', '/branches/base-2/protection', rules);
  expect(await done('admin', 'GET', '/branches/base-2/protection')).toMatchObject({
    required_status_checks: { strict: true, contexts: ['tests'] },
    enforce_admins: { enabled: true },
  });
  await done('admin', 'DELETE', '/branches/base-2/protection');
});

test('what is written needs somebody who is signed in, and what is not there is 404', async () => {
  for (const [method, path, body] of [
    ['POST', '/issues', { title: 'x' }],
    ['POST', '/issues/8/comments', { body: 'x' }],
    ['POST', '/issues/8/labels', { labels: ['bug'] }],
    ['PUT', '/contents/x', { message: 'x', content: '' }],
  ] as const)
    expect({ path, status: (await repo('nobody', method, path, body)).status }).toEqual({
      path,
      status: 401,
    });
  for (const path of ['/issues/999', '/pulls/8', '/issues/999/timeline', '/labels/none', '/contents/none'])
    expect({ path, status: (await repo('writer', 'GET', path)).status }).toEqual({ path, status: 404 });
});

test.each(['/issues', '/issues/8/timeline', '/labels', '/pulls?state=all', '/commits'])(
  '%s comes in pages',
  async (path) => {
    for (const n of [1, 2]) await done('writer', 'POST', '/issues/8/labels', { labels: [`page-${n}`] });
    await github.repo('writer', 'POST', '/git/refs', { ref: 'refs/heads/page', sha: main });
    await github.repo('writer', 'PUT', '/contents/page.txt', {
      message: 'x',
      content: base64('x'),
      branch: 'page',
    });
    await github.repo('writer', 'POST', '/pulls', { title: 'Page', head: 'page', base: 'main' });
    const mark = path.includes('?') ? '&' : '?';
    const first = await repo('writer', 'GET', `${path}${mark}per_page=1`);
    expect(first.body).toHaveLength(1);
    const [, next] = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '') ?? [];
    const second = await github.ask('writer', 'GET', next!);
    expect(second.body).toHaveLength(1);
    expect(second.body).not.toEqual(first.body);
  },
);
