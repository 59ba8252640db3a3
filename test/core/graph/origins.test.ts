import { describe, expect, test } from '@jest/globals';
import { sharesOf } from '../../../src/core/graph/shares.js';
import { type Actor, type Comment, type DependencyEvent, read } from '../../../src/core/model/index.js';
import { createEdgeAskers } from '../../../src/core/view/edge-askers.js';
import type { Heeded } from '../../../src/core/view/heard.js';
import { DEPLOY, aComment, blockedBy, blocker, history, labelEvent } from '../../support/snapshot.js';
import {
  HOUR,
  type IssueParts,
  ME,
  START,
  aPull,
  aSnapshot,
  anIssue,
  digest,
  judge,
  person,
} from '../../support/view-builder.js';

const deployed = labelEvent('put', DEPLOY, person('linus'));

function graphOf(parts: IssueParts, ...comments: readonly Comment[]) {
  const issue = anIssue(8, parts);
  const other = anIssue(9, { labels: parts.labels ?? [DEPLOY] });
  const pulls = [aPull(21, issue), aPull(22, other)];
  return judge(aSnapshot({ issues: [issue, other], pulls, comments: read(comments) })).view.graph;
}

describe('who an edge comes from', () => {
  function added(actor: Actor | null): DependencyEvent {
    const { closed: _, ...blocking } = blocker(9);
    return { added: true, blocking, actor, at: START + HOUR };
  }
  const native = (parts: IssueParts, actor: Actor | null, ...comments: readonly Comment[]) =>
    graphOf(
      {
        ...parts,
        blockedBy: blockedBy(9),
        history: history({ labels: [deployed], dependencies: [added(actor)] }),
      },
      ...comments,
    ).edges;

  test('is whoever added it on GitHub, as far as GitHub says', () => {
    expect(native({}, person('ada'))).toEqual([{ from: '#8', to: '#9', origin: 'native', by: 'ada' }]);
    expect(native({}, null)).toMatchObject([{ by: null }]);
  });

  test('is the author of the accepted command where the app added it', () => {
    const asked = (body: string, answered: Comment['answered'] = 'done') =>
      native({}, ME, aComment(8, body, { author: person('tria'), answered }))[0]?.by;
    expect(asked('/subagent depends-on #9')).toBe('tria');
    expect(asked('/subagent depends-on #4')).toBe('yardmaster[bot]');
    expect(asked('/subagent depends-on #9', 'refused')).toBe('yardmaster[bot]');
  });

  test('is the approver where the app added it because the recorded text says so', () => {
    expect(native({ body: 'Depends on #9' }, ME)).toEqual([
      { from: '#8', to: '#9', origin: 'native', by: 'linus' },
    ]);
  });

  test('is the approver while a recorded line is not native yet', () => {
    expect(graphOf({ body: 'Depends on #9' }).edges).toEqual([
      { from: '#8', to: '#9', origin: 'line', by: 'linus' },
    ]);
  });

  test('is whoever removed it where the removal does not count', () => {
    const removed = { ...added(person('tria')), added: false };
    const { edges } = graphOf({ history: history({ labels: [deployed], dependencies: [removed] }) });
    expect(edges).toEqual([{ from: '#8', to: '#9', origin: 'kept', by: 'tria' }]);
  });
});

