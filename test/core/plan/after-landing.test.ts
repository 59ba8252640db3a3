import { describe, expect, test } from '@jest/globals';
import { type Pull, type Tracker, read } from '../../../src/core/model/index.js';
import { type PlanInput, plan } from '../../../src/core/plan/plan.js';
import { trackerMarker } from '../../../src/core/view/trackers.js';
import { landingOf } from '../../../src/core/names/gate-id.js';
import { history, ownGate } from '../../support/snapshot.js';
import {
  NOW,
  type PullParts,
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
import { actionsOf, planOf, said } from './support.js';

const issue = anIssue(8);
const head = sha('work 8');
const trackers = [aTracker()];
const branches = read({ 'feature/issue-8': { sha: head, beyondBase: read([]) } });

describe('a merged pull request without files', () => {
  const pull = aMergedPull(21, issue, {
    changedFiles: 0,
    ownChecks: read([ownGate({ base: sha('base'), pull: 21 })]),
  });

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

test('what landed keeps its record while the branch of another is reset to the same head', () => {
  const begun = ownGate({ base: sha('base'), pull: 21 }, { status: 'in_progress', conclusion: null });
  const record = { ownChecks: read([begun]) };
  const landed = aWorkedPull(21, issue, record);
  const nine = anIssue(9);
  const reset = aWorkedPull(22, nine, {
    ...record,
    head: { ...landed.head, branch: 'feature/issue-9' },
    detail: { commits: read([]), files: read([]) },
  });
  const base = { sha: head, recent: [head, sha('base')] };
  const { rest } = planOf(aSnapshot({ issues: [issue, nine], pulls: [landed, reset], trackers, base }));
  const written = actionsOf(rest).flatMap((action) => (action.kind === 'publish gates' ? action.gates : []));
  expect(written.map(({ verdict }) => [verdict.conclusion, landingOf(verdict.externalId, 21)])).toEqual([
    ['failure', sha('base')],
  ]);
});

describe('an issue that was done elsewhere', () => {
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

  test('keeps its branch: its work is nowhere else', () => {
    const pull = aWorkedPull(21, closed, { state: 'closed', closedAt: NOW });
    const snapshot = aSnapshot({ issues: [closed], pulls: [pull], trackers, branches });
    expect(judge(snapshot).view.judged[0]?.outcome.kind).toBe('done elsewhere');
    expect(said(planOf(snapshot).rest).join()).not.toContain('delete');
  });

  test('has its pull request closed, with a word about what closed it, if the app has opened it', () => {
    const planned = (pull: Pull) =>
      actionsOf(planOf(aSnapshot({ issues: [closed], pulls: [pull], trackers, branches })).rest).filter(
        ({ kind }) => kind === 'close pull',
      );
    expect(planned(aWorkedPull(21, closed))).toEqual([
      expect.objectContaining({
        pull: { id: 'pull-21', number: 21 },
        comment:
          'Closed: pull request `acme/market#45` has closed issue #8, so that this work is not needed any more. ' +
          'The branch `feature/issue-8` is kept.',
      }),
    ]);
    expect(planned(aWorkedPull(21, closed, { author: person('linus') }))).toEqual([]);
  });
});

describe('the issue of what has landed', () => {
  /** What is planned for the issue, and whether the deployment ends, so many seconds after the pull request was closed. */
  function after(seconds: number, of = issue) {
    const pull = aMergedPull(21, of, { closedAt: NOW - seconds * 1_000 });
    const planned = planOf(aSnapshot({ issues: [of], pulls: [pull], trackers }));
    const all = said(planned.rest);
    return {
      closes: all.filter((each) => each.endsWith(' #8')),
      ends: all.includes('unpin #12'),
      lookAt: planned.lookAt,
    };
  }
  const CLOSES = ['comment on #8', 'close #8'];

  test('is left to GitHub for a minute, which closes it in the background', () => {
    expect(after(59)).toEqual({ closes: [], ends: false, lookAt: NOW + 1_000 });
    expect(after(60)).toMatchObject({ closes: CLOSES, ends: false });
  });

  /** The same where GitHub does not mark what has landed so many seconds ago. */
  function unmarked(seconds: number, parts: PullParts = {}): readonly string[] {
    const begun = ownGate({ base: sha('base'), pull: 21 }, { startedAt: NOW - seconds * 1_000 });
    const landed = aWorkedPull(21, issue, { ownChecks: read([begun]), ...parts });
    const base = { sha: head, recent: [head, sha('base')] };
    const { rest } = planOf(aSnapshot({ issues: [issue], pulls: [landed], trackers, base, branches }));
    return said(rest.filter(({ about }) => about === 'end of #8'));
  }

  test('is left to it for that long after a fast-forward, too, and closed before the branch with the record goes', () => {
    expect(unmarked(59)).toEqual([]);
    expect(unmarked(60)).toEqual(CLOSES);
    const closed = { state: 'closed', closedAt: NOW } as const;
    expect(unmarked(59, closed)).toEqual([...CLOSES, 'delete the branch `feature/issue-8`']);
  });

  test('stays open if somebody has reopened it, and keeps no deployment from its end', () => {
    const again = anIssue(8, { labels: [], stateReason: 'reopened' });
    expect(after(59, again)).toMatchObject({ closes: [], ends: true });
    expect(after(60, again)).toMatchObject({ closes: [], ends: true });
  });
});

describe('a landed branch', () => {
  const landed = { ...issue, state: 'closed', stateReason: 'completed', closedAt: NOW } as const;
  const merged = aMergedPull(21, issue);
  const child = aWorkedPull(30, anIssue(9), { base: 'feature/issue-8', author: person('linus') });

  function ends(pulls: readonly Pull[], others: Partial<PlanInput> & { readonly trackers?: Tracker[] } = {}) {
    const { trackers: more = [], ...input } = others;
    const parts = { issues: [landed], pulls: [merged, ...pulls], trackers: [...trackers, ...more], branches };
    const given = { snapshot: aSnapshot(parts), now: NOW, digest, appVersion: '0.1.0', refusals: [] };
    const { rest } = plan({ ...given, refused: new Set<string>(), ...input });
    return said(rest.filter(({ about }) => about === 'end of #8'));
  }

  const GONE = 'delete the branch `feature/issue-8`';
  const MOVED = 'retarget pull request #30 to `main`';

  test('is deleted once what was based on it has another base', () => {
    expect(ends([])).toEqual([GONE]);
    expect(ends([child])).toEqual([MOVED, GONE]);
  });

  test('stays while an open pull request has to keep it as its base, and the deployment ends all the same', () => {
    const refusals = [{ deed: MOVED, sentence: 'Validation Failed' }];
    expect(ends([child], { refusals })).toEqual([MOVED]);
    const snapshot = aSnapshot({ issues: [landed], pulls: [merged, child], trackers, branches });
    const input = { snapshot, now: NOW, digest, appVersion: '0.1.0', refusals };
    expect(said(plan({ ...input, refused: new Set(['end of #8']) }).rest)).toContain('unpin #12');
  });

  test('stays while it is the head of another open pull request, and not for a fork’s branch of that name', () => {
    const head = { branch: 'feature/issue-8', sha: sha('work 8'), sameRepository: true };
    const other = aWorkedPull(31, anIssue(9), { head, base: 'release', author: person('linus') });
    expect(ends([other])).toEqual([]);
    expect(ends([{ ...other, head: { ...head, sameRepository: false } }])).toEqual([GONE]);
  });

  test('stays while another deployment lands on it', () => {
    const other = aTracker({ number: 40, body: trackerMarker('feature/issue-8', '0', false) });
    expect(ends([], { trackers: [other] })).toEqual([]);
    const over = { ...other, body: trackerMarker('feature/issue-8', '0', true) };
    expect(ends([], { trackers: [over] })).toEqual([GONE]);
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
