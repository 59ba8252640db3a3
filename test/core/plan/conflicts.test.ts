import { describe, expect, test } from '@jest/globals';

import { conflictOf } from '../../../src/core/landing/conflict.js';
import { type Conflict, type PullDetail, read, unreadable } from '../../../src/core/model/index.js';
import { planConflicts } from '../../../src/core/plan/conflicts.js';
import { aSnapshot, aTracker, aWorkedPull, anIssue, judge, sha } from '../../support/view-builder.js';

const eight = anIssue(8);
const CONFLICT: Conflict = { changedOnBase: read(['src/part_8.py', 'other.py']), told: read(false) };

function pullWith(detail: Partial<PullDetail>) {
  return aWorkedPull(21, eight, { detail: { mergeable: 'conflicting', conflict: CONFLICT, ...detail } });
}

function plannedFor(detail: Partial<PullDetail>) {
  const snapshot = aSnapshot({ issues: [eight], pulls: [pullWith(detail)], trackers: [aTracker()] });
  return planConflicts(judge(snapshot).view);
}

describe('the files of a conflict', () => {
  test('are those that both sides have changed, in order', () => {
    const files = read(['z.py', 'own.py', 'a.py']);
    const conflict = { ...CONFLICT, changedOnBase: read(['a.py', 'base.py', 'z.py']) };
    expect(conflictOf(pullWith({ files, conflict }))?.files).toEqual(read(['a.py', 'z.py']));
  });

  test('are not guessed where either side cannot be read', () => {
    const away = unreadable<never>('502');
    expect(conflictOf(pullWith({ files: away }))?.files).toEqual(away);
    expect(conflictOf(pullWith({ conflict: { ...CONFLICT, changedOnBase: away } }))?.files).toEqual(away);
  });

  test('are none where GitHub does not say that it conflicts', () => {
    expect(conflictOf(pullWith({ mergeable: 'mergeable' }))).toBeNull();
    expect(conflictOf(aWorkedPull(21, anIssue(8), { detail: { mergeable: 'unknown' } }))).toBeNull();
  });

  test('stay those of the same head while GitHub works out anew whether it conflicts', () => {
    expect(conflictOf(pullWith({ mergeable: 'unknown' }))).toEqual(conflictOf(pullWith({})));
  });
});

describe('a pull request that conflicts', () => {
  test('is asked to be settled, in a comment of that head', () => {
    const [action, ...others] = plannedFor({});
    expect(others).toEqual([]);
    expect(action).toMatchObject({ kind: 'comment', number: 21, cause: `conflict-${sha('work 8')}` });
    expect(action?.kind === 'comment' ? action.body : '').toMatchSnapshot();
  });

  test('is asked so also where the files cannot be read, and the comment says that', () => {
    const [action] = plannedFor({ conflict: { ...CONFLICT, changedOnBase: unreadable('502') } });
    expect(action?.kind === 'comment' ? action.body : '').toContain(
      'Which files both sides change cannot be read: 502.',
    );
  });

  test('is not asked again, nor while it cannot be read whether it was', () => {
    expect(plannedFor({ conflict: { ...CONFLICT, told: read(true) } })).toEqual([]);
    expect(plannedFor({ conflict: { ...CONFLICT, told: unreadable('502') } })).toEqual([]);
  });

  test('is not asked before it conflicts', () => {
    expect(plannedFor({ mergeable: 'mergeable' })).toEqual([]);
  });
});
