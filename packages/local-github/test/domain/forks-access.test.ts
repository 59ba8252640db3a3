import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { updateBranch } from '../../src/domain/pulls/update-branch.js';
import { mayPush, pushAllowed } from '../../src/domain/refs/push.js';
import { ZERO_OID } from '../../src/git/oid.js';
import { nodeId } from '../../src/present/node-id.js';
import type { PullRequest } from '../../src/state/model.js';
import { ask as askGraphql, data } from '../graphql/support.js';
import { ask } from '../support/ask.js';
import { type TestRepository, createTestRepository } from '../support/branches.js';
import { forkOf } from '../support/forks.js';
import type { Person } from '../support/world.js';

/** The app is installed on acme, whose fork olaf/market is not acme's. */
let market: TestRepository;
let fork: Awaited<ReturnType<typeof forkOf>>;
let pull: PullRequest;
beforeEach(async () => {
  market = await createTestRepository();
  fork = await forkOf(market, 'olaf');
  pull = await fork.pull('x', { 'x.txt': 'x' });
});
afterEach(() => market.close());

const OLAFS = { owner: 'olaf', repo: 'market' };
const REFUSED = 'Resource not accessible by integration';
const refId = () => nodeId('Ref', `${fork.at().id}:refs/heads/x`);

/** The refs of the fork before and after what is tried. */
async function leavesFork(attempt: () => Promise<unknown>): Promise<void> {
  const before = fork.at().refs;
  await attempt();
  expect(fork.at().refs).toEqual(before);
}

