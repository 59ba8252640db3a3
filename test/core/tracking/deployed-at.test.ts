import { describe, expect, test } from '@jest/globals';

import { type Issue, type LabelEvent, read, unreadable } from '../../../src/core/model/index.js';
import { renderTracker } from '../../../src/core/tracking/tracker.js';
import {
  HOUR,
  MINUTE,
  START,
  type SnapshotParts,
  aMergedPull,
  aSnapshot,
  aTracker,
  aWorkedPull,
  anIssue,
  judge,
  labelled,
  person,
} from '../../support/view-builder.js';

/** An event of the deploy label, so long after the start; a removal if `added` is false. */
function event(hours: number, added = true): LabelEvent {
  return {
    ...labelled('deploy-subagent', person('linus'), START + hours * HOUR),
    id: `event at ${hours}`,
    added,
  };
}

function withEvents(number: number, ...labels: readonly LabelEvent[]): Issue {
  return anIssue(number, { history: read({ labels, edits: [], dependencies: [], closed: null }) });
}

/** When the tracking issue says that it was deployed; two issues, the second of them two hours after the start. */
function deployed(first: Issue, parts: SnapshotParts = {}): string | undefined {
  const issues = [first, withEvents(2, event(2))];
  const pulls = issues.map((issue) => aWorkedPull(20 + issue.number, issue));
  const { view, progress } = judge(
    aSnapshot({ issues, pulls, trackers: [aTracker()], ...parts }),
    START + 12 * HOUR,
  );
  return /Deployed (\S+ \S+)/.exec(renderTracker(view, progress, '0.1.0').body)?.[1];
}

describe('when it was deployed', () => {
  test('is the first approval, before and after there is a tracking issue', () => {
    expect(deployed(withEvents(1, event(0)), { trackers: [] })).toBe('2025-02-24 15:56');
    expect(deployed(withEvents(1, event(0)))).toBe('2025-02-24 15:56');
  });

  test('does not change when that issue is cancelled, or deployed again', () => {
    expect(deployed(withEvents(1, event(0), event(9, false)))).toBe('2025-02-24 15:56');
    expect(deployed(withEvents(1, event(0), event(9, false), event(10)))).toBe('2025-02-24 15:56');
  });

  test('is not an approval that was taken back before, as that of an earlier deployment', () => {
    expect(deployed(withEvents(1, event(-50), event(-40, false), event(0)))).toBe('2025-02-24 15:56');
    const old = withEvents(1, event(-50), event(-40, false), event(9));
    expect(deployed(old)).toBe('2025-02-24 15:57');
  });

  test('is never after the tracking issue was made', () => {
    const trackers = [aTracker({ createdAt: START + 30 * MINUTE })];
    expect(deployed(withEvents(1, event(5)), { trackers })).toBe('2025-02-24 16:26');
  });

  test('does not change while the pull request of that issue cannot be read', () => {
    const first = withEvents(1, event(0));
    const merged = { ...aMergedPull(21, first), detail: unreadable<never>('GitHub gave 502') };
    const pulls = [merged, aWorkedPull(22, withEvents(2, event(2)))];
    expect(deployed(first, { pulls })).toBe('2025-02-24 15:56');
  });
});
