import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { addAssignees, removeAssignees } from '../../src/domain/issues/assignees.js';
import { addComment, deleteComment, editComment } from '../../src/domain/issues/comments.js';
import { lockIssue, unlockIssue } from '../../src/domain/issues/locks.js';
import { pinIssue, unpinIssue } from '../../src/domain/issues/pins.js';
import { addReaction, reactionsTo, removeReaction } from '../../src/domain/issues/reactions.js';
import { editHistory } from '../../src/domain/issues/texts.js';
import { createTestWorld } from '../support/world.js';
import {
  type TestWorld,
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

/** Who is allowed, in one line each. */
function allowed(run: (who: (typeof PEOPLE)[number]) => unknown): string[] {
  return PEOPLE.filter((who) => outcome(() => run(who)) === 'allowed');
}

describe('comments', () => {
  test('everybody who is signed in comments', () => {
    const issue = openIssue(world);
    expect(allowed((who) => addComment(world.as(who), newest(world, issue), `I am ${who}`))).toEqual(PEOPLE);
    expect(outcome(() => addComment(world.as('nobody'), issue, 'boo'))).toBe('401');
    expect(newest(world, issue).commentIds).toHaveLength(5);
  });

  test('on a locked issue only people from write comment, and no app', () => {
    const issue = openIssue(world);
    lockIssue(world.as('linus'), issue);
    const comment = (who: (typeof PEOPLE)[number] | 'app') =>
      addComment(world.as(who), newest(world, issue), 'me');
    expect(allowed(comment)).toEqual(['ada', 'grace', 'linus']);
    expect(() => comment('tove')).toThrow('Unable to create comment because issue is locked.');
    expect(() => comment('app')).toThrow('Unable to create comment because issue is locked.');
    unlockIssue(world.as('linus'), newest(world, issue));
    expect(outcome(() => comment('app'))).toBe('allowed');
  });

  test('an app comments on a pull request only with pull_requests: write', async () => {
    const poor = await createTestWorld({ permissions: { issues: 'write', pull_requests: 'read' } });
    expect(outcome(() => addComment(poor.as('app'), openPull(poor), 'hi'))).toBe('403');
    expect(outcome(() => addComment(poor.as('app'), openIssue(poor), 'hi'))).toBe('allowed');
    await poor.close();
  });

  test('the author and people from write edit and delete a comment', () => {
    const issue = openIssue(world);
    const others = addComment(world.as('ada'), issue, 'by ada');
    expect(allowed((who) => editComment(world.as(who), others, `by ${who}`))).toEqual([
      'ada',
      'grace',
      'linus',
    ]);
    expect(allowed((who) => deleteComment(world.as(who), addComment(world.as('ada'), issue, 'x')))).toEqual([
      'ada',
      'grace',
      'linus',
    ]);
    const own = addComment(world.as('olaf'), issue, 'mine');
    expect(outcome(() => editComment(world.as('olaf'), own, 'still mine'))).toBe('allowed');
  });

  test('an edit is in the history and its event says what was there before', () => {
    const comment = addComment(world.as('olaf'), openIssue(world), '/deploy');
    world.events.splice(0);
    const edited = editComment(world.as('linus'), comment, '/cancel');
    const { linus, olaf } = world.people;
    expect(editHistory(world.world.view(), comment.id).map((edit) => [edit.editorId, edit.text])).toEqual([
      [linus.id, '/cancel'],
      [olaf.id, '/deploy'],
    ]);
    expect(world.events).toMatchObject([
      { name: 'issue_comment', action: 'edited', comment: edited, changes: { body: { from: '/deploy' } } },
    ]);
  });

  test('a deleted comment leaves neither reactions nor history, and its event carries it', () => {
    const issue = openIssue(world);
    const comment = editComment(world.as('olaf'), addComment(world.as('olaf'), issue, 'one'), 'two');
    addReaction(world.as('linus'), { kind: 'comment', row: comment }, '+1');
    world.events.splice(0);
    deleteComment(world.as('olaf'), comment);
    const { state } = world.world.store;
    expect([state.comments, state.reactions, state.edits]).toEqual([{}, {}, {}]);
    expect(newest(world, issue).commentIds).toEqual([]);
    expect(world.events).toMatchObject([{ action: 'deleted', comment: { id: comment.id, body: 'two' } }]);
  });

  test.each([
    ['65,536 characters', 'x'.repeat(65_536), 'allowed'],
    ['65,537 characters', 'x'.repeat(65_537), '422'],
    ['only white space', ' \n ', '422'],
  ])('a comment of %s: %s', (_, body, expected) => {
    expect(outcome(() => addComment(world.as('olaf'), openIssue(world), body))).toBe(expected);
  });
});

describe('reactions', () => {
  test('the same reaction of the same person again is the same row and no effect', () => {
    const subject = { kind: 'issue', row: openIssue(world) } as const;
    const first = addReaction(world.as('olaf'), subject, '+1');
    const context = world.as('olaf');
    const second = addReaction(context, subject, '+1');
    expect([first.created, second.created]).toEqual([true, false]);
    expect(second.reaction).toEqual(first.reaction);
    expect(context.effects).toEqual([]);
    addReaction(world.as('olaf'), subject, 'confused');
    addReaction(world.as('tove'), subject, '+1');
    expect(reactionsTo(world.world.view(), subject.row.id)).toHaveLength(3);
  });

  test('reactions send no webhook and leave updated_at as it is', async () => {
    const issue = openIssue(world);
    takeEvents(world);
    await world.clock.advanceTo(world.clock.now() + 60_000, async () => undefined);
    addReaction(world.as('olaf'), { kind: 'issue', row: issue }, 'eyes');
    expect(takeEvents(world)).toEqual([]);
    expect(newest(world, issue).updatedAt).toBe(issue.updatedAt);
  });

  test('nobody takes back the reaction of another, an administrator neither', () => {
    const subject = { kind: 'comment', row: addComment(world.as('olaf'), openIssue(world), 'hi') } as const;
    const { reaction } = addReaction(world.as('olaf'), subject, 'heart');
    expect(outcome(() => removeReaction(world.as('ada'), subject, reaction))).toBe('403');
    removeReaction(world.as('olaf'), subject, reaction);
    expect(reactionsTo(world.world.view(), subject.row.id)).toEqual([]);
  });

  test('on a locked issue an outsider does not react', () => {
    const issue = openIssue(world);
    lockIssue(world.as('ada'), issue);
    const subject = { kind: 'issue', row: newest(world, issue) } as const;
    expect(allowed((who) => addReaction(world.as(who), subject, '-1'))).toEqual(['ada', 'grace', 'linus']);
  });
});

describe('assignees', () => {
  test('people from triage assign', () => {
    const issue = openIssue(world);
    expect(allowed((who) => addAssignees(world.as(who), newest(world, issue), ['tove']))).toEqual([
      'ada',
      'grace',
      'linus',
      'tove',
    ]);
    expect(timeline(world, issue)).toEqual(['assigned by ada']);
  });

  test('logins of nobody, of apps and of people without a role are passed over in silence', () => {
    const issue = openIssue(world);
    takeEvents(world);
    addAssignees(world.as('tove'), issue, ['ghost', 'yardmaster[bot]', 'olaf', 'acme', 'LINUS']);
    expect(newest(world, issue).assigneeIds).toEqual([world.people.linus.id]);
    expect(takeEvents(world)).toEqual(['issues.assigned by tove']);
  });

  test('who commented on the issue can be assigned', () => {
    const issue = openIssue(world);
    addComment(world.as('olaf'), issue, 'I take it');
    addAssignees(world.as('tove'), newest(world, issue), ['olaf']);
    expect(newest(world, issue).assigneeIds).toEqual([world.people.olaf.id]);
  });

  test('taking off says by whom, and who was not assigned makes no event', () => {
    const issue = openIssue(world);
    addAssignees(world.as('tove'), issue, ['linus', 'grace']);
    removeAssignees(world.as('tove'), newest(world, issue), ['grace', 'ada', 'ghost']);
    expect(newest(world, issue).assigneeIds).toEqual([world.people.linus.id]);
    expect(timeline(world, issue)).toEqual(['assigned by tove', 'assigned by tove', 'unassigned by tove']);
  });
});

describe('locks', () => {
  test('people from write lock and unlock', () => {
    const issue = openIssue(world);
    const roles = allowed((who) => {
      lockIssue(world.as(who), newest(world, issue), 'resolved');
      unlockIssue(world.as(who), newest(world, issue));
    });
    expect(roles).toEqual(['ada', 'grace', 'linus']);
  });

  test('a lock has its reason, its entry and its event, once', () => {
    const issue = openIssue(world);
    takeEvents(world);
    lockIssue(world.as('linus'), issue, 'too heated');
    lockIssue(world.as('ada'), newest(world, issue), 'spam');
    expect(newest(world, issue)).toMatchObject({ locked: true, lockReason: 'too heated' });
    unlockIssue(world.as('ada'), newest(world, issue));
    expect(newest(world, issue)).toMatchObject({ locked: false, lockReason: null });
    expect(timeline(world, issue)).toEqual(['locked by linus', 'unlocked by ada']);
    expect(takeEvents(world)).toEqual(['issues.locked by linus', 'issues.unlocked by ada']);
  });

  test('a locked pull request says so as a pull request', () => {
    lockIssue(world.as('linus'), openPull(world));
    expect(takeEvents(world)).toEqual(['pull_request.locked by linus']);
  });
});

describe('pins', () => {
  test('people from write pin and unpin, and the app does', () => {
    const issue = openIssue(world);
    expect(allowed((who) => pinIssue(world.as(who), issue))).toEqual(['ada', 'grace', 'linus']);
    unpinIssue(world.as('app'), issue);
    pinIssue(world.as('app'), issue);
    expect(world.repository().pinned).toEqual([{ issueId: issue.id, byId: world.app.botId }]);
    expect(timeline(world, issue)).toEqual([
      'pinned by ada',
      'unpinned by yardmaster[bot]',
      'pinned by yardmaster[bot]',
    ]);
  });

  test('a fourth pin is refused until one is taken away', () => {
    const [first, second, third, fourth] = [1, 2, 3, 4].map(() => openIssue(world));
    for (const issue of [first!, second!, third!]) pinIssue(world.as('ada'), issue);
    takeEvents(world);
    expect(outcome(() => pinIssue(world.as('ada'), fourth!))).toBe('422');
    unpinIssue(world.as('ada'), first!);
    pinIssue(world.as('ada'), fourth!);
    expect(world.repository().pinned.map((pin) => pin.issueId)).toEqual([second!.id, third!.id, fourth!.id]);
    expect(takeEvents(world)).toEqual(['issues.unpinned by ada', 'issues.pinned by ada']);
  });

  test('a pull request cannot be pinned', () => {
    expect(outcome(() => pinIssue(world.as('ada'), openPull(world)))).toBe('422');
  });
});
