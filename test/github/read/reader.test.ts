import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';

import type { Issue, Pull, Snapshot } from '../../../src/core/model/index.js';
import { conflictCause } from '../../../src/core/names/conflict-cause.js';
import { marker } from '../../../src/core/names/markers.js';
import { trackerMarker } from '../../../src/core/view/trackers.js';
import { renderTaskCommit } from '../../../src/core/task/trailers.js';
import { type Reading, startReading } from './support.js';

// Each test starts a whole GitHub.
jest.setTimeout(60_000);

let github: Reading;
beforeEach(async () => {
  github = await startReading();
});
afterEach(() => github.close());

const CONVERGED = ['Core 200', 'issues/list-comments-for-repo 304'];

function issueOf(snapshot: Snapshot, number: number): Issue {
  if (snapshot.issues.kind === 'unreadable') throw new Error(snapshot.issues.why);
  return snapshot.issues.value.find((issue) => issue.number === number)!;
}

function pullOf(snapshot: Snapshot, number: number): Pull {
  if (snapshot.pulls.kind === 'unreadable') throw new Error(snapshot.pulls.why);
  return snapshot.pulls.value.find((pull) => pull.number === number)!;
}

function valueOf<T>(readable: { kind: string; value?: T; why?: string }): T {
  if (readable.kind !== 'read') throw new Error(readable.why);
  return readable.value!;
}

describe('what is asked', () => {
  test('a repository in which nothing changed costs one query and one 304, and reads the same', async () => {
    await github.pull('feature/issue-5');
    await github.as('writer')('POST', '/issues/5/comments', { body: '/hold -- later' });
    const first = await github.reader.read();
    await github.reads();
    expect(await github.reader.read()).toEqual(first);
    expect(await github.reads()).toEqual(CONVERGED);
  });

  test('only what changed is asked for in detail', async () => {
    const pull = await github.pull('feature/issue-5');
    await github.reader.read();
    await github.reads();
    await github.as('writer')('POST', '/issues/5/labels', { labels: ['risk:high'] });
    await github.reader.read();
    expect(await github.reads()).toEqual(['Core 200', 'IssueHistories 200', CONVERGED[1]]);
    await github.commit('feature/issue-5', 'more.txt', 'more');
    const snapshot = await github.reader.read();
    expect(await github.reads()).toEqual(['Core 200', 'PullDetails 200', CONVERGED[1]]);
    const detail = valueOf(pullOf(snapshot, pull.number).detail);
    expect(valueOf(detail.files)).toEqual(['feature/issue-5.txt', 'more.txt']);
  });

  test('other settings ask again at once', async () => {
    await github.reader.read();
    await github.commit('main', '.github/subagents.yml', 'labels: { deploy: "risk:high" }\n', {
      who: 'admin',
    });
    await github.reads();
    const snapshot = await github.reader.read();
    expect(await github.reads()).toEqual(['Core 200', 'Core 200', CONVERGED[1]]);
    expect(valueOf(snapshot.issues)).toEqual([]);
    expect(valueOf(snapshot.config)).toBe('labels: { deploy: "risk:high" }\n');
  });

  test('the last valid version of an invalid settings file is looked up once', async () => {
    await github.commit('main', '.github/subagents.yml', 'stale-after: 2h\n', { who: 'admin' });
    await github.commit('main', '.github/subagents.yml', 'stale-after: soon\n', { who: 'admin' });
    await github.commit('main', '.github/subagents.yml', 'stale: [\n', { who: 'admin' });
    const snapshot = await github.reader.read();
    expect(snapshot).toMatchObject({ config: { value: 'stale: [\n' }, lastValidConfig: 'stale-after: 2h\n' });
    await github.reads();
    expect((await github.reader.read()).lastValidConfig).toBe('stale-after: 2h\n');
    expect(await github.reads()).toEqual(CONVERGED);
  });

  test('the issue of the app’s own pull request stays when its label goes', async () => {
    await github.pull('feature/issue-8', { who: 'app' });
    const snapshot = await github.reader.read();
    expect(issueOf(snapshot, 8)).toMatchObject({ title: 'Eight', author: { login: 'olaf', kind: 'person' } });
    await github.reads();
    expect(issueOf(await github.reader.read(), 8).number).toBe(8);
    expect(await github.reads()).toEqual(CONVERGED);
  });

  test('somebody else’s pull request makes no member', async () => {
    await github.pull('feature/issue-8');
    expect(issueOf(await github.reader.read(), 8)).toBeUndefined();
  });
});

