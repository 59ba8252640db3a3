import { describe, expect, test } from '@jest/globals';
import type { Action } from '../../../src/core/actions/action.js';
import { describe as sayAction } from '../../../src/core/actions/describe.js';
import { type Comment, type DependencyEvent, read, unreadable } from '../../../src/core/model/index.js';
import { DEPLOY, aComment, blockedBy, blocker, history, labelEvent } from '../../support/snapshot.js';
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

const AT = START + 2 * HOUR;
const labels = [labelEvent('put', DEPLOY, person('linus'))];

type Parts = SnapshotParts & { readonly issue?: IssueParts };

function snapshot(comments: readonly Comment[], parts: Parts = {}) {
  const { issue, ...rest } = parts;
  const issues = [anIssue(8, issue), anIssue(9), anIssue(10)];
  const pulls = issues.map((each) => aPull(each.number + 20, each));
  return aSnapshot({ issues, pulls, trackers: [aTracker()], comments: read(comments), ...rest });
}

const says = (body: string, parts: Partial<Comment> = {}) => aComment(8, body, { createdAt: AT, ...parts });

/** What a command on #8 does, beside the reaction that ends it. */
function does(body: string, parts: Parts = {}): readonly string[] {
  const { homes } = planOf(snapshot([says(body)], parts));
  expect(actionsOf(homes).at(-1)).toMatchObject({ kind: 'react', with: '+1' });
  return said(homes).slice(0, -1);
}

/** What is said to a command on #8 that is refused, which does nothing else. */
function refused(body: string, parts: Parts = {}): string {
  const actions = actionsOf(planOf(snapshot([says(body)], parts)).homes);
  expect(actions.at(-1)).toMatchObject({ kind: 'react', with: 'confused' });
  return actions
    .slice(0, -1)
    .map((action: Action) => (action.kind === 'comment' ? action.body : `wrote ${action.kind}`))
    .join('\n');
}

/** A native dependency of #8 on #9, added or removed by somebody at some time. */
function event(
  what: 'added' | 'removed',
  actor: DependencyEvent['actor'],
  at = AT - MINUTE,
): DependencyEvent {
  const { closed: _, ...blocking } = blocker(9);
  return { added: what === 'added', blocking, actor, at };
}

const events = (...dependencies: readonly DependencyEvent[]) => history({ labels, dependencies });

const ON = 'make #8 wait for #9';
const OFF = 'make #8 wait no longer for #9';
const native = { issue: { blockedBy: blockedBy(9) } };
const tria = person('tria');

describe('not-depends-on', () => {
  test.each([
    ['one that is native', '/not-depends-on #9', native, [OFF]],
    [
      'several, each once',
      '/not-depends-on #10 #9 #10',
      { issue: { blockedBy: blockedBy(9, 10) } },
      ['make #8 wait no longer for #10', OFF],
    ],
    [
      'one of another repository',
      '/not-depends-on Acme/Lib#7',
      { issue: { blockedBy: read([blocker(7, { repository: 'acme/lib' })]) } },
      ['make #8 wait no longer for `acme/lib#7`'],
    ],
    [
      'one that a triager has removed: the app adds and removes it, for its own removal counts',
      '/not-depends-on #9',
      { issue: { history: events(event('added', person('linus')), event('removed', tria)) } },
      [ON, OFF],
    ],
    [
      'one that a triager has removed after the command',
      '/not-depends-on #9',
      { issue: { history: events(event('removed', tria, AT + MINUTE)) } },
      [ON, OFF],
    ],
    [
      'a recorded line that is not native yet',
      '/not-depends-on #9',
      { issue: { body: 'Depends on #9' } },
      [ON, OFF],
    ],
  ] as readonly (readonly [string, string, Parts, readonly string[]])[])(
    'takes away %s',
    (_, body, parts, expected) => {
      expect(does(body, parts)).toEqual(expected);
    },
  );

  test('tells GitHub which issue is meant by its database id', () => {
    const far = { issue: { blockedBy: read([blocker(7, { repository: 'acme/lib', databaseId: 77 })]) } };
    expect(actionsOf(planOf(snapshot([says('/not-depends-on acme/lib#7')], far)).homes)[0]).toEqual({
      kind: 'remove dependency',
      number: 8,
      blocking: { databaseId: 77, number: 7, repository: 'acme/lib' },
      cause: 'comment-500',
    });
  });

  test('what the app has added and removed frees, whatever a line or a triager says', () => {
    const freed = events(event('removed', tria), event('added', ME, AT), event('removed', ME, AT));
    const { graph } = judge(snapshot([], { issue: { body: 'Depends on #9', history: freed } })).view;
    expect([graph.edges, graph.toWrite]).toEqual([[], []]);
  });

  test('looks up what a line names before it is freed of it', () => {
    const parts = { issue: { body: 'Depends on #99' } };
    const asked = planOf(snapshot([says('/not-depends-on #99')], parts));
    expect([asked.homes, asked.askNumbers]).toEqual([[], [99]]);
    const named = { 99: read({ databaseId: 1_099, isPull: false }) };
    expect(does('/not-depends-on #99', { ...parts, named })).toEqual([
      'make #8 wait for #99',
      'make #8 wait no longer for #99',
    ]);
  });

  test('is refused for what a line names and GitHub cannot hold, with the way out', () => {
    const issue = { body: 'Depends on acme/lib#7, #99 and #98' };
    const named = { 99: read({ databaseId: 1, isPull: true }), 98: unreadable<never>('there is nothing') };
    expect(
      ['acme/lib#7', '#99', '#98']
        .map((ref) => refused(`/not-depends-on ${ref}`, { issue, named }))
        .join('\n'),
    ).toMatchSnapshot();
  });

  test('is refused for what the issue does not wait for, and then takes nothing away', () => {
    const answers = ['#9', '#8', '#10 #7 #99', 'acme/lib#7'].map((refs) =>
      refused(`/not-depends-on ${refs}`),
    );
    answers.push(refused('/not-depends-on #9 #10', native));
    expect(answers.join('\n')).toMatchSnapshot();
  });

  test('is refused on an issue that is not deployed, and where not all can be read', () => {
    const parts = { issue: { labels: [] } };
    const comment = aComment(8, '/subagent not-depends-on #9', { createdAt: AT });
    const answers = actionsOf(planOf(snapshot([comment], { ...parts, pulls: [] })).homes);
    expect(answers.map(sayAction)).toEqual(['comment on #8', 'react to a comment on #8']);
    expect(answers[0]).toMatchObject({ body: '@linus: #8 is not part of the deployment. Nothing was run.' });
    expect(refused('/not-depends-on #9', { issue: { blockedBy: unreadable('GitHub left it out') } })).toBe(
      '@linus: I could not read all that #8 waits for (GitHub left it out), so I did nothing. Try again in a minute.',
    );
  });

  test('takes nothing away while another part of the snapshot is missing: the comment waits', () => {
    const branches = unreadable<never>('502');
    expect(planOf({ ...snapshot([says('/not-depends-on #9')], native), branches }).homes).toEqual([]);
  });

  test('needs write', () => {
    expect(
      actionsOf(planOf(snapshot([says('/not-depends-on #9', { author: tria })], native)).homes)[0],
    ).toMatchObject({ body: '@tria: `not-depends-on` needs the *write* role; you have *triage*.' });
  });
});

