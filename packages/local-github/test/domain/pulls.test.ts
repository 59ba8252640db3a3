import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { convertToDraft, markReady } from '../../src/domain/pulls/draft.js';
import { dismissReview } from '../../src/domain/pulls/dismiss.js';
import { editPull } from '../../src/domain/pulls/edit.js';
import { mergeState, mergeable } from '../../src/domain/pulls/mergeable.js';
import { openPull } from '../../src/domain/pulls/open.js';
import { latestOpinions, reviewDecision } from '../../src/domain/pulls/opinions.js';
import { removeReviewers, requestReviewers } from '../../src/domain/pulls/reviewers.js';
import { submitReview } from '../../src/domain/pulls/reviews.js';
import { updateBranch } from '../../src/domain/pulls/update-branch.js';
import { deleteRef, updateRef, updateRefs } from '../../src/domain/refs/operations.js';
import { ZERO_OID } from '../../src/git/oid.js';
import { type TestRepository, createTestRepository } from '../support/branches.js';

let market: TestRepository;

beforeEach(async () => {
  market = await createTestRepository();
});
afterEach(() => market.close());

const move = (branch: string, sha: string, force = false) =>
  updateRef(market.as('linus'), market.repository(), { ref: `refs/heads/${branch}`, sha, force });
const drop = (branch: string) =>
  deleteRef(market.as('linus'), market.repository(), { ref: `refs/heads/${branch}` });

describe('opening', () => {
  const open = (head: string, base = 'main', draft = false) =>
    openPull(market.as('linus'), market.repository(), { head, base, title: 'A change', draft });

  test('takes the next number, keeps the head as a ref, and tells it once', async () => {
    market.issue('First');
    const pull = await market.pull('x', { 'x.txt': 'x' }, { body: 'Closes #1' });
    expect(market.issueRow(pull.issueId)).toMatchObject({ number: 2, title: 'Add x', body: 'Closes #1' });
    expect(pull).toMatchObject({
      headRef: 'x',
      baseRef: 'main',
      headSha: market.head('x'),
      baseSha: market.first,
    });
    expect((await market.git.listRefs()).get('refs/pull/2/head')).toBe(pull.headSha);
    expect(market.news().filter((name) => name.startsWith('pull_request'))).toEqual(['pull_request.opened']);
  });

  test('is 422 without commits between, twice for one pair, and for branches that are not there', async () => {
    await market.branch('x');
    await expect(open('x')).rejects.toMatchObject({
      status: 422,
      errors: [expect.objectContaining({ message: 'No commits between main and x' })],
    });
    await market.commit('x', { 'x.txt': 'x' });
    await open('acme:x');
    await expect(open('x')).rejects.toMatchObject({
      errors: [expect.objectContaining({ message: 'A pull request already exists for acme:x.' })],
    });
    await expect(open('nope')).rejects.toMatchObject({
      errors: [expect.objectContaining({ field: 'head' })],
    });
    await expect(open('x', 'nope')).rejects.toMatchObject({
      errors: [expect.objectContaining({ field: 'base' })],
    });
    await expect(open('olaf:x')).rejects.toMatchObject({
      errors: [expect.objectContaining({ field: 'head' })],
    });
  });

  test('a draft is 422 where the plan has none, and needs write', async () => {
    await market.branch('x');
    await market.commit('x', { 'x.txt': 'x' });
    market.configure({ drafts: false });
    await expect(open('x', 'main', true)).rejects.toMatchObject({ status: 422 });
    const byTriage = openPull(market.as('tove'), market.repository(), {
      head: 'x',
      base: 'main',
      title: 'T',
    });
    await expect(byTriage).rejects.toMatchObject({ status: 403 });
  });
});