describe('dependencies, which move no time of their issue', () => {
  const MINUTE = 60_000;
  const later = (ms: number) => {
    const { clock } = github.github.world;
    return clock.advanceTo(clock.now() + ms, () => Promise.resolve());
  };
  const events = (snapshot: Snapshot) =>
    valueOf(issueOf(snapshot, 5).history).dependencies.map(({ added, actor }) => [added, actor?.login]);

  test('one that was removed and that is added and removed between two reads is seen some minutes later', async () => {
    const { databaseId } = valueOf(issueOf(await github.reader.read(), 5).blockedBy)[0]!;
    const path = '/issues/5/dependencies/blocked_by';
    await github.as('triager')('DELETE', `${path}/${databaseId}`);
    const first = events(await github.reader.read());
    expect(first.at(-1)).toEqual([false, 'tove']);
    await github.as('writer')('POST', path, { issue_id: databaseId });
    await github.as('writer')('DELETE', `${path}/${databaseId}`);
    expect(events(await github.reader.read())).toEqual(first);
    await later(5 * MINUTE);
    expect(events(await github.reader.read())).toEqual([...first, [true, 'linus'], [false, 'linus']]);
  });

  test('one that was added but is not there is asked for again, and after some minutes once a minute', async () => {
    const reader = github.newReader((name, _, answer) => {
      if (name !== 'Core') return answer;
      const data = structuredClone(answer.data);
      for (const node of data.repository.open.nodes) node.blockedBy = { totalCount: 0, nodes: [] };
      return { ...answer, data };
    });
    const asks = async () => {
      await github.reads();
      await reader.read();
      return (await github.reads()).includes('IssueHistories 200');
    };
    expect([await asks(), await asks()]).toEqual([true, true]);
    await later(5 * MINUTE);
    expect([await asks(), await asks()]).toEqual([true, false]);
    await later(MINUTE);
    expect([await asks(), await asks()]).toEqual([true, false]);
  });
});

describe('issues', () => {
  test('edits, new titles and who put the label, in order; the first version of a text is no edit', async () => {
    await github.as('outsider')('PATCH', '/issues/8', { body: 'other' });
    await github.as('writer')('POST', '/issues/8/labels', { labels: ['deploy-subagent'] });
    await github.as('writer')('PATCH', '/issues/8', { title: 'Acht' });
    const history = valueOf(issueOf(await github.reader.read(), 8).history);
    expect(history.edits).toMatchObject([
      { what: 'body', editor: { login: 'olaf' } },
      { what: 'title', editor: { login: 'linus' } },
    ]);
    expect(history.labels).toMatchObject([
      { label: 'deploy-subagent', added: true, actor: { login: 'linus' } },
    ]);
  });

  test('the app is known by its id, other apps by [bot]', async () => {
    await github.as('app')('POST', '/issues/8/labels', { labels: ['deploy-subagent'] });
    const { labels } = valueOf(issueOf(await github.reader.read(), 8).history);
    expect(labels[0]?.actor).toEqual({ login: 'yardmaster[bot]', kind: 'me' });
  });

  test('how a blocker was closed', async () => {
    await github.as('writer')('PATCH', '/issues/4', { state: 'closed', state_reason: 'completed' });
    const [blocker] = valueOf(issueOf(await github.reader.read(), 5).blockedBy);
    expect(blocker).toMatchObject({
      number: 4,
      state: 'closed',
      stateReason: 'completed',
      closed: { value: { actor: { login: 'linus', kind: 'person' }, pull: null } },
    });
    await github.reads();
    await github.reader.read();
    expect(await github.reads()).toEqual(CONVERGED);
  });

  test('an issue closed by a merged pull request names it', async () => {
    const pull = await github.pull('feature/issue-5', { who: 'app' });
    await github.as('admin')('PATCH', `/pulls/${pull.number}`, { body: 'Closes #5' });
    await github.as('admin')('PUT', `/pulls/${pull.number}/merge`, {});
    const snapshot = await github.reader.read();
    expect(issueOf(snapshot, 5)).toMatchObject({ state: 'closed', stateReason: 'completed' });
    expect(valueOf(issueOf(snapshot, 5).history).closed).toMatchObject({
      pull: { number: pull.number, repository: 'acme/market', merged: true },
    });
    expect(pullOf(snapshot, pull.number)).toMatchObject({ state: 'merged', detail: { kind: 'read' } });
  });
});

