import { describe, expect, test } from '@jest/globals';
import { type PullDetail, type Snapshot, read } from '../../../src/core/model/index.js';
import { DEPLOY, ownGate } from '../../support/snapshot.js';
import {
  HOUR,
  MINUTE,
  NOW,
  aSnapshot,
  aTracker,
  aWorkedPull,
  anIssue,
  judge,
  sha,
} from '../../support/view-builder.js';
import { actionsOf, planOf, published, said } from './support.js';

const wanted = (number: number, priority: string) =>
  anIssue(number, { labels: [DEPLOY, 'subagent:merge', priority] });
const [urgent, later] = [wanted(8, 'priority:p0'), wanted(9, 'priority:p3')];

/** GitHub keeps the start of an unfinished run that is changed. */
const waiting = ownGate(null, {
  status: 'in_progress',
  conclusion: null,
  title: 'On hold',
  startedAt: NOW - 2 * HOUR,
});
const BEHIND: Partial<PullDetail> = { behindBy: 1, lacks: read([sha('base')]) };

/** #8, whose gate has waited for two hours, and #9 behind it. Both could land by fast-forward. */
function world(detail: Partial<PullDetail> = {}): Snapshot {
  return aSnapshot({
    rules: { requiredChecks: ['build'], approvals: null, mayPush: true },
    issues: [urgent, later],
    pulls: [
      aWorkedPull(28, urgent, { ownChecks: read([waiting]), detail }),
      aWorkedPull(29, later, { detail }),
    ],
    trackers: [aTracker()],
  });
}

function starts(snapshot: Snapshot): readonly unknown[] {
  return actionsOf(planOf(snapshot).rest)
    .flatMap((action) => (action.kind === 'publish gates' ? action.gates : []))
    .filter((gate) => gate.sha === sha('work 8'))
    .map(({ run, startedAt }) => [run, startedAt]);
}

describe('a landing that is recorded in a gate that was waiting', () => {
  test('begins now, and not when the gate did', () => {
    expect(starts(world())).toEqual([[waiting.nodeId, NOW]]);
  });

  test('has GitHub the whole time to mark it: the pull request is not closed at once', () => {
    const head = sha('work 8');
    const landed = { ...published(world()), base: aSnapshot({ base: { sha: head, recent: [head] } }).base };
    const at = (minutes: number) => said(planOf(landed, NOW + minutes * MINUTE).rest).join('\n');
    expect(judge(landed).view.members[0]?.outcome).toEqual({ kind: 'merged', commit: head });
    expect(at(1)).not.toContain('close pull request #28');
    expect(at(10)).toContain('close pull request #28');
  });

  test('keeps its turn when its update was refused in passing', () => {
    const { step } = judge(published(world(BEHIND)), NOW + 5_000).progress;
    expect(step).toMatchObject({ kind: 'update', member: { number: 8 } });
  });

  test('keeps its own start while the gate changes', () => {
    const record = { base: sha('base'), pull: 28 };
    const begun = NOW - 30 * MINUTE;
    const held = { ...waiting, externalId: ownGate(record).externalId, startedAt: begun };
    const pull = aWorkedPull(28, urgent, { ownChecks: read([held]) });
    expect(starts({ ...world(), pulls: read([pull]) })).toEqual([[waiting.nodeId, undefined]]);
  });
});

test('a gate that says something else without a landing keeps its start', () => {
  const held = anIssue(8, { labels: [DEPLOY, 'subagent:hold'] });
  expect(starts({ ...world(), issues: read([held, later]) })).toEqual([[waiting.nodeId, undefined]]);
});