describe('the head branch', () => {
  test('forced to another commit says so in the timeline', async () => {
    const pull = await market.pull('x', { 'x.txt': '1' });
    await market.branch('y');
    const other = await market.commit('y', { 'x.txt': '2' });
    await move('x', other, true);
    expect(market.pullRow(pull.id).headSha).toBe(other);
    expect(market.timeline(pull.issueId)).toEqual(['head_ref_force_pushed']);
  });

  test('deleted closes the pull request unmerged, and keeps its head', async () => {
    const pull = await market.pull('x', { 'x.txt': '1' });
    await drop('x');
    expect(market.issueRow(pull.issueId).state).toBe('closed');
    expect(market.pullRow(pull.id)).toMatchObject({ merged: null, headSha: pull.headSha });
    expect(market.timeline(pull.issueId)).toEqual(['closed', 'head_ref_deleted']);
    expect((await market.git.listRefs()).get('refs/pull/1/head')).toBe(pull.headSha);
    await market.branch('x', pull.headSha);
    expect(market.timeline(pull.issueId)).toEqual(['closed', 'head_ref_deleted', 'head_ref_restored']);
  });

  test('forced back to its base closes the pull request unmerged', async () => {
    const pull = await market.pull('x', { 'x.txt': '1' });
    await move('x', market.first, true);
    expect(market.issueRow(pull.issueId).state).toBe('closed');
    expect(market.pullRow(pull.id).merged).toBeNull();
  });

  test('a closed pull request does not follow its branch, and reopens only if it was not rewritten', async () => {
    const pull = await market.pull('x', { 'x.txt': '1' });
    await editPull(market.as('tove'), pull, { state: 'closed' });
    const more = await market.commit('x', { 'x.txt': '2' });
    expect(market.pullRow(pull.id).headSha).toBe(pull.headSha);
    const reopened = await editPull(market.as('tove'), market.pullRow(pull.id), { state: 'open' });
    expect(reopened.headSha).toBe(more);
    expect(market.repository().refs['refs/pull/1/head']).toBe(more);
    await editPull(market.as('tove'), reopened, { state: 'closed' });
    await move('x', market.first, true);
    await expect(
      editPull(market.as('tove'), market.pullRow(pull.id), { state: 'open' }),
    ).rejects.toMatchObject({ status: 422 });
  });
});

describe('an indirect merge', () => {
  test('by fast-forward of the default branch merges the pull request, closes its issue and keeps the commit', async () => {
    const issue = market.issue('Bug');
    const pull = await market.pull('x', { 'x.txt': '1' }, { body: `Closes #1` });
    market.news();
    const linus = market.as('linus');
    await updateRef(linus, market.repository(), { ref: 'refs/heads/main', sha: pull.headSha, force: false });
    expect(linus.effects).toHaveLength(1);
    expect(market.pullRow(pull.id)).toMatchObject({
      merged: { commit: pull.headSha, byId: market.people.linus.id },
      baseSha: market.first,
    });
    expect(market.timeline(pull.issueId)).toEqual(['merged', 'closed']);
    expect(market.issueRow(issue.id)).toMatchObject({ state: 'closed', stateReason: 'completed' });
    expect(market.news()).toEqual(['push', 'pull_request.closed', 'issues.closed']);
  });

  test('happens on no other branch than the default one', async () => {
    await market.branch('release');
    const pull = await market.pull('x', { 'x.txt': '1' }, { base: 'release' });
    await move('release', pull.headSha);
    expect(market.issueRow(pull.issueId).state).toBe('open');
    expect(market.pullRow(pull.id)).toMatchObject({ merged: null, baseSha: pull.headSha });
  });

  test('happens though the rules for pull requests are not satisfied, if the push itself is allowed', async () => {
    const pull = await market.pull('x', { 'x.txt': '1' });
    await submitReview(market.as('grace'), pull, { event: 'REQUEST_CHANGES', body: 'No' });
    market.protect('main', { strict: true });
    await move('main', pull.headSha);
    expect(market.pullRow(pull.id).merged).not.toBeNull();
  });

  test('is none when the branch is deleted in the same move: closed unmerged', async () => {
    const pull = await market.pull('x', { 'x.txt': '1' });
    await updateRefs(market.as('linus'), market.repository(), [
      { name: 'refs/heads/main', before: market.first, after: pull.headSha, force: false },
      { name: 'refs/heads/x', before: pull.headSha, after: ZERO_OID, force: false },
    ]);
    expect(market.issueRow(pull.issueId).state).toBe('closed');
    expect(market.pullRow(pull.id).merged).toBeNull();
  });

  test('of a head that moves with its base in one step is a merge', async () => {
    const pull = await market.pull('x', { 'x.txt': '1' });
    const more = await market.commit('x', { 'x.txt': '2' });
    await updateRefs(market.as('linus'), market.repository(), [
      { name: 'refs/heads/main', before: market.first, after: more, force: false },
    ]);
    expect(market.pullRow(pull.id).merged).toMatchObject({ commit: more });
  });
});

