import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { createCheckRun } from '../../src/domain/checks/runs.js';
import { mergePull } from '../../src/domain/pulls/merge.js';
import { mergeState } from '../../src/domain/pulls/mergeable.js';
import { reviewDecision } from '../../src/domain/pulls/opinions.js';
import { submitReview } from '../../src/domain/pulls/reviews.js';
import { updateBranch } from '../../src/domain/pulls/update-branch.js';
import type { BranchRule, MergeMethod, PullRequest } from '../../src/state/model.js';
import { ask } from '../graphql/support.js';
import type { Person } from '../support/world.js';
import { type TestRepository, createTestRepository } from '../support/branches.js';

let market: TestRepository;

beforeEach(async () => {
  market = await createTestRepository();
});
afterEach(() => market.close());

const pulls = (more: Partial<Extract<BranchRule, { type: 'pull_request' }>> = {}): BranchRule => ({
  type: 'pull_request',
  approvals: 0,
  dismissStale: false,
  lastPush: false,
  methods: ['merge', 'squash', 'rebase'],
  ...more,
});

async function merge(
  { id }: PullRequest,
  method: MergeMethod = 'squash',
  who: Person | 'app' = 'linus',
): Promise<string> {
  return mergePull(market.as(who), market.pullRow(id), { method }).then(
    () => 'merged',
    (error: { status: number; message: string }) => `${error.status} ${error.message}`,
  );
}
const broken = (...sentences: readonly string[]) =>
  `405 Repository rule violations found\n\n${sentences.join('\n\n')}\n\n`;
const approve = (who: Person, { id }: PullRequest) =>
  submitReview(market.as(who), market.pullRow(id), { event: 'APPROVE' });

/** The merge state once it is known. */
async function stateOf({ id }: PullRequest): Promise<string> {
  mergeState(market.world.view(), market.pullRow(id));
  await market.world.view().mergeability.close();
  return mergeState(market.world.view(), market.pullRow(id));
}
const decision = ({ id }: PullRequest) => reviewDecision(market.world.view(), market.pullRow(id));

const NOT_PUSHER = 'New changes require approval from someone other than the last pusher.';

