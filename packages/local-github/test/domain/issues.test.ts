import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { createIssue } from '../../src/domain/issues/create.js';
import { editIssue } from '../../src/domain/issues/edit.js';
import { closeIssueInside } from '../../src/domain/issues/close.js';
import { effect } from '../../src/domain/context.js';
import { editHistory } from '../../src/domain/issues/texts.js';
import { addLabels, createLabel } from '../../src/domain/labels.js';
import { createTestWorld } from '../support/world.js';
import {
  type TestWorld,
  entriesOf,
  newest,
  openIssue,
  openPull,
  outcome,
  takeEvents,
  timeline,
} from './issues-support.js';

let world: TestWorld;
beforeEach(async () => {
  world = await createTestWorld();
});
afterEach(() => world.close());

const EVERYBODY = ['ada', 'grace', 'linus', 'tove', 'olaf', 'nobody'] as const;

/** Who is allowed, by name, when each in turn tries on an issue of olaf's. */
function outcomes(run: (who: (typeof EVERYBODY)[number]) => unknown): Record<string, string> {
  return Object.fromEntries(EVERYBODY.map((who) => [who, outcome(() => run(who))]));
}

describe('opening', () => {
  test('everybody who is signed in opens an issue', () => {
    const all = outcomes((who) => createIssue(world.as(who), world.repository(), { title: 'Found' }));
    expect(all).toEqual({
      ada: 'allowed',
      grace: 'allowed',
      linus: 'allowed',
      tove: 'allowed',
      olaf: 'allowed',
      nobody: '401',
    });
  });

  test('an app opens an issue only with issues: write', async () => {
    const reading = await createTestWorld({ permissions: { issues: 'read', pull_requests: 'write' } });
    const open = (test: TestWorld) => createIssue(test.as('app'), test.repository(), { title: 'Found' });
    expect(outcome(() => open(reading))).toBe('403');
    expect(outcome(() => open(world))).toBe('allowed');
    await reading.close();
  });

  test('issues are numbered from 1, each a single effect', () => {
    const context = world.as('olaf');
    const first = createIssue(context, world.repository(), { title: 'One' });
    const second = createIssue(context, world.repository(), { title: 'Two' });
    expect([first.number, second.number]).toEqual([1, 2]);
    expect(context.effects).toEqual([1, 2]);
  });

  test.each(['tove', 'olaf'] as const)('labels and assignees of %s are dropped in silence', (who) => {
    createLabel(world.as('ada'), world.repository(), { name: 'bug' });
    takeEvents(world);
    const input = { title: 'Found', labels: ['bug', 'new one'], assignees: ['linus', 'nobody-at-all'] };
    const issue = createIssue(world.as(who), world.repository(), input);
    expect(issue.labelIds).toEqual([]);
    expect(issue.assigneeIds).toEqual([]);
    expect(takeEvents(world)).toEqual([`issues.opened by ${who}`]);
    expect(world.repository().labelIds).toHaveLength(1);
  });

  test('labels of a writer are put on by the opener, one event each, and unknown ones are made', () => {
    const issue = createIssue(world.as('linus'), world.repository(), {
      title: 'Found',
      labels: ['bug', 'shares:scanner'],
      assignees: ['tove'],
    });
    expect(timeline(world, issue)).toEqual(['labeled by linus', 'labeled by linus', 'assigned by linus']);
    expect(takeEvents(world)).toEqual([
      'label.created by linus',
      'label.created by linus',
      'issues.opened by linus',
      'issues.labeled by linus',
      'issues.labeled by linus',
      'issues.assigned by linus',
    ]);
  });

  test('an assignee who cannot be assigned is 422, and nothing is opened', () => {
    const open = () =>
      createIssue(world.as('linus'), world.repository(), { title: 'Found', assignees: ['olaf'] });
    expect(outcome(open)).toBe('422');
    expect(world.repository().nextNumber).toBe(1);
  });

  test.each([
    ['a title of 256 characters', { title: 'x'.repeat(256) }, 'allowed'],
    ['a title of 257', { title: 'x'.repeat(257) }, '422'],
    ['a blank title', { title: '  ' }, '422'],
    ['a body of 65,536 characters', { title: 'x', body: 'x'.repeat(65_536) }, 'allowed'],
    ['a body of 65,537', { title: 'x', body: 'x'.repeat(65_537) }, '422'],
    ['a label name of 51 characters', { title: 'x', labels: ['x'.repeat(51)] }, '422'],
  ])('%s: %s', (_, input, expected) => {
    expect(outcome(() => createIssue(world.as('linus'), world.repository(), input))).toBe(expected);
  });
});