describe('the base branch', () => {
  test('changes with its events, and not to one that leaves nothing to merge', async () => {
    await market.branch('release');
    const pull = await market.pull('x', { 'x.txt': '1' });
    market.news();
    await editPull(market.as('linus'), pull, { base: 'release' });
    expect(market.pullRow(pull.id).baseRef).toBe('release');
    expect(market.timeline(pull.issueId)).toEqual(['base_ref_changed']);
    expect(market.news()).toEqual(['pull_request.edited']);
    await market.branch('same', pull.headSha);
    await expect(
      editPull(market.as('linus'), market.pullRow(pull.id), { base: 'same' }),
    ).rejects.toMatchObject({
      status: 422,
    });
    await expect(editPull(market.as('tove'), pull, { base: 'main' })).rejects.toMatchObject({ status: 403 });
  });

  test('deleted closes the pull requests on it', async () => {
    await market.branch('release');
    const pull = await market.pull('x', { 'x.txt': '1' }, { base: 'release' });
    await drop('release');
    expect(market.issueRow(pull.issueId).state).toBe('closed');
    expect(market.pullRow(pull.id).merged).toBeNull();
  });
});

describe('drafts', () => {
  test('become ready and drafts again, by the author and people who write; nothing happens twice', async () => {
    const pull = await market.pull('x', { 'x.txt': '1' }, { draft: true });
    expect(() => markReady(market.as('tove'), pull)).toThrow('role');
    const ready = markReady(market.as('grace'), pull);
    expect(ready.draft).toBe(false);
    const effects = market.world.store.effect;
    markReady(market.as('grace'), ready);
    expect(market.world.store.effect).toBe(effects);
    expect(convertToDraft(market.as('linus'), ready).draft).toBe(true);
    expect(market.timeline(pull.issueId)).toEqual(['ready_for_review', 'convert_to_draft']);
  });
});

describe('updating the branch', () => {
  async function diverged() {
    const pull = await market.pull('x', { 'x.txt': '1' });
    await market.commit('main', { 'm.txt': 'm' });
    return market.pullRow(pull.id);
  }

  test('by merge adds a merge of the base, by the caller and committed by GitHub', async () => {
    const pull = await diverged();
    const { oid } = await updateBranch(market.as('grace'), pull, {
      method: 'merge',
      expectedHead: pull.headSha,
    });
    const commit = (await market.git.readCommit(oid))!;
    expect(commit).toMatchObject({
      parents: [pull.headSha, market.head('main')],
      author: { name: 'grace' },
      committer: { name: 'GitHub' },
    });
    expect(market.pullRow(pull.id).headSha).toBe(oid);
    expect(market.timeline(pull.issueId)).toEqual([]);
  });

  test('by rebase writes the commits anew on the base, keeps authors and forces the branch', async () => {
    const pull = await diverged();
    const { oid } = await updateBranch(market.as('grace'), pull, { method: 'rebase' });
    const commit = (await market.git.readCommit(oid))!;
    expect(commit).toMatchObject({
      parents: [market.head('main')],
      author: { name: 'linus' },
      committer: { name: 'grace' },
    });
    expect(market.timeline(pull.issueId)).toEqual(['head_ref_force_pushed']);
  });

  test('is 422 for a conflict, another head, and nothing to do', async () => {
    const pull = await market.pull('x', { 'a.txt': 'x' });
    const update = (method: 'merge' | 'rebase', expectedHead?: string) =>
      updateBranch(market.as('linus'), market.pullRow(pull.id), { method, expectedHead });
    await expect(update('merge')).rejects.toMatchObject({ status: 422 });
    await market.commit('main', { 'a.txt': 'm' });
    await expect(update('merge', market.first)).rejects.toMatchObject({ status: 422 });
    for (const method of ['merge', 'rebase'] as const) {
      await expect(update(method)).rejects.toMatchObject({ message: 'merge conflict between base and head' });
    }
  });
});