describe('who shared code comes from', () => {
  const LABEL = 'shares:scanner.py';

  function share(by: Actor | null, body = '', ...comments: readonly Comment[]) {
    const labels = [deployed, labelEvent('put', 'Shares:Scanner.py', by)];
    return graphOf({ labels: [DEPLOY, LABEL], body, history: history({ labels }) }, ...comments).shares[0];
  }

  test('is whoever put the labels, each once', () => {
    expect(share(person('ada'))?.origin).toEqual({ kind: 'label', by: ['ada', 'linus'], recorded: false });
    expect(share(person('linus'))?.origin).toEqual({ kind: 'label', by: ['linus'], recorded: false });
    expect(share(null)?.origin).toEqual({ kind: 'label', by: ['linus'], recorded: false });
  });

  test('is whoever put the label last, and nobody who has taken it off', () => {
    const event = (deed: 'put' | 'removed', by: Actor) => labelEvent(deed, LABEL, by);
    const events = [
      event('put', person('linus')),
      event('put', person('ada')),
      event('removed', person('tria')),
    ];
    const { shares } = graphOf({
      labels: [DEPLOY, LABEL],
      history: history({ labels: [deployed, ...events] }),
    });
    expect(shares[0]?.origin).toMatchObject({ by: ['ada', 'linus'] });
  });

  test('is the recorded task where the app put the label for it', () => {
    expect(share(ME, '### Shares\n\nscanner.py -- agree first')).toMatchObject({
      note: 'agree first',
      origin: { kind: 'label', by: ['linus'], recorded: true },
    });
  });
});

describe('shared code', () => {
  const NOBODY = { dependency: () => null, share: () => null, note: () => null };

  test('is the same in whatever case its labels are written, and a note of two sections is told once', () => {
    const body = '### Shares\n\nscanner.py -- agree first';
    const issues = ['shares:scanner.py', 'Shares:Scanner.py'].map((label, index) =>
      anIssue(8 + index, { labels: [DEPLOY, label], body }),
    );
    const pulls = issues.map((issue) => aPull(20 + issue.number, issue));
    const { judged } = judge(aSnapshot({ issues, pulls })).view;
    expect(sharesOf(judged, digest, NOBODY)).toMatchObject([
      { what: 'scanner.py', members: ['#8', '#9'], note: 'agree first' },
    ]);
  });
});

describe('who asked the app for shared code', () => {
  const COMMAND = { verb: 'shares', targets: 'here', name: 'scanner.py', others: [{ number: 9 }] } as const;
  const accepted = (login: string, reason: string | null, parts: object = {}): Heeded => ({
    comment: aComment(8, '', { author: person(login), answered: 'done' }),
    command: { ...COMMAND, line: 1, reason, ...parts },
    here: 8,
  });
  const heard = [accepted('ada', 'first'), accepted('tria', 'then')];
  const askers = createEdgeAskers(heard, 'acme/market', digest);

  test('is the author of the last command, of every issue that it means', () => {
    expect(askers.share(8, 'shares:scanner.py')).toBe('tria');
    expect(askers.share(9, 'Shares:Scanner.py')).toBe('tria');
    expect(askers.share(7, 'shares:scanner.py')).toBeNull();
    expect(askers.share(8, 'shares:other.py')).toBeNull();
  });

  test('has left the note of the last command that has one', () => {
    const later = [...heard, accepted('ada', null)];
    expect(createEdgeAskers(later, 'acme/market', digest).note('Shares:scanner.py')).toBe('then');
    expect(askers.note('shares:other.py')).toBeNull();
  });

  test('counts with that note, although a person has put the label', () => {
    const labels = [DEPLOY, 'shares:scanner.py'];
    const { judged } = judge(aSnapshot({ issues: [anIssue(8, { labels })] })).view;
    expect(sharesOf(judged, digest, askers)).toMatchObject([{ note: 'then', origin: { by: ['linus'] } }]);
  });

  test('comes before the recorded task, and so does its note', () => {
    const labels = [labelEvent('put', 'shares:scanner.py', ME)];
    const body = '### Shares\n\nscanner.py -- agree first';
    const issue = anIssue(8, { labels: [DEPLOY, 'shares:scanner.py'], body, history: history({ labels }) });
    const { judged } = judge(aSnapshot({ issues: [issue], pulls: [aPull(21, issue)] })).view;
    expect(sharesOf(judged, digest, askers)).toMatchObject([
      { note: 'then', origin: { kind: 'label', by: ['tria'], recorded: false } },
    ]);
    const nobody = createEdgeAskers([], 'acme/market', digest);
    expect(sharesOf(judged, digest, nobody)).toMatchObject([
      { note: 'agree first', origin: { by: [], recorded: true } },
    ]);
  });
});
