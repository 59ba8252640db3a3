import { describe, expect, test } from '@jest/globals';
import {
  type Actor,
  type Comment,
  type Issue,
  type LabelEvent,
  read,
  unreadable,
} from '../../../src/core/model/index.js';
import { DEPLOY, aComment, history, labelEvent } from '../../support/snapshot.js';
import {
  HOUR,
  ME,
  MINUTE,
  START,
  type IssueParts,
  type SnapshotParts,
  aMergedPull,
  aPull,
  aSnapshot,
  aTracker,
  anIssue,
  judge,
  person,
} from '../../support/view-builder.js';
import { actionsOf, planOf, said } from './support.js';

const AT = START + 2 * HOUR;
const PUT = (label: string, number = 8) => `put the label \`${label}\` on #${number}`;
const OFF = (label: string, number = 8) => `take the label \`${label}\` off #${number}`;

type Parts = SnapshotParts & { readonly issue?: IssueParts };

function snapshot(comments: readonly Comment[], parts: Parts = {}) {
  const { issue, ...rest } = parts;
  const issues = [anIssue(8, issue), anIssue(9), anIssue(10)];
  const pulls = issues.map((each) => aPull(each.number + 20, each));
  return aSnapshot({ issues, pulls, trackers: [aTracker()], comments: read(comments), ...rest });
}

/** What comments do, beside the reactions that end them. */
function doAll(comments: readonly Comment[], parts: Parts = {}): readonly string[] {
  const actions = planOf(snapshot(comments, parts)).homes;
  expect(actionsOf(actions).at(-1)).toMatchObject({ kind: 'react', with: '+1' });
  return said(actions).filter((line) => !line.startsWith('react'));
}

function does(body: string, parts: Parts = {}, on = 8): readonly string[] {
  return doAll([aComment(on, body, { createdAt: AT })], parts);
}

/** Issue 8 with these labels, and what happened to them. */
function labelled(labels: readonly string[], ...events: readonly LabelEvent[]): { issue: IssueParts } {
  const deployed = labelEvent('put', DEPLOY, person('linus'));
  return { issue: { labels: [DEPLOY, ...labels], history: history({ labels: [deployed, ...events] }) } };
}

const put = (label: string, by: Actor, at = AT - MINUTE) => labelEvent('put', label, by, at);
const removed = (label: string, by: Actor, at = AT - MINUTE) => labelEvent('removed', label, by, at);
const accepted = (id: number, body: string, at: number, on = 8) =>
  aComment(on, body, { id, createdAt: at, answered: 'done' });

