import { describe, expect, test } from '@jest/globals';
import type { Action } from '../../../src/core/actions/action.js';
import {
  type Comment,
  type LabelEvent,
  type Readable,
  type Role,
  read,
  unreadable,
} from '../../../src/core/model/index.js';
import { DEPLOY, aComment, blockedBy, history, labelEvent, roleAsked } from '../../support/snapshot.js';
import {
  HOUR,
  ME,
  MINUTE,
  START,
  type IssueParts,
  type SnapshotParts,
  aPull,
  aSnapshot,
  aTracker,
  anIssue,
  judge,
  person,
} from '../../support/view-builder.js';
import { actionsOf, planOf, said } from './support.js';

const HOLD = 'subagent:hold';
const AT = START + 2 * HOUR;
const deployed = labelEvent('put', DEPLOY, person('linus'));

function snapshot(comments: readonly Comment[], parts: SnapshotParts & { issue?: IssueParts } = {}) {
  const { issue, ...rest } = parts;
  const issues = [anIssue(8, issue), anIssue(9), anIssue(10)];
  const pulls = issues.map((each) => aPull(each.number + 20, each));
  return aSnapshot({ issues, pulls, trackers: [aTracker()], comments: read(comments), ...rest });
}

/** What a comment does, beside the reaction that ends it. */
function does(body: string, parts: SnapshotParts & { issue?: IssueParts } = {}, on = 8): readonly string[] {
  const { homes } = planOf(snapshot([aComment(on, body, { createdAt: AT })], parts));
  expect(actionsOf(homes).at(-1)).toMatchObject({ kind: 'react', with: '+1' });
  return said(homes).slice(0, -1);
}

/** The reply to a comment that is refused, and nothing else. */
function refused(comment: Comment, parts: SnapshotParts & { issue?: IssueParts } = {}): string {
  const actions = actionsOf(planOf(snapshot([comment], parts)).homes);
  expect(actions.at(-1)).toMatchObject({ kind: 'react', with: 'confused' });
  return actions
    .slice(0, -1)
    .map((action: Action) => (action.kind === 'comment' ? action.body : `wrote ${action.kind}`))
    .join('\n');
}

const PUT = (label: string, number = 8) => `put the label \`${label}\` on #${number}`;
const OFF = (label: string, number = 8) => `take the label \`${label}\` off #${number}`;
const held = { labels: [DEPLOY, HOLD] };

describe('what each verb does', () => {
  test.each([
    ['/hold -- legal', {}, [PUT(HOLD)]],
    ['/hold', { issue: held }, []],
    ['/unhold', { issue: held }, [OFF(HOLD)]],
    ['/unhold', {}, []],
    ['/merge', {}, [PUT('subagent:merge')]],
    ['/not-merge', { issue: { labels: [DEPLOY, 'subagent:merge'] } }, [OFF('subagent:merge')]],
    ['/cancel', {}, [OFF(DEPLOY)]],
    ['/ready', {}, ['mark pull request #28 ready for review']],
    ['/depends-on #9', {}, ['make #8 wait for #9']],
    ['/depends-on #9 #10', {}, ['make #8 wait for #9', 'make #8 wait for #10']],
    ['/depends-on #9', { issue: { blockedBy: blockedBy(9) } }, []],
    ['/subagent refresh', {}, []],
    ['/deploy', { issue: { labels: [] } }, [PUT(DEPLOY)]],
    ['/deploy', {}, []],
    ['/hold\n\n/merge', {}, [PUT(HOLD), PUT('subagent:merge')]],
  ] as const)('%s, %j', (body, parts, expected) => {
    expect(does(body, parts as SnapshotParts)).toEqual(expected);
  });

  test('on the tracking issue for those that it names, or for all that are not over', () => {
    expect(does('/hold #8 #9', {}, 12)).toEqual([PUT(HOLD, 8), PUT(HOLD, 9)]);
    expect(does('/merge all', {}, 12)).toEqual([8, 9, 10].map((number) => PUT('subagent:merge', number)));
  });

  test('deploy looks up what it names on the tracking issue, and deploys issues alone', () => {
    const body = '/deploy #8 #90 #91';
    const asked = planOf(snapshot([aComment(12, body, { createdAt: AT })]));
    expect([asked.homes, asked.askNumbers]).toEqual([[], [90, 91]]);
    const issue = read({ databaseId: 1, isPull: false });
    expect(does(body, { named: { 90: issue, 91: issue } }, 12)).toEqual([PUT(DEPLOY, 90), PUT(DEPLOY, 91)]);
  });

  test.each(['/status', '/help', '/subagent help hold'])('%s is answered', (body) => {
    expect(does(body)).toEqual(['comment on #8']);
  });

  test('on the pull request means its issue', () => {
    const comment = aComment(28, '/hold', { onPull: true });
    expect(said(planOf(snapshot([comment])).homes)).toEqual([PUT(HOLD), 'react to a comment on #28']);
  });
});