describe('a merge under rulesets', () => {
  test('is by a method that all of them allow', async () => {
    market.rule([pulls({ methods: ['squash', 'rebase'] })]);
    market.rule([pulls({ methods: ['squash', 'merge'] })]);
    const pull = await market.pull('x', { 'x.txt': 'x' });
    expect(await merge(pull, 'rebase')).toBe(broken('Rebase merges are not allowed on this repository.'));
    expect(await merge(pull, 'merge')).toBe(broken('Merge commits are not allowed on this repository.'));
    expect(await merge(pull, 'squash')).toBe('merged');
  });

  test('waits for as many approvals as the strictest asks for', async () => {
    market.rule([pulls({ approvals: 1 })]);
    market.rule([pulls({ approvals: 2 })]);
    const pull = await market.pull('x', { 'x.txt': 'x' });
    await approve('ada', pull);
    expect(await stateOf(pull)).toBe('BLOCKED');
    expect(await merge(pull)).toBe(
      broken('At least 2 approving reviews are required by reviewers with write access.'),
    );
    await approve('grace', pull);
    expect(await stateOf(pull)).toBe('CLEAN');
    expect(await merge(pull)).toBe('merged');
  });

  test('waits for an approval of the last push by somebody else, also where none is asked for otherwise', async () => {
    const admins = { type: 'RepositoryRole', id: 5, mode: 'always' } as const;
    market.rule([pulls({ lastPush: true })], { bypass: [admins] });
    const pull = await market.pull('x', { 'x.txt': 'x' }, { who: 'app' });
    await approve('linus', pull);
    expect(await merge(pull, 'squash', 'app')).toBe(broken(NOT_PUSHER));
    await approve('ada', pull);
    expect([await stateOf(pull), decision(pull)]).toEqual(['CLEAN', 'APPROVED']);
    await market.commit('main', { 'm.txt': 'm' }, { who: 'ada' });
    await updateBranch(market.as('app'), market.pullRow(pull.id), { method: 'merge' });
    expect([await stateOf(pull), decision(pull)]).toEqual(['BLOCKED', 'REVIEW_REQUIRED']);
    await approve('linus', pull);
    expect(await merge(pull, 'squash', 'app')).toBe('merged');
  });

  test('of classic protection waits for an approval of the last push, too', async () => {
    market.protect('main', { approvals: 1, lastPush: true });
    const pull = await market.pull('x', { 'x.txt': 'x' }, { who: 'app' });
    await approve('linus', pull);
    expect(await merge(pull, 'squash', 'app')).toBe(`405 ${NOT_PUSHER}`);
    await approve('grace', pull);
    expect(await merge(pull, 'squash', 'app')).toBe('merged');
  });

  test('loses its approvals where new code dismisses them', async () => {
    market.rule([pulls({ approvals: 1, dismissStale: true })]);
    const pull = await market.pull('x', { 'x.txt': 'x' });
    await approve('ada', pull);
    expect(decision(pull)).toBe('APPROVED');
    await market.commit('x', { 'x.txt': 'y' });
    expect(decision(pull)).toBe('REVIEW_REQUIRED');
  });

  test('by rebase, or with a commit that nobody signed, is refused where signatures are asked for', async () => {
    for (const method of ['merge', 'squash', 'rebase'] as const) {
      const pull = await market.pull(method, { [`${method}.txt`]: 'x' });
      market.rule([{ type: 'required_signatures' }], { name: method });
      expect([method, await merge(pull, method)]).toEqual([
        method,
        method === 'rebase' ? broken('Commits must have verified signatures.') : 'merged',
      ]);
    }
    const pull = await market.pull('y', { 'y.txt': 'y' });
    await market.commit('main', { 'n.txt': 'n' });
    await updateBranch(market.as('linus'), market.pullRow(pull.id), { method: 'rebase' });
    expect(await merge(pull, 'merge')).toBe(broken('Commits must have verified signatures.'));
    expect(await merge(pull, 'squash')).toBe('merged');
  });

  test('of classic protection asks for signatures as well', async () => {
    market.protect('main', { signatures: true });
    const pull = await market.pull('x', { 'x.txt': 'x' });
    expect(await merge(pull, 'rebase')).toBe('405 Commits must have verified signatures.');
    expect(await merge(pull, 'merge')).toBe('merged');
  });

  test('makes no merge commit in a straight history', async () => {
    market.rule([{ type: 'required_linear_history' }]);
    const pull = await market.pull('x', { 'x.txt': 'x' });
    expect(await merge(pull, 'merge')).toBe(broken('This branch must not contain merge commits.'));
    expect(await merge(pull, 'rebase')).toBe('merged');
  });

  test('is behind where heads must be up to date, though the checks have passed', async () => {
    const checks = [{ context: 'ci', appId: null }];
    market.rule([{ type: 'required_status_checks', checks, strict: true, onCreate: true }]);
    const pull = await market.pull('x', { 'x.txt': 'x' });
    const run = { name: 'ci', headSha: pull.headSha, status: 'completed', conclusion: 'success' } as const;
    await createCheckRun(market.as('app'), market.repository(), run);
    expect(await stateOf(pull)).toBe('CLEAN');
    const other = await market.branch('other').then(() => market.commit('other', { 'o.txt': 'o' }));
    await createCheckRun(market.as('app'), market.repository(), { ...run, headSha: other });
    market.world.store.seed(({ state }) => {
      state.repositories[market.repository().id]!.refs['refs/heads/main'] = other;
      state.pulls[pull.id]!.baseSha = other;
    });
    expect(await stateOf(pull)).toBe('BEHIND');
    expect(await merge(pull)).toBe(broken('Required status check "ci" is expected.'));
  });

  test('that only some may make is refused to the others', async () => {
    market.rule([{ type: 'update' }], {
      bypass: [{ type: 'Integration', id: 1001, mode: 'pull_request' }],
    });
    const pull = await market.pull('x', { 'x.txt': 'x' });
    expect(await stateOf(pull)).toBe('BLOCKED');
    expect(await merge(pull, 'squash', 'ada')).toBe(broken('Cannot update this protected ref.'));
    expect(await merge(pull, 'squash', 'app')).toBe('merged');
  });

  test('keeps a head branch that a rule lets nobody delete', async () => {
    market.configure({ deleteBranchOnMerge: true });
    market.rule([{ type: 'deletion' }], { include: ['refs/heads/kept'] });
    for (const branch of ['kept', 'gone']) await merge(await market.pull(branch, { [`${branch}.txt`]: 'x' }));
    expect([market.head('kept') === undefined, market.head('gone') === undefined]).toEqual([false, true]);
  });
});

