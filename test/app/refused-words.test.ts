import { describe, expect, test } from '@jest/globals';
import { AppError } from '../../src/app/errors.js';
import { createRefusals } from '../../src/app/refusals.js';
import type { Action } from '../../src/core/actions/action.js';
import { type Snapshot, read } from '../../src/core/model/index.js';
import { plan } from '../../src/core/plan/plan.js';
import { actionsOf } from '../core/plan/support.js';
import { aComment } from '../support/snapshot.js';
import {
  HOUR,
  ME,
  START,
  type SnapshotParts,
  aMergedPull,
  aSnapshot,
  aTracker,
  aWorkedPull,
  anIssue,
  digest,
  labelled,
} from '../support/view-builder.js';

/** What is asked of a GitHub that shows always the same and takes no comment on some numbers, in one line a run. */
function lives(snapshot: Snapshot, isLocked: (number: number) => boolean, runs: number): readonly string[][] {
  const refusals = createRefusals();
  return Array.from({ length: runs }, () => {
    refusals.beginRun();
    const input = {
      snapshot,
      now: START + 5 * HOUR,
      digest,
      appVersion: '0.1.0',
      refused: new Set<string>(),
    };
    const { rest, refusals: held } = plan({ ...input, refusals: refusals.known() });
    refusals.keep(held);
    refusals.forgetPast(actionsOf(rest));
    const failures = rest.flatMap(({ about, actions }) =>
      actions
        .filter((action) => action.kind === 'comment' && isLocked(action.number))
        .map((action) => ({ about, action, error: new AppError('terminal', 'It is locked'), told: false })),
    );
    refusals.note(failures, null, input.now);
    return rest.map(({ about, actions }) => `${about}: ${actions.map(lineOf).join(', ')}`);
  });
}

function lineOf(action: Action): string {
  return action.kind === 'comment' ? `${action.cause} on #${action.number}` : action.kind;
}

describe('a deployment of which all has landed', () => {
  const over = (number: number, pull: number) =>
    anIssue(number, {
      labels: [],
      state: 'closed',
      stateReason: 'completed',
      closedAt: START + 2 * HOUR,
      history: read({
        labels: [labelled('deploy-subagent')],
        edits: [],
        dependencies: [],
        closed: {
          actor: ME,
          at: START + 2 * HOUR,
          pull: { number: pull, repository: 'acme/market', merged: true },
        },
      }),
    });
  const [a, b] = [over(8, 21), over(9, 22)];
  const parts: SnapshotParts = {
    issues: [a, b],
    pulls: [aMergedPull(21, a), aMergedPull(22, b)],
    branches: read({}),
    trackers: [aTracker()],
    config: 'stakeholders: [{ name: QA, when: [merged] }]\n',
    toldSince: read({ stakeholders: { qa: START }, sync: 0 }),
    said: { known: {}, asked: { 12: read([]), 21: read([]), 22: read([]) } },
  };

  test('ends where the conversations of two pull requests are locked', () => {
    const seen = lives(aSnapshot(parts), (number) => number > 20, 3);
    expect(seen[0]).toContain('stakeholders: told-merged on #21, told-merged on #22');
    expect(seen[1]).toContain('end of the deployment: summary on #12, unpin, update tracker');
  });

  test('ends where that of its own tracking issue is locked, without a word', () => {
    const known = { ...parts, said: { known: { 21: ['told-merged'], 22: ['told-merged'] }, asked: {} } };
    expect(lives(aSnapshot(known), (number) => number === 12, 2)).toEqual([
      ['end of the deployment: summary on #12, unpin, update tracker'],
      ['end of the deployment: unpin, update tracker'],
    ]);
  });
});

describe('what GitHub takes no comment on', () => {
  const issues = Array.from({ length: 30 }, (_, index) => anIssue(100 + index));
  const pulls = issues.map((issue, index) =>
    aWorkedPull(200 + index, issue, {
      detail: { checks: read([{ name: 'build', app: 1, state: 'failed' }]) },
    }),
  );
  const asked = Object.fromEntries(
    [12, ...pulls.map(({ number }) => number)].map((number) => [number, read([])]),
  );

  test('keeps no other from being said, however many they are', () => {
    const snapshot = aSnapshot({ issues, pulls, trackers: [aTracker()], said: { known: {}, asked } });
    const words = lives(snapshot, (number) => number >= 200 && number < 225, 3)
      .flat()
      .join();
    for (const number of [225, 226, 227, 228, 229]) expect(words).toContain(` on #${number}`);
  });

  test('rests, until somebody asks for a refresh', () => {
    const parts = { issues: issues.slice(0, 1), pulls: pulls.slice(0, 1), trackers: [aTracker()] };
    const asks = (comments: NonNullable<SnapshotParts['comments']>) =>
      lives(aSnapshot({ ...parts, said: { known: {}, asked }, comments }), () => true, 3).map(
        (run) => run.filter((line) => line.startsWith('needs')).length,
      );
    const refresh = (createdAt: number) =>
      read([aComment(100, '/refresh', { createdAt, answered: 'done' as const })]);
    expect(asks(refresh(START + 5 * HOUR))).toEqual([1, 0, 0]);
    expect(asks(refresh(START + 5 * HOUR + 1))).toEqual([1, 1, 1]);
  });
});
