import { describe, expect, test } from '@jest/globals';
import type { Action } from '../../../src/core/actions/action.js';
import {
  type Actor,
  type Comment,
  type LabelEvent,
  read,
  unreadable,
} from '../../../src/core/model/index.js';
import { sharesLabel } from '../../../src/core/names/labels.js';
import { DEPLOY, aComment, history, labelEvent, roleAsked } from '../../support/snapshot.js';
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
  digest,
  judge,
  person,
} from '../../support/view-builder.js';
import { actionsOf, planOf, said } from './support.js';

const AT = START + 2 * HOUR;
const SCAN = 'shares:scan.py';
const LONG = 'services/market/scanner/with/a/very/long/path/executor.py';
const { name: SHORT } = sharesLabel(LONG, digest);
const PUT = (label: string, number = 8) => `put the label \`${label}\` on #${number}`;
const OFF = (label: string, number = 8) => `take the label \`${label}\` off #${number}`;

type Parts = SnapshotParts & { readonly issue?: IssueParts };

function snapshot(comments: readonly Comment[], parts: Parts = {}) {
  const { issue, ...rest } = parts;
  const issues = [anIssue(8, issue), anIssue(9), anIssue(10)];
  const pulls = issues.map((each) => aPull(each.number + 20, each));
  return aSnapshot({ issues, pulls, trackers: [aTracker()], comments: read(comments), ...rest });
}

function does(body: string, parts: Parts = {}, on = 8): readonly string[] {
  const { homes } = planOf(snapshot([aComment(on, body, { createdAt: AT })], parts));
  expect(actionsOf(homes).at(-1)).toMatchObject({ kind: 'react', with: '+1' });
  return said(homes).slice(0, -1);
}

function refused(body: string, parts: Parts = {}, on = 8): string {
  const actions = actionsOf(planOf(snapshot([aComment(on, body, { createdAt: AT })], parts)).homes);
  expect(actions.at(-1)).toMatchObject({ kind: 'react', with: 'confused' });
  return actions
    .slice(0, -1)
    .map((action: Action) => (action.kind === 'comment' ? action.body : `wrote ${action.kind}`))
    .join('\n');
}

/** Issue 8 with its deploy label, other labels, and what happened to them. */
function labelled(labels: readonly string[], ...events: readonly LabelEvent[]): { issue: IssueParts } {
  const deployed = labelEvent('put', DEPLOY, person('linus'));
  return { issue: { labels: [DEPLOY, ...labels], history: history({ labels: [deployed, ...events] }) } };
}

const put = (by: Actor, at = AT - MINUTE, label = SCAN) => labelEvent('put', label, by, at);
const removed = (by: Actor, at = AT - MINUTE, label = SCAN) => labelEvent('removed', label, by, at);
const tria = person('tria');

