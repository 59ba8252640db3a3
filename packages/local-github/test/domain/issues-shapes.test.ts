import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { addBlockedBy } from '../../src/domain/issues/dependencies.js';
import { addComment } from '../../src/domain/issues/comments.js';
import { addAssignees } from '../../src/domain/issues/assignees.js';
import { lockIssue } from '../../src/domain/issues/locks.js';
import { editIssue } from '../../src/domain/issues/edit.js';
import { addLabels } from '../../src/domain/labels.js';
import { presentAccount } from '../../src/present/accounts.js';
import { presentComment } from '../../src/present/comments.js';
import { presentIssue } from '../../src/present/issues.js';
import { presentLabel } from '../../src/present/labels.js';
import { presentRepository } from '../../src/present/repositories.js';
import { checkWebhook } from '../../src/schema/webhooks.js';
import type { Issue, TimelineData } from '../../src/state/model.js';
import { createTestWorld } from '../support/world.js';
import { type TestWorld, ask, newest, openIssue, openPull } from './issues-support.js';

let world: TestWorld;
beforeEach(async () => {
  world = await createTestWorld();
});
afterEach(() => world.close());

/** An issue with as much on it as there can be. */
function furnished(): Issue {
  const issue = openIssue(world);
  addLabels(world.as('linus'), issue, ['bug']);
  addComment(world.as('app'), issue, 'hm');
  addAssignees(world.as('linus'), newest(world, issue), ['tove']);
  addBlockedBy(world.as('tove'), issue, openIssue(world));
  return newest(world, issue);
}

/** A webhook's payload about an issue, from the objects that are presented here. */
function payload(action: string, issue: Issue): Record<string, unknown> {
  const view = world.world.view();
  return {
    action,
    issue: presentIssue(view, issue),
    repository: presentRepository(view, world.repository()),
    sender: presentAccount(view, view.state.accounts[world.people.tove.id]!),
  };
}

describe('webhooks take the same objects', () => {
  test.each(['opened', 'closed', 'reopened', 'labeled', 'assigned', 'pinned', 'unpinned'])(
    'issues.%s',
    (action) => {
      const issue = furnished();
      const state = action === 'closed' ? 'closed' : 'open';
      const row = editIssue(world.as('ada'), issue, { state });
      expect(checkWebhook('issues', payload(action, row))).toEqual([]);
    },
  );

  test('issues.locked and issues.unlocked', () => {
    const issue = furnished();
    expect(checkWebhook('issues', payload('unlocked', issue))).toEqual([]);
    lockIssue(world.as('linus'), issue, 'resolved');
    expect(checkWebhook('issues', payload('locked', newest(world, issue)))).toEqual([]);
  });

  test('issues.labeled with its label', () => {
    const issue = furnished();
    const view = world.world.view();
    const label = presentLabel(view, view.state.labels[issue.labelIds[0]!]!);
    expect(checkWebhook('issues', { ...payload('labeled', issue), label })).toEqual([]);
  });

  test.each(['created', 'deleted'])('issue_comment.%s, on an issue and on a pull request', (action) => {
    for (const issue of [openIssue(world), openPull(world)]) {
      const comment = presentComment(world.world.view(), addComment(world.as('tove'), issue, 'hm'));
      expect(checkWebhook('issue_comment', { ...payload(action, newest(world, issue)), comment })).toEqual(
        [],
      );
    }
  });

  test('a key that GitHub does not have is found', () => {
    const sent = payload('opened', furnished());
    const issue = { ...(sent['issue'] as object), closed_by_bot: true };
    expect(checkWebhook('issues', { ...sent, issue })).toMatchObject([{ at: 'issue.closed_by_bot' }]);
  });
});

test('every entry of a pull request’s timeline is as GitHub describes it', async () => {
  const pull = openPull(world);
  const { ada, linus } = world.people;
  const commit = 'c'.repeat(40);
  const other = openIssue(world).id;
  const entries: TimelineData[] = [
    { kind: 'labeled', label: { name: 'bug', color: 'ededed' } },
    { kind: 'unassigned', assigneeId: ada.id },
    { kind: 'closed', stateReason: null, closer: { commit } },
    { kind: 'reopened' },
    { kind: 'pinned' },
    { kind: 'unlocked' },
    { kind: 'renamed', from: 'a', to: 'b' },
    { kind: 'blocked_by_removed', blockingId: other },
    { kind: 'blocking_removed', blockedId: other },
    { kind: 'merged', commit, baseRef: 'main' },
    { kind: 'ready_for_review' },
    { kind: 'convert_to_draft' },
    { kind: 'head_ref_deleted', ref: 'fix' },
    { kind: 'head_ref_force_pushed', before: commit, after: commit, ref: 'fix' },
    { kind: 'base_ref_changed', from: 'main', to: 'dev' },
    { kind: 'review_requested', reviewerId: ada.id },
    { kind: 'review_request_removed', reviewerId: ada.id },
    { kind: 'review_dismissed', reviewId: 1, message: 'stale' },
    { kind: 'referenced', commit },
  ];
  world.world.store.seed(({ state, newId }) => {
    const issue = state.issues[pull.id]!;
    const createdAt = '2026-01-05T10:00:00Z';
    for (const what of entries) {
      const id = newId();
      state.timeline[id] = { id, issueId: pull.id, actorId: linus.id, createdAt, what };
      issue.eventIds.push(id);
    }
    for (const review of ['APPROVED', 'PENDING'] as const) {
      const id = newId();
      state.reviews[id] = {
        id,
        pullId: pull.pullId!,
        authorId: ada.id,
        state: review,
        body: '',
        commit,
        submittedAt: '2026-01-05T09:59:00Z',
        edited: null,
      };
      state.pulls[pull.pullId!]!.reviewIds.push(id);
    }
  });
  const path = { issue_number: pull.number };
  const { body } = await ask(world.as('nobody'), 'issues/list-events-for-timeline', { path });
  const shown = body as Record<string, unknown>[];
  expect(shown.map((entry) => entry['event'])).toEqual(['reviewed', ...entries.map((what) => what.kind)]);
  expect(shown[0]).toMatchObject({ state: 'approved', user: { login: 'ada' }, commit_id: commit });
  expect(shown.find((entry) => entry['event'] === 'merged')).toMatchObject({
    commit_id: commit,
    actor: { login: 'linus' },
  });
  expect(shown.find((entry) => entry['event'] === 'blocked_by_removed')).toMatchObject({
    blocked_by: { number: 2, repository: { full_name: 'acme/market' } },
  });
});
