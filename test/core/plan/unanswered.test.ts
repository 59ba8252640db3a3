import { describe, expect, test } from '@jest/globals';

import { type Comment, type DependencyEvent, type LabelEvent, read } from '../../../src/core/model/index.js';
import { DEPLOY, aComment, blocker, history, labelEvent } from '../../support/snapshot.js';
import {
  HOUR,
  ME,
  MINUTE,
  START,
  type IssueParts,
  aPull,
  aSnapshot,
  aTracker,
  anIssue,
  person,
} from '../../support/view-builder.js';
import { planOf, said } from './support.js';

const HOLD = 'subagent:hold';
const AT = START + 2 * HOUR;
const REACT = 'react to a comment on #8';
const PUT_AND_OFF = [`put the label \`${HOLD}\` on #8`, REACT, `take the label \`${HOLD}\` off #8`, REACT];

/** Two comments on #8 to which GitHub takes no answer, since the issue is locked: what is done about them. */
function done(first: string, second: Partial<Comment> & { readonly body: string }, issue: IssueParts) {
  const eight = anIssue(8, issue);
  const issues = [eight, anIssue(9)];
  const comments = [
    aComment(8, first, { id: 1, createdAt: AT }),
    aComment(8, second.body, { id: 2, createdAt: AT + MINUTE, ...second }),
  ];
  const pulls = issues.map((each) => aPull(each.number + 20, each));
  const { homes } = planOf(aSnapshot({ issues, pulls, trackers: [aTracker()], comments: read(comments) }));
  return said(homes);
}

/** The issue after the app has done something at that time. */
function after(labels: readonly string[], ...events: readonly LabelEvent[]): IssueParts {
  const deployed = labelEvent('put', DEPLOY, person('linus'));
  return { labels: [DEPLOY, ...labels], history: history({ labels: [deployed, ...events] }) };
}

const put = (label: string, at: number) => labelEvent('put', label, ME, at);
const off = (label: string, at: number) => labelEvent('removed', label, ME, at);
const held = after([], put(HOLD, AT + 1_000), off(HOLD, AT + MINUTE + 1_000));

describe('of two commands that could not be answered', () => {
  test('the older is not run again once the newer was, so they do not undo each other for ever', () => {
    expect(done('/hold', { body: '/unhold' }, held)).toEqual([REACT, REACT]);
  });

  test('both are run, in their order, where neither was', () => {
    expect(done('/hold', { body: '/unhold' }, {})).toEqual(PUT_AND_OFF);
    const longAgo = after([], put(HOLD, START), off(HOLD, START + MINUTE));
    expect(done('/hold', { body: '/unhold' }, longAgo)).toEqual(PUT_AND_OFF);
  });

  test.each<[string, Partial<Comment> & { readonly body: string }]>([
    ['of somebody who may not', { body: '/unhold', author: person('tria') }],
    ['that somebody else has edited', { body: '/unhold', editedByOthers: true }],
    ['with a mistake beside it', { body: '/unhold\n/subagent nonsense' }],
    ['about another issue', { body: '/unhold #9' }],
  ])('a newer one %s undoes nothing: the older is run', (_what, second) => {
    expect(done('/hold', second, held)[0]).toBe(PUT_AND_OFF[0]);
  });

  test('the older level or priority does not come back', () => {
    const high = after(
      ['priority:p1'],
      put('priority:p0', AT + 1_000),
      put('priority:p1', AT + MINUTE + 1_000),
    );
    expect(done('/priority p0', { body: '/priority p1' }, high)).toEqual([REACT, REACT]);
  });

  test('the older dependency does not come back', () => {
    const { closed: _, ...blocking } = blocker(9);
    const event = (added: boolean, at: number): DependencyEvent => ({ added, blocking, actor: ME, at });
    const dependencies = [event(true, AT + 1_000), event(false, AT + MINUTE + 1_000)];
    const labels = [labelEvent('put', DEPLOY, person('linus'))];
    const issue = { history: history({ labels, dependencies }) };
    expect(done('/depends-on #9', { body: '/not-depends-on #9' }, issue)).toEqual([REACT, REACT]);
  });
});
