import { describe, expect, test } from '@jest/globals';
import { read } from '../../../src/core/model/index.js';
import { plan } from '../../../src/core/plan/plan.js';
import { history, ownGate } from '../../support/snapshot.js';
import {
  NOW,
  aMergedPull,
  aSnapshot,
  aTracker,
  aWorkedPull,
  anIssue,
  digest,
  judge,
  labelled,
  person,
  sha,
} from '../../support/view-builder.js';
import { planOf, said } from './support.js';

const issue = anIssue(8);
const head = sha('work 8');
const trackers = [aTracker()];
const branches = read({ 'feature/issue-8': { sha: head, beyondBase: read([]) } });

describe('a merged pull request without files', () => {
  const pull = aMergedPull(21, issue, { changedFiles: 0, ownChecks: read([ownGate(sha('base'))]) });

  test('was not emptied, if the base holds the commit that its gate recorded as landing', () => {
    const base = { sha: head, recent: [head, sha('base')] };
    const { view } = judge(aSnapshot({ issues: [issue], pulls: [pull], trackers, base }));
    expect(view.judged[0]?.outcome.kind).toBe('merged');
  });

  test('was emptied, if it does not', () => {
    const { view } = judge(aSnapshot({ issues: [issue], pulls: [pull], trackers }));
    expect(view.judged[0]?.outcome.kind).toBe('cancelled');
  });
});

describe('the branch of an issue that was done elsewhere', () => {
  test('is kept: its work is nowhere else', () => {
    const by = { number: 45, repository: 'acme/market', merged: true };
    const closed = anIssue(8, {
      state: 'closed',
      stateReason: 'completed',
      closedAt: NOW,
      history: history({
        labels: [labelled('deploy-subagent')],
        closed: { actor: person('ada'), at: NOW, pull: by },
      }),
    });
    const pull = aWorkedPull(21, closed, { state: 'closed', closedAt: NOW });
    const snapshot = aSnapshot({ issues: [closed], pulls: [pull], trackers, branches });
    expect(judge(snapshot).view.judged[0]?.outcome.kind).toBe('done elsewhere');
    expect(said(planOf(snapshot).rest).join()).not.toContain('delete');
  });
});

describe('the end of a deployment', () => {
  test('does not wait for a branch that GitHub does not let the app delete', () => {
    const closed = { ...issue, state: 'closed', stateReason: 'completed', closedAt: NOW } as const;
    const snapshot = aSnapshot({ issues: [closed], pulls: [aMergedPull(21, issue)], trackers, branches });
    const input = { snapshot, now: NOW, digest, appVersion: '0.1.0', refused: new Set<string>() };
    expect(said(plan({ ...input, refusals: [] }).rest)).not.toContain('unpin #12');
    const refusals = [{ deed: 'delete the branch `feature/issue-8`', sentence: 'Cannot delete this branch' }];
    expect(said(plan({ ...input, refusals }).rest)).toContain('unpin #12');
  });
});