describe('who may', () => {
  const by = (login: string, body: string, role?: Readable<Role>): readonly string[] => {
    const roles =
      role === undefined ? {} : { [login]: roleAsked(role, AT), linus: roleAsked(read('write'), AT) };
    return said(
      planOf(snapshot([aComment(8, body, { author: person(login), createdAt: AT })], { roles })).homes,
    );
  };
  const REACT = 'react to a comment on #8';

  test.each([
    ['admin', '/unhold', [REACT]],
    ['write', '/merge', [PUT('subagent:merge'), REACT]],
    ['triage', '/hold', [PUT(HOLD), REACT]],
    ['triage', '/merge', ['comment on #8', REACT]],
    ['read', '/hold', [REACT]],
    ['none', '/help', [REACT]],
  ] as const)('%s says %s', (role, body, expected) => {
    expect(by('hand', body, read(role))).toEqual(expected);
  });

  test('the reply to a role that is too low names both', () => {
    const comment = aComment(8, '/merge', { author: person('tria') });
    expect(refused(comment)).toMatchInlineSnapshot(
      `"@tria: \`merge\` needs the *write* role; you have *triage*."`,
    );
  });

  test('somebody below triage gets a reaction alone, whatever they wrote', () => {
    expect(refused(aComment(8, '/subagent nonsense', { author: person('mallory') }))).toBe('');
  });

  test('a role that cannot be read, or is not known yet, leaves the comment for the next time', () => {
    expect(by('hand', '/hold', unreadable('500'))).toEqual([]);
    const { homes, askRoles } = planOf(snapshot([aComment(8, '/hold', { author: person('new') })]));
    expect([homes, askRoles]).toEqual([[], ['new']]);
  });

  test('a role that was asked before the comment is asked again', () => {
    const roles = { linus: roleAsked(read('write'), AT - 1) };
    const { homes, askRoles } = planOf(snapshot([aComment(8, '/hold', { createdAt: AT })], { roles }));
    expect([homes, askRoles]).toEqual([[], ['linus']]);
  });

  test('a listed bot may what a person with write may; any other, the app itself and a ghost are not heard', () => {
    const heard = (author: Comment['author'], body: string) =>
      said(
        planOf(snapshot([aComment(8, body, { author })], { config: 'allow: { bots: ["helper[bot]"] }\n' }))
          .homes,
      );
    const helper = { login: 'helper[bot]', kind: 'bot' } as const;
    expect(heard(helper, '/hold')).toEqual([PUT(HOLD), REACT]);
    expect(heard({ login: 'other[bot]', kind: 'bot' }, '/hold')).toEqual([]);
    expect(heard(ME, '/hold')).toEqual([]);
    expect(heard(null, '/hold')).toEqual([]);
  });

  test('a listed bot is heard whatever the case of its login', () => {
    const comment = aComment(8, '/deploy', { author: { login: 'Helper[bot]', kind: 'bot' }, createdAt: AT });
    const asked = snapshot([comment], {
      config: 'allow: { bots: ["HELPER[bot]"] }\n',
      issue: { labels: [] },
    });
    expect(said(planOf(asked).homes)).toEqual([PUT(DEPLOY), REACT]);
    expect(judge(asked).view.heard.deploys.unanswered(8)).toMatch(/yet to be answered/);
  });
});