test('GraphQL shows the rules of a ref, with what they ask', async () => {
  market.rule(
    [
      pulls({ approvals: 2, lastPush: true, methods: ['squash'] }),
      {
        type: 'required_status_checks',
        checks: [{ context: 'ci', appId: 1001 }],
        strict: true,
        onCreate: false,
      },
      { type: 'deletion' },
    ],
    { name: 'The rules' },
  );
  const { data, errors } = await ask(
    market.as('app'),
    `{ repository(owner: "acme", name: "market") { ref(qualifiedName: "main") { rules(first: 9) { totalCount nodes {
      type
      repositoryRuleset { name enforcement }
      parameters {
        ... on PullRequestParameters {
          requiredApprovingReviewCount dismissStaleReviewsOnPush requireLastPushApproval allowedMergeMethods
        }
        ... on RequiredStatusChecksParameters {
          strictRequiredStatusChecksPolicy doNotEnforceOnCreate requiredStatusChecks { context integrationId }
        }
      }
    } } } } }`,
  );
  expect(errors).toBeUndefined();
  const repositoryRuleset = { name: 'The rules', enforcement: 'ACTIVE' };
  expect(data.repository.ref.rules).toEqual({
    totalCount: 3,
    nodes: [
      {
        type: 'PULL_REQUEST',
        repositoryRuleset,
        parameters: {
          requiredApprovingReviewCount: 2,
          dismissStaleReviewsOnPush: false,
          requireLastPushApproval: true,
          allowedMergeMethods: ['squash'],
        },
      },
      {
        type: 'REQUIRED_STATUS_CHECKS',
        repositoryRuleset,
        parameters: {
          strictRequiredStatusChecksPolicy: true,
          doNotEnforceOnCreate: true,
          requiredStatusChecks: [{ context: 'ci', integrationId: 1001 }],
        },
      },
      { type: 'DELETION', repositoryRuleset, parameters: null },
    ],
  });
});

test('rules and rulesets are found by their ids', async () => {
  market.rule([{ type: 'deletion' }, { type: 'required_linear_history' }], { name: 'The rules' });
  const app = market.as('app');
  const { data } = await ask(
    app,
    '{ repository(owner: "acme", name: "market") { ref(qualifiedName: "main") { rules(first: 9) { nodes { id repositoryRuleset { id } } } } } }',
  );
  const [, second] = data.repository.ref.rules.nodes;
  const named = await ask(
    app,
    `{ rule: node(id: "${second.id}") { ... on RepositoryRule { type } }
       ruleset: node(id: "${second.repositoryRuleset.id}") { ... on RepositoryRuleset { name } } }`,
  );
  expect(named.data).toEqual({ rule: { type: 'REQUIRED_LINEAR_HISTORY' }, ruleset: { name: 'The rules' } });
});