describe('an app that is not installed on the fork', () => {
  test('reads it, since it is public', async () => {
    const asked = (operation: string, path: object) =>
      ask(market.as('app'), operation, { path: { ...OLAFS, ...path } });
    expect((await asked('git/get-ref', { ref: 'heads/x' })).body.object.sha).toBe(pull.headSha);
    expect((await asked('repos/get-content', { path: 'x.txt' })).status).toBe(404);
    expect((await asked('pulls/list', {})).body).toEqual([]);
    const query =
      '{ repository(owner: "olaf", name: "market") { viewerPermission ref(qualifiedName: "x") { name } } }';
    expect((await data(market.as('app'), query)).repository).toEqual({
      viewerPermission: 'READ',
      ref: { name: 'x' },
    });
  });

  test('sees no private repository of others', async () => {
    market.world.store.seed(({ state }) => {
      state.repositories[fork.at().id]!.private = true;
    });
    const got = await ask(market.as('app'), 'git/get-ref', { path: { ...OLAFS, ref: 'heads/x' } });
    expect(got.status).toBe(404);
    const query = `query ($id: ID!) { node(id: $id) { ... on PullRequest { headRepository { name } headRef { name } } } }`;
    const id = nodeId('PullRequest', pull.id);
    expect((await data(market.as('app'), query, { id })).node).toEqual({
      headRepository: null,
      headRef: null,
    });
  });

  test.each([
    ['git/delete-ref', { ref: 'heads/x' }, undefined],
    ['git/update-ref', { ref: 'heads/x' }, { sha: 'first', force: true }],
    ['git/create-ref', {}, { ref: 'refs/heads/y', sha: 'first' }],
    ['repos/create-or-update-file-contents', { path: 'y.txt' }, { message: 'y', content: 'eQ==' }],
    ['checks/create', {}, { name: 'gate', head_sha: 'first' }],
    ['repos/create-commit-status', { sha: 'first' }, { state: 'success' }],
    ['pulls/create', {}, { title: 'T', head: 'x', base: 'main' }],
  ])('is refused %s there with 403', async (operation, path, body) => {
    const named = (value: object | undefined): object | undefined =>
      value && JSON.parse(JSON.stringify(value).replaceAll('"first"', JSON.stringify(market.first)));
    await leavesFork(async () => {
      const asked = { path: { ...OLAFS, ...named(path) }, ...(body && { body: named(body)! }) };
      expect(await ask(market.as('app'), operation, asked)).toMatchObject({
        status: 403,
        body: { message: REFUSED },
      });
    });
  });

  test.each([
    ['deleteRef', () => ({ refId: refId() })],
    [
      'updateRefs',
      () => ({
        repositoryId: nodeId('Repository', fork.at().id),
        refUpdates: [{ name: 'refs/heads/x', beforeOid: pull.headSha, afterOid: ZERO_OID }],
      }),
    ],
    [
      'createCommitOnBranch',
      () => ({
        branch: { repositoryNameWithOwner: 'olaf/market', branchName: 'x' },
        expectedHeadOid: pull.headSha,
        message: { headline: 'Mine' },
      }),
    ],
    [
      'createCommitOnBranch',
      () => ({ branch: { id: refId() }, expectedHeadOid: pull.headSha, message: { headline: 'Mine' } }),
    ],
    [
      'createRef',
      () => ({ repositoryId: nodeId('Repository', fork.at().id), name: 'refs/heads/y', oid: market.first }),
    ],
  ] as const)('is refused %s there as FORBIDDEN', async (mutation, input) => {
    const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input!`;
    const query = `mutation ($input: ${type}) { ${mutation}(input: $input) { clientMutationId } }`;
    await leavesFork(async () => {
      const { errors } = await askGraphql(market.as('app'), query, { input: input() });
      expect(errors).toMatchObject([{ type: 'FORBIDDEN', message: REFUSED }]);
    });
  });

  // https://docs.github.com/en/rest/pulls/pulls#update-a-pull-request-branch: "If making a request on behalf of a GitHub
  // App you must also have permissions to write the contents of the head repository."
  test.each([true, false])(
    'does not update its branch, whether maintainers may (%s) or not',
    async (grant) => {
      market.world.store.seed(({ state }) => {
        state.pulls[pull.id]!.maintainerCanModify = grant;
      });
      await market.commit('main', { 'm.txt': 'm' });
      await leavesFork(async () => {
        const path = { pull_number: 1 };
        expect(await ask(market.as('app'), 'pulls/update-branch', { path })).toMatchObject({
          status: 403,
          body: { message: REFUSED },
        });
        const query = `mutation ($id: ID!) { updatePullRequestBranch(input: { pullRequestId: $id, updateMethod: REBASE }) { clientMutationId } }`;
        const { errors } = await askGraphql(market.as('app'), query, { id: nodeId('PullRequest', pull.id) });
        expect(errors).toMatchObject([{ type: 'FORBIDDEN' }]);
      });
    },
  );

  test('reviews nothing there, which everybody who reads it may', async () => {
    const body = { title: 'Own', head: 'x', base: 'main' };
    expect((await ask(market.as('olaf'), 'pulls/create', { path: OLAFS, body })).status).toBe(201);
    const review = { path: { ...OLAFS, pull_number: 1 }, body: { event: 'APPROVE' } };
    expect((await ask(market.as('app'), 'pulls/create-review', review)).status).toBe(403);
    expect((await ask(market.as('linus'), 'pulls/create-review', review)).status).toBe(200);
  });

  test('does not push to it either', async () => {
    expect(mayPush(market.as('app'), fork.at())).toBe(false);
  });

  test('merges what comes from it, and opens a pull request from it without the grant (bazel-contrib/publish-to-bcr#93)', async () => {
    await fork.branch('y');
    await fork.commit('y', { 'y.txt': 'y' });
    const body = { title: 'T', head: 'olaf:y', base: 'main' };
    const refused = await ask(market.as('app'), 'pulls/create', { body });
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ field: 'fork_collab' }] } });
    const opened = await ask(market.as('app'), 'pulls/create', {
      body: { ...body, maintainer_can_modify: false },
    });
    expect(opened).toMatchObject({ status: 201, body: { maintainer_can_modify: false } });
    const path = { pull_number: 1 };
    expect((await ask(market.as('app'), 'pulls/merge', { path })).status).toBe(200);
  });
});

// https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/working-with-forks/allowing-changes-to-a-pull-request-branch-created-from-a-fork
describe('maintainers whom the author lets', () => {
  const push = (who: Person, ref: string, after = market.first) =>
    pushAllowed(
      market.as(who),
      fork.at(),
      [{ ref, before: fork.at().refs[ref] ?? ZERO_OID, after }],
      market.world.git(fork.at().id),
    );

  test('push to that branch of the fork, and to no other', async () => {
    expect(mayPush(market.as('linus'), fork.at())).toBe(true);
    expect(await push('linus', 'refs/heads/x')).toEqual([]);
    const denied = [{ message: 'Permission to olaf/market.git denied to linus.' }];
    expect(await push('linus', 'refs/heads/main')).toMatchObject(denied);
    expect(await push('linus', 'refs/heads/new')).toMatchObject(denied);
    expect(await push('linus', 'refs/heads/x', ZERO_OID)).toMatchObject(denied);
  });

  test('are people with write on the base', () => {
    const may = (['ada', 'linus', 'tove', 'app', 'nobody'] as const).map((who) =>
      mayPush(market.as(who), fork.at()),
    );
    expect(may).toEqual([true, true, false, false, false]);
  });

  test('bring the branch up to date, by a merge or a rebase', async () => {
    await market.commit('main', { 'm.txt': 'm' });
    const { oid } = await updateBranch(market.as('linus'), market.pullRow(pull.id), { method: 'merge' });
    expect(fork.head('x')).toBe(oid);
    expect(market.pullRow(pull.id).headSha).toBe(oid);
    expect((await market.world.git(fork.at().id).readCommit(oid))!.parents).toEqual([
      pull.headSha,
      market.head('main'),
    ]);
    await market.commit('main', { 'n.txt': 'n' });
    const rebased = await updateBranch(market.as('olaf'), market.pullRow(pull.id), { method: 'rebase' });
    expect(await market.git.isAncestor(market.head('main')!, rebased.oid)).toBe(true);
    expect(fork.head('x')).toBe(rebased.oid);
    expect(market.timeline(pull.issueId)).toEqual(['head_ref_force_pushed']);
  });

  test('may not once the author has taken it back, the pull request is closed, or they have no write', async () => {
    await market.commit('main', { 'm.txt': 'm' });
    const update = (who: Person) =>
      updateBranch(market.as(who), market.pullRow(pull.id), { method: 'merge' });
    await expect(update('tove')).rejects.toMatchObject({ status: 403 });
    const path = { pull_number: 1 };
    await ask(market.as('olaf'), 'pulls/update', { path, body: { maintainer_can_modify: false } });
    await expect(update('linus')).rejects.toMatchObject({ status: 403 });
    expect(mayPush(market.as('linus'), fork.at())).toBe(false);
    await ask(market.as('olaf'), 'pulls/update', { path, body: { maintainer_can_modify: true } });
    expect(mayPush(market.as('linus'), fork.at())).toBe(true);
    await ask(market.as('olaf'), 'pulls/update', { path, body: { state: 'closed' } });
    expect(mayPush(market.as('linus'), fork.at())).toBe(false);
  });
});
