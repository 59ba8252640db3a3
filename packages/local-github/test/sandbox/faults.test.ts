import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';

import { type Loose, receiveWebhooks, startGithub } from '../support/github.js';

let github: Awaited<ReturnType<typeof startGithub>>;
let receiver: Awaited<ReturnType<typeof receiveWebhooks>>;
beforeAll(async () => {
  receiver = await receiveWebhooks();
  github = await startGithub({ webhookUrl: receiver.url });
  await github.repo('app', 'GET', '/labels');
});
afterEach(async () => {
  await github.settle();
  await github.faults({});
  receiver.received.length = 0;
});
afterAll(async () => {
  await receiver.close();
  await github.close();
});

const shown = async () => (await github.ask('nobody', 'GET', '/_sandbox/faults')).body;
const issue = (who: 'app' | 'writer', title: string) => github.repo(who, 'POST', '/issues', { title });
const titles = async () =>
  (await github.repo('nobody', 'GET', '/issues?per_page=100')).body.map((one: Loose) => one.title as string);
const closed = expect.objectContaining({ message: 'fetch failed' });

describe('the settings', () => {
  test('replace all others, and {} clears them', async () => {
    await github.faults({ seed: 4, reads: { lag: 1 } });
    await github.faults({ limits: { primary: 9 } });
    expect(await shown()).toEqual({ limits: { primary: 9, fired: 0 } });
    await github.faults({});
    expect(await shown()).toEqual({});
  });

  test.each([
    [{ webhook: {} }, 'webhook: expected no such key'],
    [{ webhooks: { drops: 1 } }, 'webhooks.drops: expected no such key'],
    [{ webhooks: { drop: 2 } }, 'webhooks.drop: expected something that must be <= 1'],
    [{ webhooks: { delay: 'soon' } }, 'webhooks.delay: expected the format duration'],
    [{ webhooks: { delay: 'P1M' } }, 'webhooks.delay: RangeError'],
    [
      { requests: [{ match: {}, when: 'never', answer: 'hangup' }] },
      'requests[0].when: expected one of "before"',
    ],
    [{ requests: [{ match: { verb: 'x' }, when: 'after', answer: 'hangup' }] }, 'requests[0].match.verb'],
    [{ cut: {} }, 'cut.after: expected a value, it is required'],
  ])('that are wrong are 400 and change nothing: %j', async (settings, message) => {
    await github.faults({ reads: { lag: 0 } });
    const answer = await github.faults(settings);
    expect(answer.status).toBe(400);
    expect(answer.body.message).toContain(message);
    expect(await shown()).toEqual({ reads: { lag: 0, fired: 0 } });
  });
});

describe('requests of the app', () => {
  const fault = (match: object, more: object) => ({ requests: [{ match, ...more }] });
  const teapot = { status: 418, headers: { 'x-fault': 'yes' }, body: { message: 'short and stout' } };

  test('answered before have no effect, after their skip and as often as set', async () => {
    await github.faults(
      fault({ operation: 'issues/create' }, { when: 'before', answer: teapot, skip: 1, times: 2 }),
    );
    const statuses = [];
    for (const title of ['b1', 'b2', 'b3', 'b4']) statuses.push((await issue('app', title)).status);
    expect(statuses).toEqual([201, 418, 418, 201]);
    expect(await titles()).toEqual(expect.arrayContaining(['b1', 'b4']));
    expect(await titles()).not.toContain('b2');
    expect((await shown()).requests[0].fired).toBe(2);
  });

  test('answered after have had their effect', async () => {
    await github.faults(
      fault({ path: '/repos/*/*/issues', method: 'post' }, { when: 'after', answer: teapot }),
    );
    const answer = await issue('app', 'a1');
    expect([answer.status, answer.headers.get('x-fault'), answer.body]).toEqual([418, 'yes', teapot.body]);
    expect(await titles()).toContain('a1');
    expect((await issue('app', 'a2')).status).toBe(201);
  });

  test('hung up on get no answer, before or after the effect', async () => {
    for (const when of ['before', 'after']) {
      await github.faults(fault({ kind: 'write' }, { when, answer: 'hangup' }));
      await expect(issue('app', `hangup ${when}`)).rejects.toEqual(closed);
    }
    expect(await titles()).toContain('hangup after');
    expect(await titles()).not.toContain('hangup before');
    expect((await github.requests()).slice(-2)).toMatchObject([
      { status: 0, effects: [] },
      { status: 0, effects: [github.world.store.effect] },
    ]);
  });

  test('timed out are not answered, and others are meanwhile', async () => {
    await github.faults(fault({ operation: 'issues/create' }, { when: 'before', answer: 'timeout' }));
    const token = (await github.ask('jwt', 'POST', '/app/installations/2001/access_tokens')).body.token;
    const ended = new AbortController();
    const silent = fetch(`${github.url}/repos/acme/market/issues`, {
      method: 'POST',
      headers: { authorization: `token ${token}`, 'content-type': 'application/json' },
      body: '{"title":"silence"}',
      signal: ended.signal,
    });
    expect((await issue('writer', 'others')).status).toBe(201);
    const first = await Promise.race([
      silent,
      new Promise((resolve) => setTimeout(resolve, 100, 'nothing yet')),
    ]);
    expect(first).toBe('nothing yet');
    ended.abort();
    await expect(silent).rejects.toMatchObject({ name: 'AbortError' });
    expect(await titles()).not.toContain('silence');
  });

  test('are found by the field of a GraphQL mutation', async () => {
    const { node_id: id } = (await github.repo('nobody', 'GET', '/issues/4')).body;
    const query =
      'mutation ($id: ID!) { addComment(input: { subjectId: $id, body: "x" }) { clientMutationId } }';
    await github.faults(fault({ mutation: 'addComment' }, { when: 'before', answer: { status: 502 } }));
    expect((await github.graphql('app', query, { id })).status).toBe(502);
    expect((await github.graphql('app', query, { id })).status).toBe(200);
    expect((await github.repo('nobody', 'GET', '/issues/4/comments')).body).toHaveLength(1);
  });

  test('are found by the effect that they make', async () => {
    const next = github.world.store.effect + 2;
    await github.faults(fault({ effect: next }, { when: 'after', answer: teapot }));
    expect((await issue('app', 'e1')).status).toBe(201);
    expect((await issue('app', 'e2')).status).toBe(418);
    await github.faults(fault({ effect: next + 1 }, { when: 'before', answer: teapot }));
    expect((await github.repo('app', 'GET', '/issues')).status).toBe(200);
    expect((await issue('app', 'e3')).status).toBe(418);
    expect(await titles()).not.toContain('e3');
  });

  test('are touched, those of people and of ci are not', async () => {
    await github.faults(fault({}, { when: 'before', answer: teapot, times: 99 }));
    expect((await github.repo('writer', 'GET', '/issues')).status).toBe(200);
    expect((await github.repo('ci', 'GET', '')).status).toBe(200);
    expect((await github.repo('app', 'GET', '/issues')).status).toBe(418);
  });
});

