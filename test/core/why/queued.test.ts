import { expect, test } from '@jest/globals';
import { type Actor, type Pull, read } from '../../../src/core/model/index.js';
import { answerWhy } from '../../../src/core/why/answer-why.js';
import { DEPLOY } from '../../support/snapshot.js';
import {
  ME,
  NOW,
  aSnapshot,
  aTracker,
  aWorkedPull,
  anIssue,
  judge,
  person,
} from '../../support/view-builder.js';

const one = anIssue(1, { labels: [DEPLOY, 'subagent:merge'] });

/** What is said of an issue that could land, where the base has a merge queue. */
function why(parts: Partial<Pull> = {}): string {
  const pulls = [{ ...aWorkedPull(21, one), ...parts }];
  const rules = { mergeQueue: true, approvals: 0 };
  const { view, progress } = judge(aSnapshot({ issues: [one], pulls, trackers: [aTracker()], rules }));
  // Zero-width spaces keep references from being links.
  return answerWhy('ada', [1], view, progress, 'full').replaceAll('\u200b', '');
}

test('what could land goes into the merge queue', () => {
  expect(why()).toContain('\n- Its pull request goes into the merge queue now.');
});

test('what is in the merge queue is landing, at its place', () => {
  const at = (by: Actor) => why({ queued: read({ position: 2, by, group: null }) });
  expect(at(ME)).toContain(
    '🚚 landing, pull request [#21](../pull/21)\n\n- Its pull request is in the merge queue, at place 2.',
  );
  expect(at(person('grace'))).toContain('in the merge queue, at place 2, where `grace` put it.');
});

test('what the merge queue threw out says why, and what brings it back', () => {
  expect(why({ leftQueue: read({ at: NOW, by: null, reason: 'failed_checks' }) })).toMatchInlineSnapshot(`
   "@ada: this is how it stands, and who can change that.

   [#1](../issues/1): 👀 in review, pull request [#21](../pull/21)

   - **Left the merge queue: its checks failed there**
     - Mend what failed and push: a new head is put there again.
     - A person with write comments \`/subagent merge\` to have it put there once more as it is."
  `);
});
