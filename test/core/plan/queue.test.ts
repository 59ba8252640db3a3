import { expect, test } from '@jest/globals';
import { describe as sayAction } from '../../../src/core/actions/describe.js';
import { type Refusal } from '../../../src/core/view/view.js';
import { plan } from '../../../src/core/plan/plan.js';
import { read } from '../../../src/core/model/index.js';
import { renderTracker } from '../../../src/core/tracking/tracker.js';
import { DEPLOY } from '../../support/snapshot.js';
import {
  ME,
  NOW,
  type SnapshotParts,
  aSnapshot,
  aTracker,
  aWorkedPull,
  anIssue,
  digest,
  judge,
  person,
} from '../../support/view-builder.js';

const [one, two, three] = [1, 2, 3].map((number) => anIssue(number, { labels: [DEPLOY, 'subagent:merge'] }));
const issues = [one, two, three].flatMap((issue) => issue ?? []);
const pulls = issues.map((issue) => aWorkedPull(20 + issue.number, issue));
const trackers = [aTracker()];
const rules = { mergeQueue: true, approvals: 0 };

/** What is done with the queue and the gates, by group. */
function groups(parts: SnapshotParts, refusals: readonly Refusal[] = [], refused: readonly string[] = []) {
  const snapshot = aSnapshot({ issues, pulls, trackers, rules, ...parts });
  const input = { snapshot, now: NOW, digest, appVersion: '0.1.0', refusals, refused: new Set(refused) };
  return plan(input)
    .rest.filter(({ about }) => about === 'gates' || about.includes('queue'))
    .map(({ about, actions }) => (about === 'gates' ? about : actions.map(sayAction).join(', ')));
}

const put = (pull: number) => `put pull request #${pull} into the merge queue`;

test('those that go into the queue do so in one group: where one fails in passing, the others keep behind it', () => {
  expect(groups({})).toEqual(['gates', [put(21), put(22), put(23)].join(', ')]);
});

test('what GitHub refused is tried after the others, by itself, and not twice in a run', () => {
  const refusals = [{ deed: put(21), sentence: 'Not mergeable' }];
  expect(groups({}, refusals)).toEqual(['gates', [put(22), put(23)].join(', '), put(21)]);
  const tried = ['places in the merge queue from #1'];
  expect(groups({}, refusals, tried)).toEqual(['gates', [put(22), put(23)].join(', ')]);
});

test('what is on hold leaves before any gate says so, or its merge group would fail', () => {
  const held = anIssue(1, { labels: [DEPLOY, 'subagent:merge', 'subagent:hold'] });
  const queued = read({ position: 1, by: ME, group: null });
  const first = { ...aWorkedPull(21, held), queued };
  expect(groups({ issues: [held], pulls: [first] })).toEqual([
    'take pull request #21 out of the merge queue',
    'gates',
  ]);
});

test('the tracking issue names those in the queue by their places, and who put them there', () => {
  const places = [
    { position: 4, by: ME, group: null },
    { position: 2, by: person('grace'), group: null },
  ];
  const inQueue = pulls.map((pull, index) => ({ ...pull, queued: read(places[index] ?? null) }));
  const { view, progress } = judge(aSnapshot({ issues, pulls: inQueue, trackers, rules }));
  const { body } = renderTracker(view, progress, '0.1.0');
  expect(body).toContain(
    'In the merge queue: [#2](../issues/2) (place 2, put there by `grace`), [#1](../issues/1) (place 4). Next in the merge order: [#3]',
  );
});