describe('editing the text', () => {
  test('only the author and people from write edit it', () => {
    const issue = openIssue(world);
    expect(outcomes((who) => editIssue(world.as(who), newest(world, issue), { title: `By ${who}` }))).toEqual(
      {
        ada: 'allowed',
        grace: 'allowed',
        linus: 'allowed',
        tove: '403',
        olaf: 'allowed',
        nobody: '401',
      },
    );
  });

  test('an outsider does not edit what others wrote', () => {
    const issue = createIssue(world.as('tove'), world.repository(), { title: 'Mine' });
    expect(outcome(() => editIssue(world.as('olaf'), issue, { body: 'Ours' }))).toBe('403');
    expect(newest(world, issue).body).toBeNull();
  });

  test('the history holds every edit with its editor, newest first, down to the original', () => {
    const issue = openIssue(world, { body: 'one' });
    const view = () => world.world.view();
    expect(editHistory(view(), issue.id)).toEqual([]);
    editIssue(world.as('linus'), newest(world, issue), { body: 'two' });
    editIssue(world.as('olaf'), newest(world, issue), { body: 'three' });
    const { linus, olaf } = world.people;
    expect(editHistory(view(), issue.id).map((edit) => [edit.editorId, edit.text])).toEqual([
      [olaf.id, 'three'],
      [linus.id, 'two'],
      [olaf.id, 'one'],
    ]);
    expect(newest(world, issue).edited).toEqual({ byId: olaf.id, at: '2026-01-05T10:00:00Z' });
  });

  test('the original keeps the time at which it was written', async () => {
    const issue = openIssue(world, { body: 'one' });
    await world.clock.advanceTo(world.clock.now() + 3_600_000, async () => undefined);
    editIssue(world.as('olaf'), newest(world, issue), { body: 'two' });
    expect(editHistory(world.world.view(), issue.id).map((edit) => edit.at)).toEqual([
      '2026-01-05T11:00:00Z',
      '2026-01-05T10:00:00Z',
    ]);
    expect(newest(world, issue).updatedAt).toBe('2026-01-05T11:00:00Z');
  });

  test('a new title is in the timeline, and one event says both changes', () => {
    const issue = openIssue(world, { title: 'Old', body: 'one' });
    world.events.splice(0);
    editIssue(world.as('olaf'), issue, { title: 'New', body: 'two' });
    expect(entriesOf(world, issue, 'renamed')).toEqual([{ kind: 'renamed', from: 'Old', to: 'New' }]);
    expect(world.events).toEqual([
      {
        repositoryId: issue.repositoryId,
        senderId: world.people.olaf.id,
        name: 'issues',
        action: 'edited',
        issueId: issue.id,
        changes: { title: { from: 'Old' }, body: { from: 'one' } },
      },
    ]);
  });

  test('an edit that changes nothing is no effect', () => {
    const issue = openIssue(world, { title: 'Same', body: 'Same' });
    const context = world.as('olaf');
    editIssue(context, issue, { title: 'Same', body: 'Same', state: 'open' });
    expect(context.effects).toEqual([]);
  });
});

