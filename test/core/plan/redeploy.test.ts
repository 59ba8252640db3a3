import { describe, expect, test } from '@jest/globals';
import { type Comment, type Edit, read, unreadable, valueOr } from '../../../src/core/model/index.js';
import { aComment, history, roleAsked } from '../../support/snapshot.js';
import {
  HOUR,
  MINUTE,
  START,
  type IssueParts,
  type SnapshotParts,
  aMergedPull,
  aSnapshot,
  aTracker,
  aWorkedPull,
  anIssue,
  digest,
  judge,
  person,
} from '../../support/view-builder.js';
import { actionsOf, planOf, said, work } from './support.js';

const AT = START + 2 * HOUR;
const before = anIssue(8);
const { labels } = valueOr(before.history, { labels: [], edits: [], dependencies: [], closed: null });
const edit = (at: number, login = 'linus'): Edit => ({ what: 'body', editor: person(login), at });

/** #8 as it was recorded, and as it is now. */
function parts(issue: IssueParts, comment: Partial<Comment> = {}, more: SnapshotParts = {}): SnapshotParts {
  const now = anIssue(8, { body: 'Newer words', history: history({ labels, edits: [] }), ...issue });
  const { tasks } = aSnapshot({ issues: [before], pulls: [aWorkedPull(28, before)] });
  const said = aComment(8, '/redeploy', { createdAt: AT, ...comment });
  return {
    issues: [now],
    pulls: [aWorkedPull(28, before)],
    trackers: [aTracker()],
    comments: read([said]),
    tasks,
    ...more,
  };
}

function answers(given: SnapshotParts): readonly string[] {
  return actionsOf(planOf(aSnapshot(given)).homes).map((action) =>
    action.kind === 'comment' ? action.body : action.kind === 'react' ? action.with : action.kind,
  );
}

describe('redeploy', () => {
  test('is accepted with the reaction alone, and then the present text is recorded on the branch', () => {
    expect(answers(parts({}))).toEqual(['+1']);
    const accepted = parts({}, { answered: 'done' });
    const [task] = actionsOf(planOf(aSnapshot(accepted)).rest).filter(({ kind }) => kind === 'write task');
    if (task?.kind !== 'write task') throw new Error(`no task in ${work(accepted).join('; ')}`);
    expect(task.task.content).toContain('Newer words');
    expect(task.task.body).toContain('Approval-Event: comment-500');
    expect(task.task.body).toContain(`Body-SHA256: ${digest('Newer words')}`);
  });

  test('leaves the pull request that of the issue, also once it is merged', () => {
    const merged = aMergedPull(28, before);
    const given = parts({}, { answered: 'done' }, { pulls: [merged] });
    const [member] = judge(aSnapshot(given), AT + HOUR).view.judged;
    expect([member?.pull?.number, member?.outcome.kind]).toEqual([28, 'merged']);
  });

  test('records nothing by a comment that somebody has edited, and says so where it is not answered yet', () => {
    expect(answers(parts({}, { edited: true }))[0]).toMatch(
      /^@linus: `redeploy` needs a comment that nobody has edited/,
    );
    const given = parts({}, { answered: 'done', edited: true });
    expect(said(planOf(aSnapshot(given)).rest).join()).not.toMatch(/task/);
  });

  test('records the new title as well', () => {
    expect(answers(parts({ body: before.body, title: 'Another title' }))).toEqual(['+1']);
  });

  test('of what is recorded already is refused', () => {
    expect(answers(parts({ body: before.body }))).toEqual([
      '@linus: nothing to redeploy on #8: the recorded text is the present one.',
      'confused',
    ]);
  });

  test.each([
    ['after it', AT + MINUTE],
    ['in the minute before it', AT - MINUTE / 2],
  ])('of what somebody without write edited %s is refused', (_, at) => {
    const edits = [edit(at, 'mallory')];
    expect(answers(parts({ history: history({ labels, edits }) }))).toEqual([
      '@linus: `mallory`, who has no write access, edited #8 in the minute before your comment, or after it. Read it again, then comment again. Nothing was run.',
      'confused',
    ]);
  });

  test('of what somebody with write edited just now is accepted', () => {
    const edits = [edit(AT - MINUTE / 2)];
    expect(answers(parts({ history: history({ labels, edits }) }))).toEqual(['+1']);
  });

  test('is refused to people with triage, and for an issue that is not deployed', () => {
    expect(answers(parts({}, { author: person('tria') }))).toEqual([
      '@tria: `redeploy` needs the *write* role; you have *triage*.',
      'confused',
    ]);
    expect(answers(parts({}, { body: '/subagent redeploy', number: 99 }))[0]).toContain(
      'it is not part of the deployment',
    );
  });

  test.each([
    ['the history', parts({ history: unreadable('short') })],
    ['the recorded text', parts({}, {}, { tasks: {} })],
    [
      'the role of who edited it',
      parts(
        { history: history({ labels, edits: [edit(AT, 'nora')] }) },
        {},
        {
          roles: {
            linus: roleAsked(read('write'), AT + HOUR),
            nora: roleAsked(unreadable('500'), AT + HOUR),
          },
        },
      ),
    ],
  ])('waits while %s cannot be read', (_, given) => {
    expect(said(planOf(aSnapshot(given)).homes)).toEqual([]);
  });
});
