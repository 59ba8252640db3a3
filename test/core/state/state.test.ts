import { describe, expect, test } from '@jest/globals';
import { read } from '../../../src/core/model/index.js';
import { SIGNS } from '../../../src/core/state/state.js';
import { DEPLOY, blockedBy, history } from '../../support/snapshot.js';
import {
  HOUR,
  NOW,
  START,
  type IssueParts,
  type SnapshotParts,
  aMergedPull,
  aPull,
  aSnapshot,
  aTracker,
  aWorkedPull,
  anIssue,
  judge,
  person,
  sha,
} from '../../support/view-builder.js';

const DAY = 24 * HOUR;
const approved = read([{ author: 'grace', state: 'approved', commit: sha('work 1'), at: NOW } as const]);
const [one, two] = [anIssue(1), anIssue(2)];
const wanted = (...labels: readonly string[]) =>
  anIssue(1, { labels: [DEPLOY, 'subagent:merge', ...labels] });
const waiting = (parts: IssueParts = {}) => anIssue(1, { blockedBy: blockedBy(2), ...parts });

function stateIn(parts: SnapshotParts, now = NOW): string {
  const { standings } = judge(aSnapshot({ trackers: [aTracker()], ...parts }), now).progress;
  const { state } = standings.find(({ member }) => member.number === 1)!;
  return `${SIGNS[state]} ${state}`;
}

function because(parts: SnapshotParts): readonly string[] {
  const { standings } = judge(aSnapshot({ trackers: [aTracker()], ...parts })).progress;
  return standings[0]!.because.map(({ kind }) => kind);
}

describe('the state of a subagent', () => {
  const closed = history({
    closed: { actor: null, at: NOW, pull: { number: 45, repository: 'acme/market', merged: true } },
  });
  const elsewhere = {
    ...one,
    state: 'closed',
    stateReason: 'completed',
    closedAt: NOW,
    history: closed,
  } as const;

  test.each([
    ['✅ merged', { issues: [one], pulls: [aMergedPull(21, one)] }],
    ['✅ done elsewhere', { issues: [elsewhere], pulls: [aPull(21, one)] }],
    ['⛔ cancelled', { issues: [one], pulls: [aPull(21, one, { state: 'closed', closedAt: NOW })] }],
    ['❌ conflict', { pulls: [aWorkedPull(21, one, { detail: { mergeable: 'conflicting' } })] }],
    [
      '❌ failing',
      {
        pulls: [
          aWorkedPull(21, one, { detail: { checks: read([{ name: 'build', app: 1, state: 'failed' }]) } }),
        ],
      },
    ],
    ['✋ on hold', { issues: [wanted('subagent:hold')], pulls: [aWorkedPull(21, one)] }],
    ['🚚 landing', { issues: [wanted()], pulls: [aWorkedPull(21, one, { detail: { reviews: approved } })] }],
    [
      '⏸ waiting',
      { issues: [waiting(), two], pulls: [aWorkedPull(21, one, { detail: { reviews: approved } })] },
    ],
    ['✔️ approved', { pulls: [aWorkedPull(21, one, { detail: { reviews: approved } })] }],
    ['👀 in review', { pulls: [aWorkedPull(21, one)] }],
    ['🔵 working', { pulls: [aWorkedPull(21, one, { draft: true })] }],
    ['💤 not started', { issues: [waiting(), two], pulls: [aPull(21, one)] }],
    ['🟡 ready to start', { pulls: [aPull(21, one)] }],
    ['⏳ provisioning', { pulls: [] }],
  ] as readonly (readonly [string, SnapshotParts])[])('%s', (expected, parts) => {
    expect(stateIn({ issues: [one], ...parts })).toBe(expected);
  });

  test('is stalled once nothing was pushed for a day, and not a moment before', () => {
    const parts = { issues: [one], pulls: [aWorkedPull(21, one, { draft: true })] };
    expect(stateIn(parts, START + HOUR + DAY - 1)).toBe('🔵 working');
    expect(stateIn(parts, START + HOUR + DAY)).toBe('🕸 stalled');
    const config = 'stale-after: 30h\n';
    expect(stateIn({ ...parts, config }, START + HOUR + DAY)).toBe('🔵 working');
  });

  test('is not stalled by time where it is in review, or has not begun', () => {
    expect(stateIn({ issues: [one], pulls: [aWorkedPull(21, one)] }, START + 9 * DAY)).toBe('👀 in review');
    expect(stateIn({ issues: [one], pulls: [aPull(21, one)] }, START + 9 * DAY)).toBe('🟡 ready to start');
  });

  test('is the first that fits: a conflict before a failure before a hold', () => {
    const checks = read([{ name: 'build', app: 1, state: 'failed' } as const]);
    const issues = [wanted('subagent:hold')];
    expect(stateIn({ issues, pulls: [aWorkedPull(21, one, { detail: { checks } })] })).toBe('❌ failing');
    const both = aWorkedPull(21, one, { detail: { checks, mergeable: 'conflicting' } });
    expect(stateIn({ issues, pulls: [both] })).toBe('❌ conflict');
  });

  test('is ready to start also while the deployment is frozen: a freeze only keeps from landing', () => {
    const frozen = aTracker({
      labels: read(['subagent:tracking', 'subagent:freeze']),
      labelEvents: read([
        { id: 'f', label: 'subagent:freeze', added: true, actor: person('grace'), at: START },
      ]),
    });
    expect(stateIn({ issues: [one], pulls: [aPull(21, one)], trackers: [frozen] })).toBe('🟡 ready to start');
  });

  test('stays while GitHub works out whether it conflicts', () => {
    const pull = aWorkedPull(21, one, { detail: { reviews: approved, mergeable: 'unknown' } });
    expect(stateIn({ issues: [one], pulls: [pull] })).toBe('✔️ approved');
  });

  test('is in review while only its last push lacks an approval, though the base asks for no other', () => {
    const pull = aWorkedPull(21, one);
    const rules = { approvals: 0, lastPush: true };
    expect(because({ issues: [one], pulls: [pull], rules })).toEqual(['approvals']);
    expect(because({ issues: [one], pulls: [pull], rules: { approvals: 0 } })).toEqual(['not asked']);
  });

  test('comes with the reasons that explain it', () => {
    expect(because({ issues: [waiting(), two], pulls: [aPull(21, one)] })).toEqual([]);
    expect(because({ issues: [one], pulls: [aWorkedPull(21, one)] })).toEqual(['approvals']);
    const conflict = aWorkedPull(21, one, { detail: { mergeable: 'conflicting' } });
    expect(because({ issues: [one], pulls: [conflict] })).toEqual(['conflict']);
  });
});

describe('the phase of a deployment', () => {
  const merged = aMergedPull(21, one);
  const closedPull = aPull(21, one, { state: 'closed', closedAt: NOW });

  test.each([
    ['ready for execution', { issues: [one, two], pulls: [aPull(21, one), aPull(22, two)] }],
    ['in progress', { issues: [one, two], pulls: [aWorkedPull(21, one), aPull(22, two)] }],
    ['landing', { issues: [one, two], pulls: [merged, aPull(22, two)] }],
    ['complete', { issues: [one], pulls: [merged] }],
    ['cancelled', { issues: [one], pulls: [closedPull] }],
  ] as readonly (readonly [string, SnapshotParts])[])('%s', (expected, parts) => {
    expect(judge(aSnapshot({ trackers: [aTracker()], ...parts })).progress.phase).toBe(expected);
  });
});