describe('a command that is run again, since it was cut off before its answer,', () => {
  test('finds its removal and says nothing more', () => {
    expect(does('/not-depends-on #9', { issue: { history: events(event('removed', ME, AT)) } })).toEqual([]);
    const before = { issue: { history: events(event('removed', ME, AT - 1_000)) } };
    expect(refused('/not-depends-on #9', before)).toBe('@linus: #8 does not wait for #9.');
  });

  test('goes on where the app had only added what it was to remove', () => {
    const half = { ...native.issue, history: events(event('removed', tria), event('added', ME, AT + 1_000)) };
    expect(does('/not-depends-on #9', { issue: half })).toEqual([OFF]);
  });

  test('leaves alone what a person has done since', () => {
    const added = { ...native.issue, history: events(event('added', person('ada'), AT + 1_000)) };
    expect(does('/not-depends-on #9', { issue: added })).toEqual([]);
    const removed = { history: events(event('removed', person('ada'), AT + 1_000)) };
    expect(does('/depends-on #9', { issue: removed })).toEqual([]);
    expect(does('/depends-on #9', { issue: { history: events(event('removed', person('ada'))) } })).toEqual([
      ON,
    ]);
  });

  test('is done if the opposite was commanded since, and goes on if it was commanded before', () => {
    const runs = (body: string, other: string, at: number, issue: IssueParts) => {
      const earlier = says(other, { id: 400, createdAt: at, answered: 'done' });
      return said(planOf(snapshot([earlier, says(body)], { issue })).homes).slice(0, -1);
    };
    const off = { history: events(event('removed', ME, AT + MINUTE)) };
    expect(runs('/depends-on #9', '/not-depends-on #9', AT + 1_000, off)).toEqual([]);
    expect(runs('/depends-on #9', '/not-depends-on #9', AT - 1_000, off)).toEqual([ON]);
    expect(runs('/depends-on #9', '/not-depends-on #10', AT + 1_000, off)).toEqual([ON]);
    const on = { ...native.issue, history: events(event('added', ME, AT + MINUTE)) };
    expect(runs('/not-depends-on #9', '/depends-on #9', AT + 1_000, on)).toEqual([]);
    expect(runs('/not-depends-on #9', '/depends-on #9', AT - 1_000, on)).toEqual([OFF]);
  });
});

describe('both in one run end as the last one says', () => {
  test('in one comment', () => {
    expect(does('/depends-on #9\n\n/not-depends-on #9')).toEqual([ON, OFF]);
    expect(does('/not-depends-on #9\n\n/depends-on #9', native)).toEqual([OFF, ON]);
    expect(does('/not-depends-on #9\n\n/not-depends-on #9', native)).toEqual([OFF]);
  });

  test('in two comments', () => {
    const comments = [says('/not-depends-on #9', { id: 1 }), says('/depends-on #9', { id: 2 })];
    const homes = said(planOf(snapshot(comments, native)).homes);
    expect(homes.filter((line) => !line.startsWith('react'))).toEqual([OFF, ON]);
  });

  test('and a removal opens the way for a dependency that would have closed a cycle', () => {
    const comments = [
      says('/not-depends-on #9', { id: 1 }),
      aComment(9, '/depends-on #8', { id: 2, createdAt: AT }),
    ];
    const homes = said(planOf(snapshot(comments, native)).homes);
    expect(homes.filter((line) => !line.startsWith('react'))).toEqual([OFF, 'make #9 wait for #8']);
  });
});

test('depends-on makes one native again that a triager has removed', () => {
  expect(does('/depends-on #9', { issue: { history: events(event('removed', tria)) } })).toEqual([ON]);
});
