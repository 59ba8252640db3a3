import { describe, expect, test } from '@jest/globals';

import { NOW, aSnapshot, aTracker, aWorkedPull, anIssue, sha } from '../../support/view-builder.js';
import { planOf } from './support.js';

const SOON = 15_000;

describe('when to look again', () => {
  const asked = anIssue(8, { labels: ['deploy-subagent', 'subagent:merge'] });
  const approved = { author: 'grace', state: 'approved', commit: sha('work 8'), at: NOW } as const;
  const reviews = { kind: 'read', value: [approved] } as const;
  const lookAt = (mergeable: 'mergeable' | 'unknown') =>
    planOf(
      aSnapshot({
        issues: [asked],
        pulls: [aWorkedPull(21, asked, { detail: { mergeable, reviews } })],
        trackers: [aTracker()],
      }),
    ).lookAt;

  test('is soon where a landing waits for nothing but what GitHub is still working out', () => {
    expect(lookAt('unknown')).toBe(NOW + SOON);
  });

  test('is not, where nothing is waited for but the day after which a subagent counts as stalled', () => {
    expect(lookAt('mergeable')).not.toBe(NOW + SOON);
  });
});
