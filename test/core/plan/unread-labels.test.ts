import { describe, expect, test } from '@jest/globals';
import { type Comment, type Issue, type Tracker, read, unreadable } from '../../../src/core/model/index.js';
import { aComment } from '../../support/snapshot.js';
import { HOUR, START, aPull, aSnapshot, aTracker, anIssue, person } from '../../support/view-builder.js';
import { planOf, said } from './support.js';

const LATER: readonly string[] = [];
const LABELS = { labels: unreadable<never>('502') };
const FREEZE = 'subagent:freeze';

/** What a comment of a maintainer does, with the reaction that ends it; nothing of one that is left for later. */
function does(on: number, body: string, issue: Partial<Issue>, tracker: Partial<Tracker> = {}) {
  const eight = { ...anIssue(8), ...issue };
  const comment: Comment = aComment(on, body, { author: person('grace'), createdAt: START + 2 * HOUR });
  const snapshot = aSnapshot({
    issues: [eight],
    pulls: [aPull(28, anIssue(8))],
    trackers: [{ ...aTracker(), ...tracker }],
    comments: read([comment]),
  });
  return said(planOf(snapshot).homes);
}

describe.each([
  ['labels of an issue', LABELS],
  ['history of an issue', { history: unreadable<never>('502') }],
] as const)('while the %s cannot be read', (_, issue) => {
  test.each(['/merge', '/unhold', '/deploy'])('%s waits: it may have been overtaken', (body) => {
    expect(does(8, body, issue)).toEqual(LATER);
    expect(does(12, `${body} #8`, issue)).toEqual(LATER);
  });

  test('/hold, which keeps work back, is run', () => {
    expect(does(8, '/hold', issue).slice(-2)).toEqual([
      'put the label `subagent:hold` on #8',
      'react to a comment on #8',
    ]);
  });
});

describe.each([
  ['labels', LABELS],
  ['label events', { labels: read(['subagent:tracking', FREEZE]), labelEvents: unreadable<never>('502') }],
] as const)('while the %s of the tracking issue cannot be read', (_, tracker) => {
  test('a freeze is not ended, and may begin', () => {
    expect(does(12, '/unfreeze', {}, tracker)).toEqual(LATER);
    expect(does(12, '/freeze', {}, tracker).slice(-2)).toEqual([
      `put the label \`${FREEZE}\` on #12`,
      'react to a comment on #12',
    ]);
  });
});

test('what can be read is not waited for', () => {
  expect(does(8, '/merge', {})).toEqual(['put the label `subagent:merge` on #8', 'react to a comment on #8']);
  expect(does(12, '/unfreeze', {})).toEqual(['react to a comment on #12']);
});