describe('reads', () => {
  test('lag by so many effects for the app, and by none for people; writes never lag', async () => {
    for (const title of ['l1', 'l2', 'l3']) await issue('writer', title);
    await github.faults({ reads: { lag: 2 } });
    const seen = (await github.repo('app', 'GET', '/issues')).body.map((one: Loose) => one.title);
    expect(seen).toContain('l1');
    expect(seen).not.toContain('l2');
    expect(await titles()).toContain('l3');
    const search = await github.graphql(
      'app',
      '{ repository(owner: "acme", name: "market") { issues { totalCount } } }',
    );
    expect(search.body.data.repository.issues.totalCount).toBe((await titles()).length - 2);
    const changed = await github.repo('app', 'POST', '/issues/4/labels', { labels: ['bug'] });
    expect(changed.body).toMatchObject([{ name: 'bug' }]);
  });

  test('do not tell the app whether a pull request merges, as long as that is set', async () => {
    const { sha } = (await github.repo('writer', 'GET', '/git/ref/heads/main')).body.object;
    await github.repo('writer', 'POST', '/git/refs', { ref: 'refs/heads/work', sha });
    const file = { message: 'Work', content: '', branch: 'work' };
    await github.repo('writer', 'PUT', '/contents/work.txt', file);
    const pull = { title: 'Work', head: 'work', base: 'main' };
    const path = `/pulls/${(await github.repo('writer', 'POST', '/pulls', pull)).body.number}`;
    const mergeable = async (who: 'app' | 'writer') => (await github.repo(who, 'GET', path)).body.mergeable;
    await mergeable('writer');
    await github.settle();
    await github.faults({ reads: { mergeability: 'unknown' } });
    expect([await mergeable('app'), await mergeable('app')]).toEqual([null, null]);
    expect(await mergeable('writer')).toBe(true);
    expect((await shown()).reads.fired).toBe(2);
    await github.faults({});
    expect(await mergeable('app')).toBe(true);
  });
});

describe('cut', () => {
  test('ends the request that makes the effect without an answer, and closes every later one until faults are cleared', async () => {
    const after = github.world.store.effect + 1;
    await github.faults({ cut: { after } });
    expect((await github.repo('app', 'GET', '/issues')).status).toBe(200);
    await expect(issue('app', 'cut here')).rejects.toEqual(closed);
    await expect(github.repo('app', 'GET', '/issues')).rejects.toEqual(closed);
    await expect(github.ask('jwt', 'GET', '/app')).rejects.toEqual(closed);
    expect(github.world.store.effect).toBe(after);
    expect(await titles()).toContain('cut here');
    expect((await shown()).cut.fired).toBeGreaterThanOrEqual(3);
    await github.faults({});
    expect((await issue('app', 'whole again')).status).toBe(201);
  });

  test('in the middle of a GraphQL document stops the fields that follow', async () => {
    const { node_id: id } = (await github.repo('nobody', 'GET', '/issues/8')).body;
    const comment = (n: number) =>
      `c${n}: addComment(input: { subjectId: $id, body: "c${n}" }) { clientMutationId }`;
    await github.faults({ cut: { after: github.world.store.effect + 2 } });
    const query = `mutation ($id: ID!) { ${[1, 2, 3].map(comment).join('\n')} }`;
    await expect(github.graphql('app', query, { id })).rejects.toEqual(closed);
    const { body } = await github.repo('nobody', 'GET', '/issues/8/comments');
    expect(body.map((one: Loose) => one.body)).toEqual(['c1', 'c2']);
  });
});