describe('what is refused', () => {
  test('a comment that somebody else has edited', () => {
    expect(refused(aComment(8, '/hold', { editedByOthers: true }))).toMatch(/edited/);
  });

  test('a command in the wrong place', () => {
    expect(refused(aComment(8, '/subagent refresh all'))).not.toBe('');
    expect(refused(aComment(12, '/depends-on #9'))).toMatch(/depends-on/);
  });

  test('all of a comment, if one line is bad', () => {
    expect(refused(aComment(8, '/hold\n\n/subagent nonsense'))).toMatch(/nonsense/);
  });

  test('a dependency that would close a cycle, with the path', () => {
    const issues = [
      anIssue(8),
      anIssue(9, { blockedBy: blockedBy(10) }),
      anIssue(10, { blockedBy: blockedBy(8) }),
    ];
    expect(refused(aComment(8, '/depends-on #9'), { issues })).toMatchInlineSnapshot(
      `"@linus: #9 already waits for #8 (#9 → #10 → #8), so #8 cannot wait for #9."`,
    );
    expect(refused(aComment(8, '/depends-on #8'))).not.toBe('');
  });

  test('a dependency that would close a cycle with one that another command is about to add', () => {
    const first = aComment(8, '/depends-on #9', { id: 1 });
    const second = aComment(9, '/depends-on #8', { id: 2 });
    const { homes } = planOf(snapshot([first, second]));
    expect(said(homes)).toEqual([
      'make #8 wait for #9',
      'react to a comment on #8',
      'comment on #9',
      'react to a comment on #9',
    ]);
    expect(actionsOf(homes).at(-1)).toMatchObject({ with: 'confused' });
  });

  test('what is not part of the deployment, is over, or has no pull request', () => {
    expect(refused(aComment(12, '/hold #99'))).toMatch(/not part of the deployment/);
    const closed = aPull(28, anIssue(8), { state: 'closed', closedAt: START + HOUR });
    const over = anIssue(8, { labels: [], history: history() });
    const spent = { issues: [over], pulls: [closed] };
    expect(refused(aComment(12, '/hold #8'), spent)).toMatch(/its work is over/);
    expect(refused(aComment(8, '/ready'), { pulls: [] })).toMatch(/no open pull request/);
  });

  test('to deploy what is no issue, or the tracking issue', () => {
    const named = { 90: read({ databaseId: 1, isPull: true }), 91: unreadable<never>('no #4 for @org/team') };
    const answers = ['#90', '#91', '#12', '#8 #90'].map((numbers) =>
      refused(aComment(12, `/deploy ${numbers}`), { named, issue: { labels: [] } }),
    );
    expect(answers.join('\n')).toMatchInlineSnapshot(`
     "@linus: nothing to deploy on #90: it is a pull request, and not an issue.
     @linus: nothing to deploy on #91: no #​4 for @​org/team.
     @linus: nothing to deploy on #12: it is the tracking issue.
     @linus: nothing to deploy on #90: it is a pull request, and not an issue."
    `);
  });

  test('a dependency on a pull request, and one that cannot be read', () => {
    const named = { 99: read({ databaseId: 1, isPull: true }), 98: unreadable<never>('it does not exist') };
    expect(refused(aComment(8, '/depends-on #99'), { named })).toMatch(/pull request/);
    expect(refused(aComment(8, '/depends-on #98'), { named })).toMatch(/it does not exist/);
  });
});