describe('effort, risk and priority', () => {
  test.each([
    ['/effort 5-6h', [PUT('effort:5-6h')]],
    ['/effort 5 to 6 hours', [PUT('effort:5-6h')]],
    ['/effort 90min', [PUT('effort:1.5h')]],
    ['/effort 0.1min', [PUT('effort:0-0.01h')]],
    ['/risk HIGH -- moves money', [PUT('risk:high')]],
    ['/priority P0', [PUT('priority:p0')]],
    ['/priority p2', [PUT('priority:p2')]],
    ['/effort 3h\n\n/risk low\n\n/priority p1', [PUT('effort:3h'), PUT('risk:low'), PUT('priority:p1')]],
  ])('%j puts the label', (body, expected) => {
    expect(does(body)).toEqual(expected);
  });

  test('on the tracking issue for those that it names', () => {
    expect(does('/priority p0 #8 #10', {}, 12)).toEqual([PUT('priority:p0'), PUT('priority:p0', 10)]);
  });

  test('take every other label of the kind off, readable or not, once the new one is on', () => {
    const labels = ['priority:p1', 'Priority: soon', 'risk:high'];
    expect(does('/priority p0', labelled(labels))).toEqual([
      PUT('priority:p0'),
      OFF('priority:p1'),
      OFF('Priority: soon'),
    ]);
  });

  test('keep the label that says so already, in whatever case, and change nothing twice', () => {
    expect(does('/risk high', labelled(['Risk:HIGH'], put('Risk:HIGH', person('tria'))))).toEqual([]);
    expect(does('/risk high', labelled(['risk:high', 'risk:low']))).toEqual([OFF('risk:low')]);
  });

  test('that were cut off between their writes go on where they were', () => {
    const half = labelled(['effort:3h', 'effort:5h'], put('effort:5h', ME, AT + 1_000));
    expect(does('/effort 5h', half)).toEqual([OFF('effort:3h')]);
  });

  test.each([
    ['put', put('priority:p3', person('mallory'), AT + 1_000), []],
    ['taken off and is the one asked for', removed('Priority:P0', person('tria'), AT + 1_000), []],
    ['put by nobody whom GitHub names', labelEvent('put', 'priority:p3', null, AT + 1_000), []],
    ['put in the same second', put('priority:p3', person('tria'), AT), [PUT('priority:p0')]],
    ['put of another kind', put('risk:low', person('tria'), AT + 1_000), [PUT('priority:p0')]],
  ])('are done already if a label of the kind was %s since', (_, event, expected) => {
    expect(does('/priority p0', labelled([], event))).toEqual(expected);
  });

  test('are still to be done if somebody only took another label of the kind off since', () => {
    const event = removed('risk:low', person('tria'), AT + 1_000);
    expect(does('/risk high', labelled([], event))).toEqual([PUT('risk:high')]);
    const earlier = put('risk:medium', person('tria'), AT + 500);
    expect(does('/risk high', labelled(['risk:medium'], earlier, event))).toEqual([]);
  });

  test('are done already if somebody changed the label since, whatever the app did after that', () => {
    const events = [
      put('priority:p3', person('tria'), AT + 1_000),
      removed('priority:p3', ME, AT + 2_000),
      put('priority:p1', ME, AT + 2_000),
    ];
    expect(does('/priority p0', labelled(['priority:p1'], ...events))).toEqual([]);
  });

  test('are done already if a later command of the verb about the issue was accepted', () => {
    const old = aComment(8, '/priority p0', { id: 1, createdAt: AT });
    const off = labelled(['priority:p3'], put('priority:p3', ME, AT + MINUTE));
    expect(doAll([old, accepted(2, '/priority p3', AT + MINUTE)], off)).toEqual([]);
    expect(doAll([old, accepted(2, '/priority p3', AT)], off)).toEqual([]);
    expect(doAll([old, accepted(2, '/priority p3 #8', AT + MINUTE, 12)], off)).toEqual([]);
    const runs = [PUT('priority:p0'), OFF('priority:p3')];
    expect(doAll([old, accepted(2, '/priority p3', AT - MINUTE)], off)).toEqual(runs);
    expect(doAll([old, accepted(2, '/priority p3 #9', AT + MINUTE, 12)], off)).toEqual(runs);
    expect(doAll([old, accepted(2, '/risk low', AT + MINUTE)], off)).toEqual(runs);
  });

  test('that are said one after the other end with the label of the last one', () => {
    expect(does('/priority p0\n\n/priority p1', labelled(['priority:p3']))).toEqual([
      PUT('priority:p0'),
      OFF('priority:p3'),
      PUT('priority:p1'),
      OFF('priority:p0'),
    ]);
    const two = [
      aComment(8, '/effort 3h', { id: 1, createdAt: AT }),
      aComment(8, '/effort 3h', { id: 2, createdAt: AT }),
    ];
    expect(doAll(two)).toEqual([PUT('effort:3h')]);
  });

  test('wait while the labels, or what happened to them, cannot be read', () => {
    const comment = aComment(8, '/risk low', { createdAt: AT });
    expect(said(planOf(snapshot([comment], { issue: { history: unreadable('later') } })).homes)).toEqual([]);
    const issues: readonly Issue[] = [{ ...anIssue(8), labels: unreadable('later') }];
    const pulls = [aPull(28, anIssue(8))];
    expect(said(planOf(snapshot([comment], { issues, pulls })).homes)).toEqual([]);
  });

  test('are refused for what does not belong to the deployment, or is over', () => {
    const nine = anIssue(9);
    const over = { issues: [anIssue(8), nine], pulls: [aPull(28, anIssue(8)), aMergedPull(29, nine)] };
    const answer = (on: number, body: string) =>
      actionsOf(planOf(snapshot([aComment(on, body, { createdAt: AT })], over)).homes).map((action) =>
        action.kind === 'comment' ? action.body.split('\n', 1)[0] : action.kind,
      );
    expect(answer(12, '/risk high #77')).toEqual([
      '@linus: nothing to change on #77: it is not part of the deployment.',
      'react',
    ]);
    expect(answer(9, '/priority p0')).toEqual([
      '@linus: nothing to change on #9: its work is over.',
      'react',
    ]);
  });

  test('need triage', () => {
    const by = (login: string) => {
      const comment = aComment(8, '/effort 3h', { author: person(login), createdAt: AT });
      return said(planOf(snapshot([comment])).homes);
    };
    expect([by('tria'), by('mallory')]).toEqual([
      [PUT('effort:3h'), 'react to a comment on #8'],
      ['react to a comment on #8'],
    ]);
  });
});

describe('the why of a risk', () => {
  const body = '### Risk\n\nHIGH (financial impact): bids are paid twice';
  const risk = (comments: readonly Comment[], labels: readonly string[]) => {
    const issue = { labels: [DEPLOY, ...labels], body };
    const { facts } = judge(snapshot(comments, { issue, pulls: [] })).view.judged[0] ?? {};
    return facts?.risk.kind === 'known' ? facts.risk.value : null;
  };
  const FROM_BODY = { level: 'high', reason: 'financial impact', threat: 'bids are paid twice' };

  test('is that of the newest accepted command, before that of the text', () => {
    const said = [accepted(1, '/risk high -- old', AT), accepted(2, '/risk high -- moves money', AT)];
    const comment = { on: 8, id: 2 };
    expect(risk(said, ['risk:high'])).toEqual({ ...FROM_BODY, reason: 'moves money', comment });
    expect(risk([accepted(3, '/risk low #8 -- only docs', AT, 12)], ['risk:low'])).toEqual({
      level: 'low',
      reason: 'only docs',
      threat: null,
      comment: { on: 12, id: 3 },
    });
  });

  test.each([
    ['the label has another level', [accepted(1, '/risk low -- docs', AT)], ['risk:high']],
    ['the label is gone', [accepted(1, '/risk high -- money', AT)], []],
    ['the command is about another issue', [accepted(1, '/risk high #9 -- x', AT, 12)], ['risk:high']],
    ['the command is not accepted', [aComment(8, '/risk high -- x', { answered: 'refused' })], ['risk:high']],
    [
      'a newer command gives none',
      [accepted(1, '/risk high -- x', AT), accepted(2, '/risk high', AT + 1_000)],
      ['risk:high'],
    ],
  ] as const)('is left to the text where %s', (_, comments, labels) => {
    expect(risk(comments, labels)).toEqual(FROM_BODY);
  });

  test('does not come back with a level that was said before the newest command', () => {
    const said = [accepted(1, '/risk medium -- old', AT), accepted(2, '/risk low -- docs', AT + 1_000)];
    expect(risk(said, ['risk:medium'])).toEqual({ level: 'medium', reason: null, threat: null });
  });
});
