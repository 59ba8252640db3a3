import { expect, test } from '@jest/globals';
import { read } from '../../../src/core/model/index.js';
import { aSnapshot, aTracker, aWorkedPull, anIssue, judge, labelled } from '../../support/view-builder.js';
import { history } from '../../support/snapshot.js';

const labels = ['deploy-subagent', 'subagent:merge'];
const issue = anIssue(8, { labels, history: history({ labels: labels.map((label) => labelled(label)) }) });
const reviews = read([
  { author: 'ada', state: 'approved' as const, commit: aWorkedPull(21, issue).head.sha, at: 0 },
]);

function step(base: string): string {
  const pull = aWorkedPull(21, issue, { base, detail: { reviews } });
  return judge(aSnapshot({ issues: [issue], pulls: [pull], trackers: [aTracker()] })).progress.step.kind;
}

test('a pull request that goes into another branch than the deployment’s does not land', () => {
  expect(step('main')).toBe('land');
  expect(step('release')).toBe('none');
});