test('a number that nobody knows is asked for first, and the comment waits', () => {
  const { homes, askNumbers } = planOf(snapshot([aComment(8, '/depends-on #9 #99')]));
  expect([homes, askNumbers]).toEqual([[], [99]]);
});

test('a comment that is answered, or holds no command, does nothing', () => {
  const comments = [
    aComment(8, '/hold', { answered: 'done' }),
    aComment(8, '/hold', { answered: 'refused', id: 2 }),
    aComment(8, 'I would /hold this', { id: 3 }),
    aComment(8, '> /hold', { id: 4 }),
  ];
  expect(planOf(snapshot(comments)).homes).toEqual([]);
});

describe('a label command', () => {
  describe('for a label of which nobody can tell yet who set it so', () => {
    const MERGE = 'subagent:merge';
    const stranger = person('stranger');
    /** The label as somebody whose role is not known has left it. */
    const left = (label: string, on: boolean, before: readonly LabelEvent[] = [], at = START + HOUR) => {
      const last = labelEvent(on ? 'put' : 'removed', label, stranger, at);
      const labels = [DEPLOY, ...(on ? [label] : [])].filter((each) => on || each !== label);
      return { issue: { labels, history: history({ labels: [deployed, ...before, last] }) } };
    };
    const put = (label: string) => [labelEvent('put', label, ME, START)];

    test.each([
      ['/unhold', left(HOLD, false, put(HOLD)), [PUT(HOLD), OFF(HOLD)]],
      ['/hold', left(HOLD, true), [OFF(HOLD), PUT(HOLD)]],
      ['/merge', left(MERGE, true), [OFF(MERGE), PUT(MERGE)]],
      ['/not-merge', left(MERGE, false, put(MERGE)), [PUT(MERGE), OFF(MERGE)]],
      ['/cancel', left(DEPLOY, false), [PUT(DEPLOY), OFF(DEPLOY)]],
    ] as const)(
      '%s sets it the other way first, so that the app has set it last',
      (body, parts, expected) => {
        expect(does(body, parts)).toEqual(expected);
      },
    );

    test.each([
      ['/unhold', left(HOLD, true), [OFF(HOLD)]],
      ['/hold', left(HOLD, false, put(HOLD)), [PUT(HOLD)]],
      ['/merge', left(MERGE, false, put(MERGE)), [PUT(MERGE)]],
    ] as const)('%s sets what is not so', (body, parts, expected) => {
      expect(does(body, parts)).toEqual(expected);
    });

    test('one that a person has undone since stays undone', () => {
      expect(does('/merge', left(MERGE, false, put(MERGE), AT + HOUR))).toEqual([]);
      const removed = labelEvent('removed', MERGE, person('linus'), AT + MINUTE);
      expect(does('/merge', left(MERGE, true, [...put(MERGE), removed], AT + HOUR))).toEqual([]);
    });
  });

  const events = (...labels: ReturnType<typeof labelEvent>[]) => ({
    issue: { labels: [DEPLOY], history: history({ labels: [deployed, ...labels] }) },
  });

  test('older than the newest event on that label is done already', () => {
    const later = events(
      labelEvent('put', HOLD, person('ada'), AT - HOUR),
      labelEvent('removed', HOLD, person('ada'), AT + MINUTE),
    );
    expect(does('/hold', later)).toEqual([]);
    const before = events(labelEvent('removed', HOLD, person('ada'), AT - 1_000));
    expect(does('/hold', before)).toEqual([PUT(HOLD)]);
  });

  test('in the same second as an event by a person runs: the event may have come before it', () => {
    expect(does('/hold', events(labelEvent('removed', HOLD, person('ada'), AT)))).toEqual([PUT(HOLD)]);
  });

  test('runs although the app has done the opposite since, if that was of itself or for an older command', () => {
    const off = events(labelEvent('removed', HOLD, ME, AT + MINUTE));
    expect(does('/hold', off)).toEqual([PUT(HOLD)]);
    const comments = [
      aComment(8, '/unhold', { id: 4, createdAt: AT - MINUTE }),
      aComment(8, '/hold', { id: 5, createdAt: AT }),
    ];
    expect(said(planOf(snapshot(comments, off)).homes)).toContain(PUT(HOLD));
  });

  test('is done already if the app has done the opposite for a later command', () => {
    const lifted = events(labelEvent('removed', HOLD, ME, AT));
    const plan = (unhold: Partial<Comment>) =>
      planOf(
        snapshot(
          [
            aComment(8, '/hold', { id: 5, createdAt: AT }),
            aComment(8, '/unhold', { answered: 'done', createdAt: AT, ...unhold }),
          ],
          lifted,
        ),
      );
    expect(said(plan({ id: 4 }).homes)).toContain(PUT(HOLD));
    expect(said(plan({ id: 6 }).homes)).not.toContain(PUT(HOLD));
  });

  test('and the next one, both waiting, end as the last one says', () => {
    const comments = (first: string, second: string) => [
      aComment(8, first, { id: 1, createdAt: AT }),
      aComment(8, second, { id: 2, createdAt: AT + 1_000 }),
    ];
    const labels = (actions: readonly string[]) => actions.filter((line) => !line.startsWith('react'));
    expect(labels(said(planOf(snapshot(comments('/hold', '/unhold'))).homes))).toEqual([
      PUT(HOLD),
      OFF(HOLD),
    ]);
    const on = planOf(snapshot(comments('/unhold', '/hold'), { issue: held }));
    expect(labels(said(on.homes))).toEqual([OFF(HOLD), PUT(HOLD)]);
    expect(does('/hold\n\n/unhold')).toEqual([PUT(HOLD), OFF(HOLD)]);
  });

  test('makes a removal its own that somebody did who may not: it is not put back', () => {
    const robbed = events(
      labelEvent('put', HOLD, ME, START),
      labelEvent('removed', HOLD, person('tria'), AT - MINUTE),
    );
    expect(does('/unhold', robbed)).toEqual([PUT(HOLD), OFF(HOLD)]);
    const { homes } = planOf(snapshot([], robbed));
    expect(said(homes)).toEqual(['comment on #8', PUT(HOLD)]);
  });

  test('to deploy what an outsider had labelled deploys it, and the label is not taken off', () => {
    const issue = { by: person('mallory') };
    expect(does('/deploy', { issue, pulls: [] })).toEqual([OFF(DEPLOY), PUT(DEPLOY)]);
  });

  test('to deploy again while the spent label is still on puts a new one', () => {
    const closed = aPull(28, anIssue(8), { state: 'closed', closedAt: START + HOUR });
    expect(does('/deploy', { issues: [anIssue(8)], pulls: [closed] })).toEqual([OFF(DEPLOY), PUT(DEPLOY)]);
  });

  test('to deploy that was cut off before its answer is not taken for an older approval', () => {
    const labels = [
      labelEvent('put', DEPLOY, person('mallory'), START - HOUR),
      labelEvent('removed', DEPLOY, ME, START - HOUR),
      labelEvent('put', DEPLOY, ME, AT),
    ];
    const cut = { issues: [anIssue(8, { history: history({ labels }) })], pulls: [] };
    const comment = aComment(8, '/deploy', { createdAt: AT - 1_000 });
    expect(said(planOf(snapshot([comment], cut)).homes)).toEqual(['react to a comment on #8']);
    const answered = { ...comment, answered: 'done' } as const;
    expect(judge(snapshot([answered], cut)).view.members[0]?.approval).toMatchObject({ by: 'linus' });
    const unread = { ...snapshot([], cut), comments: unreadable<never>('502') };
    expect(judge(unread).view.judged[0]?.approval.kind).toBe('unread');
  });
});