describe('closing and reopening', () => {
  test('the author and people from triage close it', () => {
    const answers = outcomes((who) => {
      const issue =
        who === 'olaf' ? openIssue(world) : createIssue(world.as('ada'), world.repository(), { title: 'x' });
      editIssue(world.as(who), issue, { state: 'closed' });
    });
    expect(answers).toEqual({
      ada: 'allowed',
      grace: 'allowed',
      linus: 'allowed',
      tove: 'allowed',
      olaf: 'allowed',
      nobody: '401',
    });
    const theirs = createIssue(world.as('ada'), world.repository(), { title: 'x' });
    expect(outcome(() => editIssue(world.as('olaf'), theirs, { state: 'closed' }))).toBe('403');
  });

  test('closing says why and by whom; reopening clears both', () => {
    const issue = openIssue(world);
    takeEvents(world);
    const closed = editIssue(world.as('tove'), issue, { state: 'closed', stateReason: 'not_planned' });
    expect(closed).toMatchObject({
      state: 'closed',
      stateReason: 'not_planned',
      closedById: world.people.tove.id,
      closedAt: '2026-01-05T10:00:00Z',
    });
    const reopened = editIssue(world.as('linus'), closed, { state: 'open' });
    expect(reopened).toMatchObject({
      state: 'open',
      stateReason: 'reopened',
      closedById: null,
      closedAt: null,
    });
    expect(timeline(world, issue)).toEqual(['closed by tove', 'reopened by linus']);
    expect(takeEvents(world)).toEqual(['issues.closed by tove', 'issues.reopened by linus']);
  });

  test('without a reason it is closed as completed', () => {
    expect(editIssue(world.as('olaf'), openIssue(world), { state: 'closed' }).stateReason).toBe('completed');
  });

  test('an author reopens what they closed themselves, not what others closed', () => {
    const issue = openIssue(world);
    const mine = editIssue(world.as('olaf'), issue, { state: 'closed' });
    const again = editIssue(world.as('olaf'), mine, { state: 'open' });
    const theirs = editIssue(world.as('tove'), again, { state: 'closed' });
    expect(outcome(() => editIssue(world.as('olaf'), theirs, { state: 'open' }))).toBe('403');
    expect(newest(world, issue).state).toBe('closed');
  });

  test('a merge closes an issue inside its own effect, and names the pull request', () => {
    const issue = openIssue(world);
    const { pullId } = openPull(world);
    effect(world.as('linus'), (write) => {
      closeIssueInside(write, issue.id, { reason: 'completed', closer: { pullId: pullId! } });
    });
    expect(entriesOf(world, issue, 'closed')).toEqual([
      { kind: 'closed', stateReason: 'completed', closer: { pullId } },
    ]);
    expect(takeEvents(world)).toEqual(['issues.closed by linus']);
  });

  test('an issue that is closed already is not closed again', () => {
    const issue = editIssue(world.as('olaf'), openIssue(world), { state: 'closed' });
    const context = world.as('linus');
    effect(context, (write) => closeIssueInside(write, issue.id, { reason: 'duplicate', closer: null }));
    expect(context.effects).toEqual([]);
    expect(newest(world, issue).stateReason).toBe('completed');
  });

  test('the state of a pull request is not changed as an issue', () => {
    expect(outcome(() => editIssue(world.as('ada'), openPull(world), { state: 'closed' }))).toBe('501');
  });
});

describe('labels and assignees of an edit', () => {
  test('a triager replaces both, with an event for each change', () => {
    const issue = openIssue(world);
    addLabels(world.as('linus'), issue, ['bug', 'old']);
    createLabel(world.as('linus'), world.repository(), { name: 'new' });
    takeEvents(world);
    editIssue(world.as('tove'), newest(world, issue), { labels: ['bug', 'new'], assignees: ['linus'] });
    editIssue(world.as('tove'), newest(world, issue), { assignees: ['grace'] });
    expect(takeEvents(world)).toEqual([
      'issues.unlabeled by tove',
      'issues.labeled by tove',
      'issues.assigned by tove',
      'issues.unassigned by tove',
      'issues.assigned by tove',
    ]);
  });

  test('those of an author without a role are dropped in silence, and the rest is done', () => {
    createLabel(world.as('linus'), world.repository(), { name: 'bug' });
    const issue = openIssue(world);
    const edited = editIssue(world.as('olaf'), issue, {
      title: 'New',
      labels: ['bug'],
      assignees: ['linus'],
    });
    expect(edited).toMatchObject({ title: 'New', labelIds: [], assigneeIds: [] });
  });

  test('a triager cannot make a label this way', () => {
    const issue = openIssue(world);
    expect(outcome(() => editIssue(world.as('tove'), issue, { labels: ['new'] }))).toBe('403');
    expect(world.repository().labelIds).toEqual([]);
  });

  test('on a pull request they are events of the pull request', () => {
    const pull = openPull(world);
    editIssue(world.as('linus'), pull, { title: 'New', labels: ['bug'], assignees: ['tove'] });
    expect(takeEvents(world)).toEqual([
      'pull_request.edited by linus',
      'label.created by linus',
      'pull_request.labeled by linus',
      'pull_request.assigned by linus',
    ]);
  });
});
