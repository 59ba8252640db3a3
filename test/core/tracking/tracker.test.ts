import { describe, expect, test } from '@jest/globals';
import { type Closing, type Issue, type Snapshot, read } from '../../../src/core/model/index.js';
import { renderSummary } from '../../../src/core/tracking/summary.js';
import { renderTracker } from '../../../src/core/tracking/tracker.js';
import {
  HOUR,
  START,
  aSnapshot,
  aTracker,
  anIssue,
  judge,
  labelled,
  person,
} from '../../support/view-builder.js';
import { complete, halfWay, justDeployed } from './reference.js';

function shown(snapshot: Snapshot, over = false): string {
  const { view, progress } = judge(snapshot);
  const { title, body } = renderTracker(view, progress, '0.1.0', over);
  return `${title}\n\n${body}`;
}

describe('the tracking issue of the four issues', () => {
  test('just deployed', () => {
    expect(shown(justDeployed())).toMatchSnapshot();
  });

  test('half way', () => {
    expect(shown(halfWay())).toMatchSnapshot();
  });

  test('complete', () => {
    expect(shown(complete(), true)).toMatchSnapshot();
  });

  test('its closing comment', () => {
    const { view, progress } = judge(complete());
    expect(renderSummary(view, progress)).toMatchSnapshot();
  });
});

describe('ends other than a merge', () => {
  const closing = (pull: Closing['pull']) => ({ actor: person('ada'), at: START + HOUR, pull });

  function closed(number: number, pull: Closing['pull']): Issue {
    const labels = [labelled('deploy-subagent')];
    const history = read({ labels, edits: [], dependencies: [], closed: closing(pull) });
    const closedAt = START + HOUR;
    return anIssue(number, { state: 'closed', stateReason: 'completed', closedAt, history });
  }

  test('are named with how they came about', () => {
    const issues = [closed(8, null), closed(4, { number: 45, repository: 'acme/market', merged: true })];
    const text = shown(aSnapshot({ issues, trackers: [aTracker()] }), true);
    expect(text).toContain('Subagent deployment: 2 issues · ✅ complete');
    expect(text).toContain('| ⛔ cancelled: the issue was closed by hand |');
    expect(text).toContain('| ✅ done elsewhere: acme/market#\u200b45 |');
    expect(text).not.toContain('Next in the merge order');
  });

  test('make a cancelled deployment if nothing else happened', () => {
    const { view, progress } = judge(aSnapshot({ issues: [closed(8, null)], trackers: [aTracker()] }));
    expect(renderSummary(view, progress)).toContain(
      '⛔ **The deployment on** `main` **is cancelled**: ⛔ 1 cancelled.',
    );
  });

  test('only the last words are marked as such', () => {
    expect(shown(complete())).not.toContain('over=yes');
    expect(shown(complete(), true)).toMatch(/ over=yes -->\n$/);
  });
});
