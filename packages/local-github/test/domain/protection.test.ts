import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { submitReview } from '../../src/domain/pulls/reviews.js';
import { updateBranch } from '../../src/domain/pulls/update-branch.js';
import { updateRef } from '../../src/domain/refs/operations.js';
import { pushAllowed } from '../../src/domain/refs/push.js';
import { ZERO_OID } from '../../src/git/oid.js';
import type { Person } from '../support/world.js';
import { ask } from '../support/ask.js';
import { type TestRepository, createTestRepository } from '../support/branches.js';

let market: TestRepository;

beforeEach(async () => {
  market = await createTestRepository();
});
afterEach(() => market.close());

const RULES = {
  required_status_checks: {
    strict: true,
    contexts: [],
    checks: [{ context: 'ci', app_id: 1001 }, { context: 'lint' }],
  },
  enforce_admins: true,
  required_pull_request_reviews: {
    dismiss_stale_reviews: true,
    require_last_push_approval: true,
    required_approving_review_count: 2,
  },
  restrictions: null,
  required_linear_history: true,
};
const path = { branch: 'main' };
const push = (before: string, after: string, who: Person = 'linus') =>
  pushAllowed(market.as(who), market.repository(), [{ ref: 'refs/heads/main', before, after }], market.git);

describe('the settings', () => {
  test('are read and written by administrators only, and gone when deleted', async () => {
    for (const who of ['grace', 'linus', 'app'] as const) {
      expect(
        (await ask(market.as(who), 'repos/update-branch-protection', { path, body: RULES })).status,
      ).toBe(403);
    }
    const { status, body } = await ask(market.as('ada'), 'repos/update-branch-protection', {
      path,
      body: RULES,
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      required_status_checks: {
        strict: true,
        checks: [
          { context: 'ci', app_id: 1001 },
          { context: 'lint', app_id: null },
        ],
      },
      required_pull_request_reviews: {
        dismiss_stale_reviews: true,
        require_last_push_approval: true,
        required_approving_review_count: 2,
      },
      required_signatures: { enabled: false },
      enforce_admins: { enabled: true },
      required_linear_history: { enabled: true },
    });
    expect((await ask(market.as('ada'), 'repos/get-branch-protection', { path })).body).toEqual(body);
    expect((await ask(market.as('grace'), 'repos/get-branch-protection', { path })).status).toBe(403);
    const branch = await ask(market.as('olaf'), 'repos/get-branch', { path });
    expect(branch.body).toMatchObject({ protected: true, protection: { enabled: true } });
    expect((await ask(market.as('ada'), 'repos/delete-branch-protection', { path })).status).toBe(204);
    expect((await ask(market.as('ada'), 'repos/get-branch-protection', { path })).status).toBe(404);
    expect((await ask(market.as('ada'), 'repos/delete-branch-protection', { path })).status).toBe(404);
  });

  test('ask for signatures by a request of its own, and keep that when the rest is replaced', async () => {
    const signatures = (who: Person, verb: 'get' | 'create' | 'delete') =>
      ask(market.as(who), `repos/${verb}-commit-signature-protection`, { path });
    expect((await signatures('ada', 'create')).status).toBe(404);
    await ask(market.as('ada'), 'repos/update-branch-protection', { path, body: RULES });
    expect((await signatures('grace', 'create')).status).toBe(403);
    expect((await signatures('ada', 'create')).body).toMatchObject({ enabled: true });
    await ask(market.as('ada'), 'repos/update-branch-protection', { path, body: RULES });
    expect((await signatures('ada', 'get')).body).toMatchObject({ enabled: true });
    expect((await signatures('ada', 'delete')).status).toBe(204);
    expect((await signatures('ada', 'get')).body).toMatchObject({ enabled: false });
  });

  test('of a branch that is not there are 404; a setting that is not served is 501', async () => {
    const elsewhere = { path: { branch: 'nope' }, body: RULES };
    expect((await ask(market.as('ada'), 'repos/update-branch-protection', elsewhere)).status).toBe(404);
    const unserved = await ask(market.as('ada'), 'repos/update-branch-protection', {
      path,
      body: { ...RULES, allow_force_pushes: true },
    });
    expect(unserved.status).toBe(501);
  });

  test('are not among the rules of a branch: those are the rulesets', async () => {
    market.protect('main', { approvals: 1 });
    expect(await ask(market.as('olaf'), 'repos/get-branch-rules', { path })).toEqual({
      status: 200,
      body: [],
    });
  });
});

