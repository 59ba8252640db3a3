import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { addRepository } from '../../src/domain/bootstrap.js';
import { addBlockedBy, dependenciesOf, removeBlockedBy } from '../../src/domain/issues/dependencies.js';
import { createIssue } from '../../src/domain/issues/create.js';
import { deleteLabel, updateLabel } from '../../src/domain/issues/manage-labels.js';
import { addLabels, createLabel, labelNamed } from '../../src/domain/labels.js';
import type { Issue } from '../../src/state/model.js';
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

const PEOPLE = ['ada', 'grace', 'linus', 'tove', 'olaf'] as const;

function numbers(issues: readonly Issue[]): number[] {
  return issues.map((issue) => issue.number);
}

/** An issue of another repository of acme, where only ada has a role. */
async function elsewhere(isPrivate: boolean): Promise<Issue> {
  const repository = await addRepository(world.world, {
    ownerId: world.repository().ownerId,
    name: 'feeds',
    private: isPrivate,
    roles: { [world.people.ada.id]: 'admin' },
  });
  return createIssue(world.as('ada'), repository, { title: 'Elsewhere' });
}

describe('dependencies', () => {
  test('people from triage add and remove them', () => {
    const [blocked, blocking] = [openIssue(world), openIssue(world)];
    const roles = PEOPLE.filter((who) => {
      const added = outcome(() => addBlockedBy(world.as(who), blocked, blocking));
      const removed = outcome(() => removeBlockedBy(world.as(who), blocked, blocking));
      return added === 'allowed' && removed === 'allowed';
    });
    expect(roles).toEqual(['ada', 'grace', 'linus', 'tove']);
    expect(outcome(() => addBlockedBy(world.as('olaf'), blocked, blocking))).toBe('403');
  });

  test('an edge is seen, told and recorded from both ends', () => {
    const [blocked, blocking] = [openIssue(world), openIssue(world)];
    world.events.splice(0);
    const context = world.as('tove');
    addBlockedBy(context, blocked, blocking);
    const view = world.world.view();
    expect(numbers(dependenciesOf(view, blocked).blockedBy)).toEqual([2]);
    expect(numbers(dependenciesOf(view, blocked).blocking)).toEqual([]);
    expect(numbers(dependenciesOf(view, blocking).blocking)).toEqual([1]);
    expect(timeline(world, blocked)).toEqual(['blocked_by_added by tove']);
    expect(entriesOf(world, blocking, 'blocking_added')).toEqual([
      { kind: 'blocking_added', blockedId: blocked.id },
    ]);
    const edge = { blockedId: blocked.id, blockingId: blocking.id, senderId: world.people.tove.id };
    expect(world.events).toMatchObject([
      { name: 'issue_dependencies', action: 'blocked_by_added', ...edge },
      { name: 'issue_dependencies', action: 'blocking_added', ...edge },
    ]);
    expect(context.effects).toHaveLength(1);
  });

  test('removing it is told and recorded from both ends, with the one who did it', () => {
    const [blocked, blocking] = [openIssue(world), openIssue(world)];
    addBlockedBy(world.as('tove'), blocked, blocking);
    takeEvents(world);
    removeBlockedBy(world.as('linus'), blocked, blocking);
    expect(timeline(world, blocked)).toEqual(['blocked_by_added by tove', 'blocked_by_removed by linus']);
    expect(timeline(world, blocking)).toEqual(['blocking_added by tove', 'blocking_removed by linus']);
    expect(takeEvents(world)).toEqual([
      'issue_dependencies.blocked_by_removed by linus',
      'issue_dependencies.blocking_removed by linus',
    ]);
    expect(outcome(() => removeBlockedBy(world.as('linus'), blocked, blocking))).toBe('404');
  });

  test('a pull request is neither a blocker nor blocked', () => {
    const [issue, pull] = [openIssue(world), openPull(world)];
    expect(() => addBlockedBy(world.as('ada'), issue, pull)).toThrow('Validation Failed');
    expect(outcome(() => addBlockedBy(world.as('ada'), pull, issue))).toBe('422');
  });

  test('an issue does not block itself, and an edge is not made twice', () => {
    const [blocked, blocking] = [openIssue(world), openIssue(world)];
    expect(outcome(() => addBlockedBy(world.as('ada'), blocked, blocked))).toBe('422');
    addBlockedBy(world.as('ada'), blocked, blocking);
    expect(outcome(() => addBlockedBy(world.as('ada'), blocked, blocking))).toBe('422');
    expect(dependenciesOf(world.world.view(), blocked).blockedBy).toHaveLength(1);
  });

  test('a cycle is taken, so that who reads it must find it', () => {
    const [one, two] = [openIssue(world), openIssue(world)];
    addBlockedBy(world.as('ada'), one, two);
    addBlockedBy(world.as('ada'), two, one);
    expect(numbers(dependenciesOf(world.world.view(), one).blockedBy)).toEqual([2]);
    expect(numbers(dependenciesOf(world.world.view(), one).blocking)).toEqual([2]);
  });

  test('the fifty-first blocker is refused', () => {
    const blocked = openIssue(world);
    for (let count = 0; count < 50; count += 1) addBlockedBy(world.as('ada'), blocked, openIssue(world));
    expect(outcome(() => addBlockedBy(world.as('ada'), blocked, openIssue(world)))).toBe('422');
    expect(dependenciesOf(world.world.view(), blocked).blockedBy).toHaveLength(50);
  });

  test('an issue waits for one of another repository, and each end is told to its own repository', async () => {
    const blocked = openIssue(world);
    const blocking = await elsewhere(false);
    world.events.splice(0);
    addBlockedBy(world.as('tove'), blocked, blocking);
    expect(world.events.map((event) => event.repositoryId)).toEqual([
      blocked.repositoryId,
      blocking.repositoryId,
    ]);
    expect(outcome(() => addBlockedBy(world.as('tove'), blocking, blocked))).toBe('403');
  });

  test('an issue that the caller does not see is not found', async () => {
    const blocked = openIssue(world);
    const hidden = await elsewhere(true);
    expect(outcome(() => addBlockedBy(world.as('tove'), blocked, hidden))).toBe('404');
    expect(outcome(() => addBlockedBy(world.as('ada'), blocked, hidden))).toBe('allowed');
  });
});