describe('reviews', () => {
  test('nobody approves or refuses their own; a comment of theirs is fine', async () => {
    const pull = await market.pull('x', { 'x.txt': '1' });
    for (const event of ['APPROVE', 'REQUEST_CHANGES'] as const) {
      await expect(submitReview(market.as('linus'), pull, { event, body: 'Hm' })).rejects.toMatchObject({
        status: 422,
      });
    }
    expect((await submitReview(market.as('linus'), pull, { event: 'COMMENT', body: 'Note' })).state).toBe(
      'COMMENTED',
    );
    await expect(submitReview(market.as('grace'), pull, { event: 'COMMENT' })).rejects.toMatchObject({
      status: 422,
    });
  });

  test('the last opinion of each person with write decides; comments and outsiders do not', async () => {
    const pull = await market.pull('x', { 'x.txt': '1' });
    market.protect('main', { approvals: 1 });
    const decision = () => reviewDecision(market.world.view(), market.pullRow(pull.id));
    expect(decision()).toBe('REVIEW_REQUIRED');
    await submitReview(market.as('tove'), pull, { event: 'APPROVE' });
    await submitReview(market.as('olaf'), pull, { event: 'REQUEST_CHANGES', body: 'No' });
    expect(decision()).toBe('REVIEW_REQUIRED');
    await submitReview(market.as('grace'), pull, { event: 'REQUEST_CHANGES', body: 'Mend it' });
    expect(decision()).toBe('CHANGES_REQUESTED');
    const approval = await submitReview(market.as('grace'), pull, { event: 'APPROVE' });
    await submitReview(market.as('grace'), pull, { event: 'COMMENT', body: 'By the way' });
    expect(decision()).toBe('APPROVED');
    expect(latestOpinions(market.world.view(), market.pullRow(pull.id))).toHaveLength(3);
    dismissReview(market.as('ada'), approval, 'Too early');
    expect(decision()).toBe('REVIEW_REQUIRED');
    expect(() => dismissReview(market.as('tove'), approval, 'No')).toThrow('role');
  });

  test('reviewers are asked once, only collaborators, never the author; a review answers the question', async () => {
    const pull = await market.pull('x', { 'x.txt': '1' });
    const ask = (...logins: string[]) =>
      requestReviewers(market.as('linus'), market.pullRow(pull.id), logins);
    ask('grace', 'ada');
    expect(ask('grace').requestedReviewerIds).toEqual([market.people.grace.id, market.people.ada.id]);
    expect(() => ask('linus')).toThrow('author');
    expect(() => ask('olaf')).toThrow('collaborators');
    await submitReview(market.as('grace'), pull, { event: 'COMMENT', body: 'Seen' });
    expect(
      removeReviewers(market.as('linus'), market.pullRow(pull.id), ['ada']).requestedReviewerIds,
    ).toEqual([]);
    expect(market.timeline(pull.issueId)).toEqual([
      'review_requested',
      'review_requested',
      'review_request_removed',
    ]);
  });
});

describe('mergeability', () => {
  test('is unknown at the first question, then known; a conflict is dirty', async () => {
    const clean = await market.pull('x', { 'x.txt': '1' });
    const conflicting = await market.pull('y', { 'a.txt': 'y' });
    await market.commit('main', { 'a.txt': 'm' });
    const ask = (id: number) => mergeable(market.world.view(), market.pullRow(id));
    expect([ask(clean.id), ask(conflicting.id)]).toEqual(['UNKNOWN', 'UNKNOWN']);
    expect(market.world.activity.busy()).toHaveLength(2);
    await market.world.activity.idle();
    expect([ask(clean.id), ask(conflicting.id)]).toEqual(['MERGEABLE', 'CONFLICTING']);
    expect(mergeState(market.world.view(), market.pullRow(conflicting.id))).toBe('DIRTY');
    expect(mergeState(market.world.view(), market.pullRow(clean.id))).toBe('CLEAN');
    market.protect('main', { strict: true });
    expect(mergeState(market.world.view(), market.pullRow(clean.id))).toBe('BEHIND');
    market.protect('main', { approvals: 1 });
    expect(mergeState(market.world.view(), market.pullRow(clean.id))).toBe('BLOCKED');
  });
});