describe('pull requests and branches', () => {
  test('what the head lacks of the base', async () => {
    const { number } = await github.pull('feature/issue-5');
    const sha = await github.commit('main', 'new.txt', 'new', { who: 'admin' });
    expect(valueOf(pullOf(await github.reader.read(), number).detail)).toMatchObject({
      behindBy: 1,
      lacks: { value: [sha] },
      everAssigned: false,
    });
  });

  test('the app’s own runs, and those that count', async () => {
    const pull = await github.pull('feature/issue-5');
    const run = { name: 'merge-order', head_sha: pull.head.sha, status: 'in_progress', external_id: 'v1 x' };
    await github.as('app')('POST', '/check-runs', run);
    const test = { name: 'test', head_sha: pull.head.sha, status: 'completed' };
    await github.as('ci')('POST', '/check-runs', { ...test, conclusion: 'failure' });
    await github.as('ci')('POST', '/check-runs', { ...test, conclusion: 'success' });
    await github.as('ci')('POST', `/statuses/${pull.head.sha}`, { state: 'pending', context: 'deploy' });
    const found = pullOf(await github.reader.read(), pull.number);
    expect(valueOf(found.ownChecks)).toMatchObject([
      { name: 'merge-order', status: 'in_progress', conclusion: null, externalId: 'v1 x' },
    ]);
    expect(valueOf(valueOf(found.detail).checks)).toEqual([
      { name: 'deploy', app: null, state: 'pending' },
      { name: 'merge-order', app: 1001, state: 'pending', externalId: 'v1 x' },
      { name: 'test', app: 1002, state: 'passed', at: expect.any(Number) },
    ]);
  });

  test('an app’s commit that GitHub signed is its own', async () => {
    const { number } = await github.pull('feature/issue-5', { who: 'app' });
    const detail = valueOf(pullOf(await github.reader.read(), number).detail);
    const { commit } = await github.as('writer')('GET', '/commits/feature%2Fissue-5');
    expect(valueOf(detail.commits)).toMatchObject([
      {
        author: { login: 'yardmaster[bot]', kind: 'me' },
        madeOnGitHub: true,
        committedAt: Date.parse(commit.committer.date),
      },
    ]);
  });

  test('a closed one that is older than the list is found by the name of its branch', async () => {
    const { number } = await github.pull('feature/issue-5');
    const other = await github.pull('feature/other');
    for (const each of [number, other.number]) {
      await github.advance('PT1M');
      await github.as('admin')('PATCH', `/pulls/${each}`, { state: 'closed' });
    }
    const reader = github.newReader((name, _, answer) => {
      if (name !== 'Core') return answer;
      const data = structuredClone(answer.data);
      data.repository.done.nodes.length = 1;
      data.repository.done.pageInfo = { hasNextPage: true, endCursor: 'unused' };
      return { ...answer, data };
    });
    expect(pullOf(await reader.read(), number)).toMatchObject({ state: 'closed', detail: { kind: 'read' } });
  });

  test('a task on a branch without a pull request is read, once', async () => {
    await github.as('admin')('POST', '/git/refs', {
      ref: 'refs/heads/feature/issue-5',
      sha: await github.head('main'),
    });
    const { headline, body } = renderTaskCommit({
      issue: 5,
      bodySha256: '0'.repeat(64),
      approvedBy: 'linus',
      approvedAt: '2026-01-05T10:00:00Z',
    });
    const sha = await github.commit('feature/issue-5', '.agents/subagent_issue_5.md', 'Do it.\n', {
      message: `${headline}\n\n${body}`,
    });
    const snapshot = await github.reader.read();
    expect(valueOf(snapshot.branches)['feature/issue-5']).toMatchObject({
      sha,
      beyondBase: { value: [{ sha }] },
    });
    expect(snapshot.tasks).toEqual({ [sha]: { kind: 'read', value: 'Do it.\n' } });
    await github.reads();
    await github.reader.read();
    expect(await github.reads()).toEqual(CONVERGED);
  });
});

