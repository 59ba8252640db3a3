import { afterEach, describe, expect, test } from '@jest/globals';

import { createCheckRun } from '../../src/domain/checks/runs.js';
import { createStatus } from '../../src/domain/checks/statuses.js';
import type { Permissions } from '../../src/state/model.js';
import { type TestRepository, createTestRepository } from '../support/branches.js';
import { createTestWorld } from '../support/world.js';
import { ask, data, market } from './support.js';

let github: Pick<TestRepository, 'close'> | undefined;
afterEach(() => github?.close());

async function start(permissions: Permissions) {
  const made = await createTestRepository({ permissions });
  github = made;
  return made;
}

const READ: Permissions = {
  contents: 'read',
  issues: 'read',
  pull_requests: 'read',
  checks: 'read',
  statuses: 'read',
};

describe('an app without a permission', () => {
  test.each([
    ['issues', 'issues(first: 1) { totalCount }'],
    ['issues', 'pinnedIssues(first: 1) { totalCount }'],
    ['pull_requests', 'pullRequests(first: 1) { totalCount }'],
    ['contents', 'object(expression: "main") { oid }'],
    ['contents', 'refs(refPrefix: "refs/heads/", first: 1) { totalCount }'],
  ] as const)('%s gets FORBIDDEN for %s, and gets it with the permission', async (name, selection) => {
    const { as } = await start(READ);
    expect((await ask(as('app'), market(selection))).errors).toBeUndefined();
    await github?.close();
    const { [name]: _, ...others } = READ;
    const { errors, violations } = await ask((await start(others)).as('app'), market(selection));
    expect(errors).toMatchObject([{ type: 'FORBIDDEN', message: 'Resource not accessible by integration' }]);
    expect(violations).toEqual([]);
  });

  test('statuses reads the check runs of a rollup, with an error in the place of each status', async () => {
    const { as, repository, first } = await start({ ...READ, checks: 'write', statuses: 'write' });
    await createCheckRun(as('app'), repository(), { name: 'gate', headSha: first });
    await createStatus(as('linus'), repository(), { sha: first, state: 'success', context: 'ci' });
    const context = as('app');
    const blind = {
      ...context,
      principal: {
        ...context.principal,
        permissions: { contents: 'read', checks: 'read' },
      } as typeof context.principal,
    };
    const { data, errors } = await ask(
      blind,
      market(
        'object(expression: "main") { ... on Commit { statusCheckRollup { contexts(first: 5) { nodes { __typename } } } status { state } } }',
      ),
    );
    expect(data.repository.object).toEqual({
      statusCheckRollup: { contexts: { nodes: [{ __typename: 'CheckRun' }, null] } },
      status: null,
    });
    expect(errors?.map(({ type, path }) => `${type} ${path?.at(-1)}`).sort()).toEqual([
      'FORBIDDEN 1',
      'FORBIDDEN status',
    ]);
  });

  test('a forbidden field that cannot be null takes the repository with it', async () => {
    const { data } = await ask(
      (await start({ contents: 'read' })).as('app'),
      market('id issues(first: 1) { totalCount }'),
    );
    expect(data).toEqual({ repository: null });
  });

  test.each([
    ['createRef', 'contents', '{ repositoryId: $id, name: "refs/heads/x", oid: "OID" }'],
    ['createIssue', 'issues', '{ repositoryId: $id, title: "T" }'],
    ['createCheckRun', 'checks', '{ repositoryId: $id, name: "n", headSha: "OID" }'],
    [
      'createPullRequest',
      'pull_requests',
      '{ repositoryId: $id, baseRefName: "main", headRefName: "topic", title: "T" }',
    ],
  ] as const)('%s needs %s: write', async (field, name, input) => {
    for (const level of ['read', 'write'] as const) {
      const { as, first, branch, commit, close } = await start({ [name]: level });
      await branch('topic');
      await commit('topic', { 'c.txt': 'c\n' });
      const { id } = (await data(as('ada'), market('id'))).repository;
      const context = as('app');
      const { data: answer, errors } = await ask(
        context,
        `mutation($id: ID!) { ${field}(input: ${input.replace('OID', first)}) { clientMutationId } }`,
        { id },
      );
      expect(context.effects).toHaveLength(level === 'write' ? 1 : 0);
      if (level === 'read') {
        expect(answer).toEqual({ [field]: null });
        expect(errors).toMatchObject([
          { type: 'FORBIDDEN', message: 'Resource not accessible by integration' },
        ]);
      } else expect(errors).toBeUndefined();
      await close();
    }
  });
});

describe('people', () => {
  test('protection rules are for administrators, what they mean for pushes is for all', async () => {
    const { as, protect } = await start(READ);
    protect('main', { approvals: 2, strict: true });
    const rule =
      'ref(qualifiedName: "main") { refUpdateRule { viewerCanPush requiredApprovingReviewCount } branchProtectionRule { requiresStrictStatusChecks } }';
    expect((await data(as('ada'), market(rule))).repository.ref).toEqual({
      refUpdateRule: { viewerCanPush: true, requiredApprovingReviewCount: 2 },
      branchProtectionRule: { requiresStrictStatusChecks: true },
    });
    const outsider = await ask(as('olaf'), market(rule));
    expect(outsider.data.repository.ref).toEqual({
      refUpdateRule: { viewerCanPush: false, requiredApprovingReviewCount: 2 },
      branchProtectionRule: null,
    });
    expect(outsider.errors).toMatchObject([{ type: 'FORBIDDEN' }]);
  });

  test('a role too weak for a mutation is FORBIDDEN, without an effect', async () => {
    const { as, issue } = await start(READ);
    const { number } = issue('A task');
    const { id } = (await data(as('tove'), market(`issue(number: ${number}) { id }`))).repository.issue;
    const context = as('tove');
    const { errors } = await ask(
      context,
      `mutation { pinIssue(input: { issueId: "${id}" }) { clientMutationId } }`,
    );
    expect(errors).toMatchObject([{ type: 'FORBIDDEN' }]);
    expect(context.effects).toEqual([]);
  });

  test.each([
    ['ada', 'ADMIN'],
    ['grace', 'MAINTAIN'],
    ['linus', 'WRITE'],
    ['tove', 'TRIAGE'],
    ['olaf', 'READ'],
    ['app', 'WRITE'],
  ] as const)('%s has the permission %s', async (who, permission) => {
    const { as } = await start({ contents: 'write' });
    expect((await data(as(who), market('viewerPermission'))).repository).toEqual({
      viewerPermission: permission,
    });
  });

  test('a private repository and all its nodes are NOT_FOUND to outsiders', async () => {
    const world = await createTestWorld({ private: true });
    github = world;
    const { id } = (await data(world.as('ada'), market('id'))).repository;
    const { data: seen, errors } = await ask(
      world.as('olaf'),
      `query($id: ID!) { node(id: $id) { id } ${market('id').slice(1)}`,
      { id },
    );
    expect(seen).toEqual({ node: null, repository: null });
    expect(errors?.map(({ type }) => type)).toEqual(['NOT_FOUND', 'NOT_FOUND']);
  });
});