describe('labels of the repository', () => {
  function bug() {
    const repository = world.repository();
    return labelNamed(world.world.store.state.labels, repository, 'BUG')!;
  }

  test('people from write change and delete them', () => {
    createLabel(world.as('linus'), world.repository(), { name: 'bug' });
    const change = (who: (typeof PEOPLE)[number]) =>
      updateLabel(world.as(who), world.repository(), bug(), { description: `by ${who}` });
    expect(PEOPLE.filter((who) => outcome(() => change(who)) === 'allowed')).toEqual([
      'ada',
      'grace',
      'linus',
    ]);
    expect(outcome(() => deleteLabel(world.as('tove'), world.repository(), bug()))).toBe('403');
    expect(outcome(() => deleteLabel(world.as('linus'), world.repository(), bug()))).toBe('allowed');
    expect(world.repository().labelIds).toEqual([]);
  });

  test('a renamed label stays on its issues; their timelines keep the old name', () => {
    const issue = openIssue(world);
    addLabels(world.as('linus'), issue, ['bug']);
    world.events.splice(0);
    const label = updateLabel(world.as('linus'), world.repository(), bug(), {
      name: 'defect',
      color: 'ff0000',
    });
    expect(newest(world, issue).labelIds).toEqual([label.id]);
    expect(entriesOf(world, issue, 'labeled')).toEqual([
      { kind: 'labeled', label: { name: 'bug', color: 'ededed' } },
    ]);
    expect(world.events).toMatchObject([
      { name: 'label', action: 'edited', changes: { name: { from: 'bug' }, color: { from: 'ededed' } } },
    ]);
  });

  test('a name that another label has is refused, in whatever case', () => {
    createLabel(world.as('ada'), world.repository(), { name: 'bug' });
    createLabel(world.as('ada'), world.repository(), { name: 'Feature' });
    const rename = (name: string) => updateLabel(world.as('ada'), world.repository(), bug(), { name });
    expect(outcome(() => rename('feature'))).toBe('422');
    expect(outcome(() => rename('Bug'))).toBe('allowed');
  });

  test('a colour that is none is refused', () => {
    const make = (color: string) => createLabel(world.as('ada'), world.repository(), { name: color, color });
    expect(outcome(() => make('#ff0000'))).toBe('422');
    expect(outcome(() => make('FF0000'))).toBe('allowed');
  });

  test('a deleted label comes off its issues, by the one who deleted it', () => {
    const issue = openIssue(world);
    addLabels(world.as('linus'), issue, ['bug']);
    takeEvents(world);
    deleteLabel(world.as('ada'), world.repository(), bug());
    expect(newest(world, issue).labelIds).toEqual([]);
    expect(timeline(world, issue)).toEqual(['labeled by linus', 'unlabeled by ada']);
    expect(takeEvents(world)).toEqual(['issues.unlabeled by ada', 'label.deleted by ada']);
  });
});
