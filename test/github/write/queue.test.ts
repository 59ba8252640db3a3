import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { type TestGithub, startGithub } from './support.js';

let github: TestGithub;
beforeEach(async () => {
  // Nothing merges while `build` is missing on the group.
  github = await startGithub(
    'merge_queue: true\nprotection: { main: { required_checks: [{ context: build }] } }\n',
  );
});
afterEach(() => github.close());

const OTHER = 'f'.repeat(40);

/** A pull request whose own `build` has passed. */
async function ready() {
  const { node_id: id, number, head } = await github.pull('work');
  const body = { state: 'success', context: 'build' };
  await github.repo('POST', `/statuses/${head.sha}`, body);
  return { pull: { id, number }, head: String(head.sha) };
}

/** The numbers of the pull requests in the queue. */
async function queued(): Promise<readonly number[]> {
  const { state } = github.github.world.view();
  return Object.values(state.queueEntries).map(({ pullId }) => {
    const pull = state.pulls[pullId];
    return state.issues[pull?.issueId ?? -1]?.number ?? 0;
  });
}

describe('a place in the merge queue', () => {
  test('is taken once, and given back once', async () => {
    const { pull, head } = await ready();
    const enter = { kind: 'enqueue', pull, head, base: 'main', after: null } as const;
    expect(await github.outcome(enter)).toBe('done');
    expect(await github.outcome(enter)).toBe('done');
    expect(await queued()).toEqual([pull.number]);
    expect(await github.outcome({ kind: 'dequeue', pull })).toBe('done');
    expect(await github.outcome({ kind: 'dequeue', pull })).toBe('done');
    expect(await queued()).toEqual([]);
  });

  test('is not taken with a head, or for a base, that nobody has judged: that is planned again', async () => {
    const { pull, head } = await ready();
    const enter = { kind: 'enqueue', pull, head, base: 'main', after: null } as const;
    const changed = `transient: pull request #${pull.number} changed meanwhile`;
    expect(await github.outcome({ ...enter, head: OTHER })).toBe(changed);
    // Its base at the time of the judgement: somebody has put it onto main, which has the queue, since.
    expect(await github.outcome({ ...enter, base: 'next' })).toBe(changed);
    expect(await queued()).toEqual([]);
  });

  test('is not taken with a head that moves between the last look and the request', async () => {
    const { pull } = await ready();
    const body = { state: 'open', merged: false, draft: false, head: { sha: OTHER }, base: { ref: 'main' } };
    const match = { method: 'GET', path: `/repos/acme/market/pulls/${pull.number}` };
    await github.faults({ requests: [{ match, when: 'before', answer: { status: 200, body } }] });
    expect(await github.outcome({ kind: 'enqueue', pull, head: OTHER, base: 'main', after: null })).toBe(
      'transient: Expected head oid does not match the head oid of the pull request',
    );
    expect(await queued()).toEqual([]);
  });

  test('is refused in GitHub’s own words', async () => {
    const { node_id: id, number, head } = await github.pull('work');
    expect(
      await github.outcome({
        kind: 'enqueue',
        pull: { id, number },
        head: head.sha,
        base: 'main',
        after: null,
      }),
    ).toMatch(/^terminal: Pull request .*build/);
  });
});
