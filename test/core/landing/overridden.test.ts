import { describe, expect, test } from '@jest/globals';
import { type PullDetail, read } from '../../../src/core/model/index.js';
import { formatGateId } from '../../../src/core/names/gate-id.js';
import { renderTracker } from '../../../src/core/tracking/tracker.js';
import { DEPLOY, blockedBy, ownGate } from '../../support/snapshot.js';
import {
  HOUR,
  NOW,
  type SnapshotParts,
  aSnapshot,
  aTracker,
  aWorkedPull,
  anIssue,
  judge,
  sha,
} from '../../support/view-builder.js';

const HEAD = sha('work 9');
const gate = ownGate(null, {
  title: `Order overridden by grace for ${HEAD.slice(0, 7)}: a | <b>fix</b>`,
  externalId: formatGateId({ verdict: 'abc', landing: null, override: { comment: 700, on: 29, at: null } }),
});

/** #9 waits for #8, is overridden, approved and green, and somebody asks for it to land. */
function overridden(
  parts: SnapshotParts & { labels?: readonly string[]; detail?: Partial<PullDetail> } = {},
) {
  const { labels = [], detail = {}, ...rest } = parts;
  const first = anIssue(8);
  const second = anIssue(9, {
    labels: [DEPLOY, 'subagent:merge', ...labels],
    blockedBy: blockedBy(8),
  });
  const reviews = read([{ author: 'grace', state: 'approved', commit: HEAD, at: NOW - HOUR } as const]);
  const pulls = [
    aWorkedPull(28, first),
    aWorkedPull(29, second, { ownChecks: read([gate]), detail: { reviews, ...detail } }),
  ];
  const { view, progress } = judge(
    aSnapshot({ issues: [first, second], pulls, trackers: [aTracker()], ...rest }),
  );
  const { step, standings } = progress;
  const { body } = renderTracker(view, progress, '0.1.0');
  return {
    step: step.kind === 'none' ? 'nothing' : `${step.kind} #${step.member.number}`,
    state: standings.find(({ member }) => member.number === 9)?.state,
    row: body.split('\n').find((line) => line.startsWith('| 2 |')),
    details: body.split('\n').find((line) => line.startsWith('- **Order overridden**')),
    needs: body.split('\n\n## ').find((part) => part.startsWith('Needs you')) ?? '',
  };
}

describe('what is overridden', () => {
  test('lands although what it depends on has not', () => {
    expect(overridden()).toMatchObject({ step: 'land #9', state: 'landing' });
  });

  test('is shown as such in the table, and why in its details', () => {
    const { row, details } = overridden();
    expect(row).toContain('; order overridden by `grace`');
    expect(details).toBe(
      `- **Order overridden**: by \`grace\` for [\`${HEAD.slice(0, 7)}\`](../commit/${HEAD}): a \\| \\<b>fix\\</b> ([comment](../issues/29#issuecomment-700))`,
    );
  });

  test('is not landed by the bot while it is on hold', () => {
    expect(overridden({ labels: ['subagent:hold'] })).toMatchObject({ step: 'nothing', state: 'on hold' });
  });

  test('is not landed by the bot while the deployment is frozen', () => {
    const trackers = [
      aTracker({
        labels: read(['subagent:tracking', 'subagent:freeze']),
        labelEvents: read([]),
      }),
    ];
    expect(overridden({ trackers }).step).toBe('nothing');
  });

  test('is not brought up to date, which would end the override, and people are told', () => {
    const behind = { behindBy: 1, lacks: read([sha('base')]) };
    const config = 'merge: { method: fast-forward }\n';
    const { step, needs } = overridden({ detail: behind, config });
    expect(step).toBe('nothing');
    expect(needs).toContain('To bring it up to date would end its override.');
    expect(overridden({ detail: behind }).step).toBe('land #9');
  });

  test('is brought up to date once nothing keeps it back any more', () => {
    const config = 'merge: { method: fast-forward }\n';
    const behind = { behindBy: 1, lacks: read([sha('base')]) };
    const blockers = read([]);
    const issue = anIssue(9, { labels: [DEPLOY, 'subagent:merge'], blockedBy: blockers });
    expect(overridden({ issues: [anIssue(8), issue], detail: behind, config }).step).toBe('update #9');
  });
});