describe('a push to a protected branch', () => {
  test('is refused until its commit has passed the required checks, then allowed', async () => {
    market.protect('main', { requiredChecks: [{ context: 'ci', appId: 1001 }] });
    await market.branch('x');
    const oid = await market.commit('x', { 'x.txt': 'x' });
    expect(await push(market.first, oid)).toEqual([
      {
        ref: 'refs/heads/main',
        message:
          'GH006: Protected branch update failed for refs/heads/main.\n- Required status check "ci" is expected.',
      },
    ]);
    await ask(market.as('app'), 'checks/create', {
      body: { name: 'ci', head_sha: oid, conclusion: 'success' },
    });
    expect(await push(market.first, oid)).toEqual([]);
    await updateRef(market.as('linus'), market.repository(), {
      ref: 'refs/heads/main',
      sha: oid,
      force: false,
    });
    expect(market.head('main')).toBe(oid);
  });

  test('is refused where changes come by pull requests, but for administrators whom the rules do not bind', async () => {
    market.protect('main', { approvals: 0 });
    await market.branch('x');
    const oid = await market.commit('x', { 'x.txt': 'x' });
    expect((await push(market.first, oid))[0]?.message).toContain(
      '- Changes must be made through a pull request.',
    );
    expect(await push(market.first, oid, 'ada')).toEqual([]);
    market.protect('main', { approvals: 0, enforceAdmins: true });
    expect(await push(market.first, oid, 'ada')).toHaveLength(1);
    const refused = updateRef(market.as('app'), market.repository(), {
      ref: 'refs/heads/main',
      sha: oid,
      force: false,
    });
    await expect(refused).rejects.toMatchObject({
      status: 422,
      message: 'Changes must be made through a pull request.',
    });
    expect(market.head('main')).toBe(market.first);
  });

  test('that forces or deletes it is refused to everybody', async () => {
    await market.branch('x');
    const one = await market.commit('x', { 'x.txt': 'x' });
    const two = await market.commit('main', { 'y.txt': 'y' });
    market.protect('main', {});
    expect((await push(two, one, 'ada'))[0]?.message).toContain('Cannot force-push to this branch');
    market.protect('x', {});
    const drop = [{ ref: 'refs/heads/x', before: one, after: ZERO_OID }];
    const [refusal] = await pushAllowed(market.as('ada'), market.repository(), drop, market.git);
    expect(refusal?.message).toContain('Cannot delete this branch');
  });

  test('with a merge commit is refused where history is linear', async () => {
    market.protect('main', { linear: true });
    await market.branch('x');
    const x = await market.commit('x', { 'x.txt': 'x' });
    const { oid } = await market.git.commitTree({
      tree: (await market.git.readCommit(x))!.tree,
      parents: [market.first, x],
      message: 'Merge x',
      author: { name: 'L', email: 'l@example.com', date: '2026-01-05T10:00:00Z' },
      committer: { name: 'L', email: 'l@example.com', date: '2026-01-05T10:00:00Z' },
    });
    expect((await push(market.first, oid))[0]?.message).toContain(
      'This branch must not contain merge commits.',
    );
    expect(await push(market.first, x)).toEqual([]);
  });

  test('by a commit through the API is refused alike', async () => {
    market.protect('main', { requiredChecks: [{ context: 'ci', appId: null }] });
    const put = await ask(market.as('linus'), 'repos/create-or-update-file-contents', {
      path: { path: 'c.txt' },
      body: { message: 'Add c', content: Buffer.from('c').toString('base64') },
    });
    expect(put).toMatchObject({
      status: 409,
      body: { message: 'Could not update file: Required status check "ci" is expected.' },
    });
    await market.branch('x');
    await market.commit('x', { 'x.txt': 'x' });
    const merge = { body: { base: 'main', head: 'x' } };
    expect((await ask(market.as('linus'), 'repos/merge', merge)).status).toBe(409);
    expect(market.head('main')).toBe(market.first);
  });
});

describe('stale approvals', () => {
  const approved = async () => {
    market.protect('main', { approvals: 1, dismissStale: true });
    const pull = await market.pull('x', { 'x.txt': '1' });
    const approval = await submitReview(market.as('grace'), pull, { event: 'APPROVE' });
    const objection = await submitReview(market.as('ada'), pull, { event: 'REQUEST_CHANGES', body: 'Hm' });
    market.news();
    const states = () => [approval, objection].map(({ id }) => market.world.store.state.reviews[id]!.state);
    return { pull, states };
  };

  test('are dismissed by a push that changes code, in the effect of the push; requests for changes stay', async () => {
    const { pull, states } = await approved();
    await market.commit('x', { 'x.txt': '2' });
    expect(states()).toEqual(['DISMISSED', 'CHANGES_REQUESTED']);
    expect(market.timeline(pull.issueId)).toEqual(['review_dismissed']);
    expect(market.news()).toEqual([
      'push',
      'pull_request.synchronize',
      'pull_request_review.dismissed',
      'check_suite.requested',
    ]);
  });

  test('outlive a clean merge of the base and an empty commit', async () => {
    const { pull, states } = await approved();
    await market.commit('main', { 'm.txt': 'm' }, { who: 'ada' });
    await updateBranch(market.as('linus'), market.pullRow(pull.id), { method: 'merge' });
    await market.commit('x', {});
    expect(states()).toEqual(['APPROVED', 'CHANGES_REQUESTED']);
  });

  test('do not outlive a rebase', async () => {
    const { pull, states } = await approved();
    await market.commit('main', { 'm.txt': 'm' }, { who: 'ada' });
    await updateBranch(market.as('linus'), market.pullRow(pull.id), { method: 'rebase' });
    expect(states()).toEqual(['DISMISSED', 'CHANGES_REQUESTED']);
  });

  test('stay where the base does not ask for their dismissal', async () => {
    const { states } = await approved();
    market.protect('main', { approvals: 1 });
    await market.commit('x', { 'x.txt': '2' });
    expect(states()).toEqual(['APPROVED', 'CHANGES_REQUESTED']);
  });
});