describe('trackers', () => {
  const body = `Text\n\n${trackerMarker('main', 'abc', false)}\n`;

  test('only the app’s own with the marker; one that lost its label is still known', async () => {
    const labels = ['subagent:tracking'];
    await github.as('writer')('POST', '/issues', { title: 'A copy', body, labels });
    const { number } = await github.as('app')('POST', '/issues', { title: 'Deployment', body, labels });
    expect(valueOf((await github.reader.read()).trackers)).toMatchObject([
      {
        number,
        pinned: false,
        labels: { value: labels },
        labelEvents: { value: [{ actor: { kind: 'me' } }] },
      },
    ]);
    await github.as('admin')('DELETE', `/issues/${number}/labels/subagent:tracking`);
    const [tracker] = valueOf((await github.reader.read()).trackers);
    expect(tracker).toMatchObject({ number, labels: { value: [] } });
  });
});

describe('a pull request that conflicts with its base', () => {
  test('is taken to do so while GitHub works that out anew, once the app has said it of this head', async () => {
    const { number } = await github.pull('feature/issue-5');
    const sha = await github.commit('feature/issue-5', 'AGENTS.md', 'theirs');
    await github.commit('main', 'AGENTS.md', 'ours', { who: 'admin' });
    await github.reader.read();
    await github.github.world.activity.idle();
    expect(valueOf(pullOf(await github.reader.read(), number).detail).conflict).toMatchObject({
      changedOnBase: { value: ['AGENTS.md'] },
      told: { value: false },
    });
    const said = marker('said', { cause: conflictCause(sha) });
    await github.as('app')('POST', `/issues/${number}/comments`, { body: `It conflicts.\n\n${said}\n` });
    await github.reader.read();

    await github.commit('main', 'more.txt', 'more', { who: 'admin' });
    expect(valueOf(pullOf(await github.reader.read(), number).detail)).toMatchObject({
      mergeable: 'unknown',
      conflict: { changedOnBase: { value: ['AGENTS.md', 'more.txt'] }, told: { value: true } },
    });
    await github.commit('feature/issue-5', 'fix.txt', 'fixed');
    const detail = valueOf(pullOf(await github.reader.read(), number).detail);
    expect([detail.mergeable, detail.conflict]).toEqual(['unknown', undefined]);
  });
});

describe('roles and numbers', () => {
  test('roles are GitHub’s, in lower case, and stay in later snapshots', async () => {
    const snapshot = await github.reader.read();
    const logins = ['Ada', 'grace', 'linus', 'tove', 'olaf', 'nobody-at-all'];
    const { roles } = await github.reader.readRoles(snapshot, logins);
    const said = Object.entries(roles).map(([login, { role }]) => [login, valueOf<string>(role)]);
    expect(Object.fromEntries(said)).toEqual({
      ada: 'admin',
      grace: 'maintain',
      linus: 'write',
      tove: 'triage',
      olaf: 'read',
      'nobody-at-all': 'none',
    });
    expect((await github.reader.read()).roles).toEqual(roles);
  });

  test('a role that could not be read is not remembered', async () => {
    const snapshot = await github.reader.read();
    const match = { path: '/repos/acme/market/collaborators/linus/permission' };
    await github.faults({
      requests: [{ match, when: 'before', answer: { status: 500, body: { message: 'Oops' } } }],
    });
    const { roles } = await github.reader.readRoles(snapshot, ['linus']);
    expect(roles['linus']?.role).toEqual({ kind: 'unreadable', why: 'Oops' });
    expect((await github.reader.read()).roles).toEqual({});
  });

  test('numbers name issues, pull requests or nothing', async () => {
    const { number } = await github.pull('feature/issue-5');
    const snapshot = await github.reader.read();
    const { named } = await github.reader.readNamed(snapshot, [4, number, 99]);
    expect(named[4]).toMatchObject({ value: { isPull: false } });
    expect(named[number]).toMatchObject({ value: { isPull: true } });
    expect(named[99]?.kind).toBe('unreadable');
    expect((await github.reader.read()).named).toEqual(named);
  });
});