describe('shares', () => {
  test.each([
    ['puts the label on its issue', '/shares scan.py', [PUT(SCAN)]],
    [
      'and on those that it names, each once',
      '/shares scan.py #9 #8 #9 -- agree first',
      [PUT(SCAN), PUT(SCAN, 9)],
    ],
    ['takes a name with spaces in quotes', '/shares "market scan"', [PUT('shares:market scan')]],
    ['takes a name as code, and the name of the whole label', '/shares `Shares:scan.py`', [PUT(SCAN)]],
    ['leaves out of a name what nobody can see', '/shares sc\u200ban.py', [PUT(SCAN)]],
    ['shortens a name that is too long for a label', `/shares ${LONG}`, [PUT(SHORT)]],
  ])('%s', (_, body, expected) => {
    expect(does(body)).toEqual(expected);
  });

  test('on the tracking issue puts it on the named ones', () => {
    expect(does('/shares scan.py #9 #10', {}, 12)).toEqual([PUT(SCAN, 9), PUT(SCAN, 10)]);
  });

  test('changes nothing where the label is on, in whatever case', () => {
    expect(does('/shares SCAN.py', labelled([SCAN], put(person('ada'))))).toEqual([]);
  });

  test('has the label made with a colour and a description', () => {
    const [action] = actionsOf(planOf(snapshot([aComment(8, '/shares scan.py', { createdAt: AT })])).homes);
    expect(action).toMatchObject({
      label: { name: SCAN, color: 'bfd4f2', description: 'Touches the same code: scan.py' },
    });
  });

  test('may name what has landed: who lacks its code is to be updated', () => {
    const nine = anIssue(9);
    const issues = [anIssue(8), nine];
    const pulls = [aPull(28, anIssue(8)), aMergedPull(29, nine)];
    expect(does('/shares scan.py #9', { issues, pulls })).toEqual([PUT(SCAN), PUT(SCAN, 9)]);
  });

  test('is refused with what is wrong', () => {
    const nine = anIssue(9, { labels: [] });
    const closed = aPull(29, nine, { state: 'closed', closedAt: START + HOUR });
    const cancelled = { issues: [anIssue(8), nine], pulls: [aPull(28, anIssue(8)), closed] };
    const answers = [
      ...[
        '',
        'scan.py,exec.py',
        'scan.py exec.py',
        '""',
        '" "',
        '\u200b',
        'x'.repeat(201),
        'scan.py acme/lib#7',
      ].map((rest) => refused(`/shares ${rest}`)),
      refused('/shares scan.py #77'),
      refused('/shares scan.py #9', cancelled),
      refused('/shares scan.py', {}, 12),
      refused('/subagent shares scan.py', { issues: [anIssue(8, { labels: [] })], pulls: [] }),
    ];
    expect(answers.join('\n')).toMatchSnapshot();
  });

  test('keeps the note of the newest command for the tracking issue', () => {
    const accepted = (id: number, body: string): Comment =>
      aComment(8, body, { id, createdAt: AT + id, answered: 'done' });
    const comments = [
      accepted(1, '/shares scan.py #9 -- lock first'),
      accepted(2, '/shares other.py -- not this'),
      accepted(3, '/shares scan.py -- agree on the interface'),
      accepted(4, '/shares scan.py #10'),
    ];
    const { graph } = judge(snapshot(comments, labelled([SCAN], put(tria)))).view;
    expect(graph.shares).toMatchObject([{ members: ['#8'], note: 'agree on the interface' }]);
  });
});

describe('not-shares', () => {
  test.each([
    ['the label', '/not-shares scan.py', [SCAN], [OFF(SCAN)]],
    ['it in whatever case', '/not-shares SCAN.PY', ['Shares: Scan.py'], [OFF('Shares: Scan.py')]],
    ['a shortened one by the whole name', `/not-shares ${LONG}`, [SHORT], [OFF(SHORT)]],
    [
      'a shortened one by its own name',
      `/not-shares ${SHORT.slice('shares:'.length)}`,
      [SHORT],
      [OFF(SHORT)],
    ],
    ['one with spaces', '/not-shares "market scan"', ['shares:market scan'], [OFF('shares:market scan')]],
  ] as const)('takes off %s', (_, body, labels, expected) => {
    expect(does(body, labelled(labels, ...labels.map((label) => put(tria, START, label))))).toEqual(expected);
  });

  test('on the tracking issue takes it off the named ones', () => {
    expect(does('/not-shares scan.py #8', labelled([SCAN], put(tria)), 12)).toEqual([OFF(SCAN)]);
  });

  test('frees what a triager has taken off: the app takes it off itself', () => {
    expect(does('/not-shares scan.py', labelled([], put(ME, START), removed(tria)))).toEqual([
      PUT(SCAN),
      OFF(SCAN),
    ]);
    const unknown = { ...labelled([], put(ME, START), removed(person('gone'))), roles: {} };
    const roles = {
      linus: roleAsked(read('write'), AT),
      gone: roleAsked(unreadable('500'), AT),
    };
    expect(does('/not-shares scan.py', { ...unknown, roles })).toEqual([PUT(SCAN), OFF(SCAN)]);
  });

  test('that is run again finds its removal and says nothing more', () => {
    expect(does('/not-shares scan.py', labelled([], put(tria, START), removed(ME, AT)))).toEqual([]);
    expect(
      does('/not-shares scan.py', labelled([], put(tria, START), removed(person('ada'), AT + 1_000))),
    ).toEqual([]);
  });

  test('and shares in one run end as the last one says', () => {
    expect(does('/shares scan.py\n\n/not-shares scan.py')).toEqual([PUT(SCAN), OFF(SCAN)]);
    expect(does('/not-shares scan.py\n\n/shares scan.py', labelled([SCAN], put(tria)))).toEqual([
      OFF(SCAN),
      PUT(SCAN),
    ]);
  });

  test('overtakes an older command to share the same, and not one to share something else', () => {
    const off = labelled([], put(ME, AT + 1_000), removed(ME, AT + MINUTE));
    const plan = (body: string) =>
      said(
        planOf(
          snapshot(
            [
              aComment(8, '/shares scan.py', { id: 1, createdAt: AT }),
              aComment(8, body, { id: 2, createdAt: AT + MINUTE, answered: 'done' }),
            ],
            off,
          ),
        ).homes,
      ).slice(0, -1);
    expect(plan('/not-shares scan.py')).toEqual([]);
    expect(plan('/not-shares other.py')).toEqual([PUT(SCAN)]);
  });

  test('is refused with what is wrong', () => {
    const answers = [
      refused('/not-shares scan.py'),
      refused('/not-shares scan.py', labelled([], put(tria, START), removed(ME, AT - 1_000))),
      refused('/not-shares scan.py #8 #9 #10', labelled([SCAN], put(tria)), 12),
      refused('/not-shares scan.py #77', {}, 12),
      refused('/not-shares'),
      refused('/not-shares scan.py #9'),
      refused('/not-shares scan.py', { issue: { history: unreadable('later') } }),
    ];
    expect(answers.join('\n')).toMatchSnapshot();
  });

  test('needs write, and shares needs triage', () => {
    const by = (login: string, body: string) =>
      said(
        planOf(snapshot([aComment(8, body, { author: person(login), createdAt: AT })], labelled([SCAN])))
          .homes,
      );
    expect(by('tria', '/not-shares scan.py')).toEqual(['comment on #8', 'react to a comment on #8']);
    expect(by('tria', '/shares other.py')).toEqual([PUT('shares:other.py'), 'react to a comment on #8']);
    expect(by('mallory', '/shares other.py')).toEqual(['react to a comment on #8']);
  });
});

