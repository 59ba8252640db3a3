import { describe, expect, test } from '@jest/globals';
import type { Snapshot } from '../../../src/core/model/index.js';
import { renderSummary } from '../../../src/core/tracking/summary.js';
import { renderTracker } from '../../../src/core/tracking/tracker.js';
import { judge } from '../../support/view-builder.js';
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