describe('a shares label by hand', () => {
  const homes = (parts: Parts) => said(planOf(snapshot([], parts)).homes);
  const sharers = (parts: Parts) =>
    judge(snapshot([], parts)).view.graph.shares.map(({ members }) => members);

  test('counts if somebody with triage has put it', () => {
    expect([homes(labelled([SCAN], put(tria))), sharers(labelled([SCAN], put(tria)))]).toEqual([
      [],
      [['#8']],
    ]);
  });

  test('counts whoever has put it: it only delays, and nobody is asked for', () => {
    const outside = labelled([SCAN], put(person('mallory')));
    expect([homes(outside), sharers(outside)]).toEqual([[], [['#8']]]);
  });

  test('is put back, with one comment, if somebody below write has taken it off, and counts meanwhile', () => {
    const robbed = labelled([], put(ME, START), removed(tria));
    expect([homes(robbed), sharers(robbed)]).toEqual([['comment on #8', PUT(SCAN)], [['#8']]]);
  });

  test('is put back with the very name that it had', () => {
    const label = 'Shares: Scan.py';
    const robbed = labelled([], put(person('ada'), START, label), removed(tria, AT, label));
    expect(homes(robbed)).toEqual(['comment on #8', PUT(label)]);
  });

  test('is gone if somebody with write has taken it off', () => {
    const freed = labelled([], put(tria, START), removed(person('linus')));
    expect([homes(freed), sharers(freed)]).toEqual([[], []]);
  });

  test('that a task asks for is put back, too', () => {
    const body = '### Shares\n\nscan.py';
    const robbed = labelled([], put(ME, START), removed(tria));
    expect(homes({ issue: { ...robbed.issue, body } })).toEqual(['comment on #8', PUT(SCAN)]);
  });

  test('is left to the command that writes it in the same plan', () => {
    const robbed = labelled([], put(ME, START), removed(tria));
    const { homes: groups } = planOf(snapshot([aComment(8, '/shares scan.py', { createdAt: AT })], robbed));
    expect(said(groups)).toEqual([PUT(SCAN), 'react to a comment on #8']);
  });
});
