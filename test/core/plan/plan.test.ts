import { describe, expect, test } from '@jest/globals';
import { needsWholeSnapshot } from '../../../src/core/actions/memory.js';
import { type Snapshot, read, unreadable } from '../../../src/core/model/index.js';
import { DEPLOY, aComment, blockedBy, history, labelEvent, ownGate } from '../../support/snapshot.js';
import {
  HOUR,
  ME,
  NOW,
  START,
  type SnapshotParts,
  aMergedPull,
  aPull,
  aSnapshot,
  aTracker,
  aWorkedPull,
  anIssue,
  judge,
  person,
  sha,
} from '../../support/view-builder.js';
import { actionsOf, planOf, published, said, work } from './support.js';

const DAY = 24 * HOUR;
const [one, two] = [anIssue(1), anIssue(2)];
const underWay = (parts: SnapshotParts = {}): Snapshot =>
  aSnapshot({
    issues: [one, two],
    pulls: [aWorkedPull(21, one), aPull(22, two)],
    trackers: [aTracker()],
    ...parts,
  });

describe('a converged repository', () => {
  test('gives an empty plan, also an hour later', () => {
    const converged = published(underWay());
    expect(said(planOf(converged).homes)).toEqual([]);
    expect(said(planOf(converged).rest)).toEqual([]);
    expect(said(planOf(converged, NOW + HOUR).rest)).toEqual([]);
    expect(planOf(converged)).toMatchObject({ askRoles: [], askNumbers: [], openWork: true });
  });

  test('gives equal plans for equal snapshots', () => {
    expect(planOf(underWay())).toEqual(planOf(underWay()));
  });

  test('stays so with an edit by an outsider after the task was recorded', () => {
    const edits = [{ what: 'body', editor: person('mallory'), at: START + HOUR }] as const;
    const labels = [labelEvent('put', DEPLOY, person('linus'))];
    const event = { ...labels[0]!, id: 'event-deploy-subagent' };
    const edited = anIssue(1, { history: history({ labels: [event], edits }) });
    const { homes } = planOf(underWay({ issues: [edited, two] }));
    expect(said(homes)).toEqual([]);
  });
});

describe('homes come first', () => {
  test('nothing else is planned while a home changes', () => {
    const comments = read([aComment(1, '/hold')]);
    const { homes, rest } = planOf(underWay({ comments }));
    expect(said(homes)).toEqual(['put the label `subagent:hold` on #1', 'react to a comment on #1']);
    expect(rest).toEqual([]);
  });

  test('a label that somebody removed who may not is put back with one comment first', () => {
    const labels = [
      labelEvent('put', DEPLOY, person('linus')),
      labelEvent('removed', DEPLOY, person('tria'), START + HOUR),
    ];
    const robbed = anIssue(1, { labels: [], history: history({ labels }) });
    const { homes } = planOf(underWay({ issues: [robbed, two] }));
    expect(said(homes)).toEqual(['comment on #1', `put the label \`${DEPLOY}\` on #1`]);
    expect(actionsOf(homes)[0]).toMatchObject({ cause: `put-back-${labels[1]!.id}` });
  });

  test.each([
    ['refused', anIssue(1, { by: person('mallory') })],
    [
      'withdrawn',
      anIssue(1, {
        history: history({
          labels: [labelEvent('put', DEPLOY, person('linus'))],
          edits: [{ what: 'title', editor: person('mallory'), at: START }],
        }),
      }),
    ],
  ])('a %s approval: the label goes, and one comment says why', (kind, issue) => {
    const { homes } = planOf(aSnapshot({ issues: [issue] }));
    expect(said(homes)).toEqual(['comment on #1', `take the label \`${DEPLOY}\` off #1`]);
    const [comment] = actionsOf(homes);
    expect(comment).toMatchObject({ cause: expect.stringMatching(`^${kind}-`) });
    expect(comment?.kind === 'comment' && comment.body).toMatchSnapshot();
  });

  test('a spent label goes', () => {
    const closed = aPull(21, one, { state: 'closed', closedAt: START + HOUR });
    const { homes } = planOf(aSnapshot({ issues: [one], pulls: [closed] }));
    expect(said(homes)).toEqual(['comment on #1', `take the label \`${DEPLOY}\` off #1`]);
  });

  test('the tracking issue’s label is put back', () => {
    const bare = aTracker({ labels: read([]), labelEvents: read([]) });
    expect(said(planOf(underWay({ trackers: [bare] })).homes)).toEqual([
      'put the label `subagent:tracking` on #12',
    ]);
  });
});

describe('an inactive repository', () => {
  const outsider = aWorkedPull(30, anIssue(9));

  const inactive = (parts: SnapshotParts = {}) =>
    aSnapshot({ pulls: [outsider], rules: { requiredChecks: [] }, ...parts });
  const unlabelled = { repository: { hasDeployLabel: false } };
  const SUCCESS = 'publish 1 gates: Ready to be chosen as a required check';

  test('gets nothing but one success of the gate on its base, and the deploy label', () => {
    expect(said(planOf(inactive(unlabelled)).rest)).toEqual([SUCCESS, `make the label \`${DEPLOY}\``]);
    expect(actionsOf(planOf(inactive(unlabelled)).rest)[0]).toMatchObject({
      gates: [{ sha: sha('base'), run: null, verdict: { conclusion: 'success' } }],
    });
    expect(said(planOf(inactive()).rest)).toEqual([]);
    expect(planOf(inactive()).openWork).toBe(false);
  });

  test('gets that success also where somebody had made the label before', () => {
    expect(said(planOf(inactive({ base: { everChecked: false } })).rest)).toEqual([SUCCESS]);
  });

  test.each<readonly [string, SnapshotParts]>([
    ['it is there already', { base: { ownChecks: read([ownGate(null)]) } }],
    ['it cannot be read what is there', { base: { ownChecks: unreadable('short') } }],
    ['the gate is required already', { rules: { requiredChecks: ['merge-order'] } }],
  ])('gets no success where %s', (_, parts) => {
    expect(said(planOf(inactive({ ...unlabelled, ...parts })).rest)).not.toContain(SUCCESS);
  });

  test.each([
    ['a config file', { config: 'base: main\n', rules: { requiredChecks: [] } }],
    ['a rule that asks for the gate', {}],
    ['a deploy-labelled issue', { issues: [one], rules: { requiredChecks: [] } }],
    ['a tracking issue', { trackers: [aTracker()], rules: { requiredChecks: [] } }],
  ])('is active with %s: every open pull request has a gate', (_, parts) => {
    const heads = actionsOf(planOf(aSnapshot({ pulls: [outsider], ...parts })).rest).flatMap((action) =>
      action.kind === 'publish gates' ? action.gates.map(({ sha: head }) => head) : [],
    );
    expect(heads).toEqual([outsider.head.sha]);
  });
});

describe('an incomplete snapshot', () => {
  const cancelled = anIssue(2, {
    labels: [],
    history: history({
      labels: [labelEvent('put', DEPLOY, person('linus')), labelEvent('removed', DEPLOY, ME, START + 1_000)],
    }),
  });
  const merged = aMergedPull(21, one);
  /** Asks for a landing, a closing of a pull request and of an issue, a deletion, and a new tracking issue. */
  const busy: SnapshotParts = {
    issues: [one, cancelled, anIssue(3, { labels: [DEPLOY, 'subagent:merge'] }), anIssue(4)],
    pulls: [
      merged,
      aPull(22, cancelled),
      aWorkedPull(23, anIssue(3), {
        detail: { reviews: read([{ author: 'grace', state: 'approved', commit: sha('work 3'), at: NOW }]) },
      }),
    ],
    branches: read({ 'feature/issue-1': { sha: merged.head.sha, beyondBase: read([]) } }),
  };

  test('is needed whole for what cannot be taken back', () => {
    const kinds = actionsOf(planOf(aSnapshot(busy)).rest)
      .filter(needsWholeSnapshot)
      .map(({ kind }) => kind);
    expect(kinds).toEqual(['create tracker', 'merge', 'close issue', 'delete branch', 'close pull']);
  });

  test.each([
    ['issues', { issues: unreadable('502') }],
    ['pulls', { pulls: unreadable('502') }],
    ['branches', { branches: unreadable('502') }],
    ['trackers', { trackers: unreadable('502') }],
    ['comments', { comments: unreadable('502') }],
    ['base', { base: unreadable('502') }],
    ['labels of one issue', { issues: read([one, { ...two, labels: unreadable('x') }]) }],
    ['dependencies of one issue', { issues: read([one, { ...two, blockedBy: unreadable('x') }]) }],
    ['history of one issue', { issues: read([one, { ...two, history: unreadable('x') }]) }],
    ['one pull request', { pulls: read([merged, { ...aPull(22, cancelled), detail: unreadable('x') }]) }],
    [
      'checks of one head',
      { pulls: read([merged, { ...aPull(22, cancelled), ownChecks: unreadable('x') }]) },
    ],
  ] as const)('without %s nothing is deleted, closed, cancelled, landed or begun', (_, missing) => {
    const { homes, rest } = planOf({ ...aSnapshot(busy), ...missing } as Snapshot);
    expect([...actionsOf(homes), ...actionsOf(rest)].filter(needsWholeSnapshot)).toEqual([]);
  });

  test('a config that cannot be read plans nothing at all', () => {
    const { homes, rest, openWork } = planOf({ ...aSnapshot(busy), config: unreadable('502') });
    expect([homes, rest, openWork]).toEqual([[], [], true]);
  });

  test('never gives a member’s pull request success', () => {
    const parts: readonly Partial<Snapshot>[] = [
      { issues: unreadable('502') },
      { trackers: unreadable('502') },
      { issues: read([{ ...one, labels: unreadable('x') }]) },
      { issues: read([{ ...one, history: unreadable('x') }]) },
      { issues: read([{ ...one, blockedBy: unreadable('x') }]) },
    ];
    for (const missing of parts) {
      const gates = actionsOf(planOf({ ...underWay(), ...missing }).rest).flatMap((action) =>
        action.kind === 'publish gates' ? action.gates : [],
      );
      const gate = gates.find(({ sha: head }) => head === sha('work 1'));
      expect(gate?.verdict.conclusion).not.toBe('success');
    }
  });

  test('lets the gates be written that need nothing of what is missing', () => {
    const held = anIssue(1, { labels: [DEPLOY, 'subagent:merge', 'subagent:hold'] });
    const { rest } = planOf({ ...underWay({ issues: [held, two] }), comments: unreadable('502') });
    expect(said(rest).filter((line) => line.startsWith('publish'))).toEqual([
      'publish 2 gates: On hold by linus; Free to merge: nothing to wait for',
    ]);
  });

  test('the deployment is not called complete while it is not known whether an issue belongs to it', () => {
    const done = aSnapshot({
      issues: [{ ...one, state: 'closed', closedAt: NOW }],
      pulls: [aMergedPull(21, one)],
      trackers: [aTracker()],
    });
    expect(said(planOf(done).rest)).toContain('update the tracking issue #12');
    const closes = (snapshot: Snapshot) =>
      actionsOf(planOf(snapshot).rest).some(
        (action) => action.kind === 'update tracker' && action.state === 'closed',
      );
    expect(closes(done)).toBe(true);
    const strange = anIssue(3, { history: history({ labels: [labelEvent('put', DEPLOY, null)] }) });
    const issues = done.issues.kind === 'read' ? [...done.issues.value, strange] : [];
    expect(closes({ ...done, issues: read(issues) })).toBe(false);
  });
});

describe('an invalid config', () => {
  const config = 'nonsense: 1\n';

  test('deploys nothing new and lands nothing', () => {
    expect(work({ issues: [one], config })).toEqual([]);
    expect(work({ issues: [one] })).toEqual(['make the branch `feature/issue-1` of #1 and its pull request']);
  });

  test('keeps the last valid version in force for gates, and fails those of members where there is none', () => {
    const titles = (lastValidConfig: string | null) =>
      actionsOf(planOf(underWay({ config, lastValidConfig })).rest).flatMap((action) =>
        action.kind === 'publish gates' ? action.gates.map(({ verdict }) => verdict.title) : [],
      );
    expect(titles('base: main\n')).toEqual([
      'Free to merge: nothing to wait for',
      'Free to merge: nothing to wait for',
    ]);
    for (const title of titles(null)) expect(title).toMatch(/^The configuration is invalid: line 1/);
  });
});

describe('gates', () => {
  function gates(snapshot: Snapshot, now = NOW) {
    return actionsOf(planOf(snapshot, now).rest).flatMap((action) =>
      action.kind === 'publish gates' ? action.gates : [],
    );
  }

  test('are written for every open pull request, of every base and of forks, and for no closed one', () => {
    const stranger = anIssue(9);
    const fork = aWorkedPull(30, stranger, {
      base: 'release',
      head: { branch: 'feature/issue-1', sha: sha('fork'), sameRepository: false },
    });
    const closed = aWorkedPull(31, stranger, { state: 'closed' });
    const snapshot = underWay();
    const pulls = snapshot.pulls.kind === 'read' ? [...snapshot.pulls.value, fork, closed] : [];
    const written = gates({ ...snapshot, pulls: read(pulls) });
    expect(written.map(({ verdict }) => verdict.title)).toEqual([
      'Free to merge: nothing to wait for',
      'Free to merge: nothing to wait for',
      'Not part of a subagent deployment',
    ]);
  });

  test('of another pull request from a member’s branch wait for the same', () => {
    const waiting = anIssue(1, { blockedBy: blockedBy(2) });
    const other = aWorkedPull(30, one, { base: 'release', author: person('mallory') });
    const snapshot = underWay({
      issues: [waiting, two],
      pulls: [aWorkedPull(21, one), other, aPull(22, two)],
    });
    expect(gates(snapshot).map(({ verdict }) => verdict.title)).toEqual([
      'Waits for #2 (pull request #22)',
      'Free to merge: nothing to wait for',
    ]);
  });

  test('are renewed a day before an unfinished one dies', () => {
    const held = anIssue(1, { labels: [DEPLOY, 'subagent:hold'] });
    const snapshot = published(underWay({ issues: [held, two] }));
    expect(gates(snapshot, NOW + 13 * DAY - 1)).toEqual([]);
    expect(gates(snapshot, NOW + 13 * DAY)).toMatchObject([
      { sha: sha('work 1'), run: null, replaces: 'check-1' },
    ]);
  });

  test('update an unfinished run, and make a new one after a completed one', () => {
    const held = anIssue(1, { labels: [DEPLOY, 'subagent:hold'] });
    const run = (status: 'in_progress' | 'completed') => {
      const check = ownGate(null, {
        status,
        conclusion: status === 'completed' ? 'SUCCESS' : null,
        startedAt: NOW,
      });
      const pulls = [aWorkedPull(21, one, { ownChecks: read([check]) })];
      return gates(underWay({ issues: [held], pulls })).map((gate) => gate.run);
    };
    expect([run('in_progress'), run('completed')]).toEqual([['check-1'], [null]]);
  });

  test('are left alone where it cannot be read what is published', () => {
    const pulls = [aWorkedPull(21, one, { ownChecks: unreadable('short') })];
    expect(gates(underWay({ issues: [one], pulls }))).toEqual([]);
  });
});

describe('landing', () => {
  const wanted = (number: number) => anIssue(number, { labels: [DEPLOY, 'subagent:merge', 'shares:x'] });
  const ready = (number: number) =>
    aWorkedPull(number + 20, anIssue(number), {
      detail: {
        reviews: read([{ author: 'grace', state: 'approved', commit: sha(`work ${number}`), at: NOW }]),
      },
    });

  test('begins with the gates of the one that lands and of its sharers', () => {
    const { rest } = planOf(underWay({ issues: [wanted(1), wanted(2)], pulls: [ready(1), ready(2)] }));
    const group = rest.find(({ about }) => about === 'landing of #1 by squash');
    expect(said(group === undefined ? [] : [group])).toEqual([
      'publish 2 gates: Free to merge: nothing to wait for; Waits for #\u200b1, which is landing and shares x',
      'land pull request #21 by squash',
    ]);
    expect(group?.together).toBe(false);
    const [publish] = group?.actions ?? [];
    const own = publish?.kind === 'publish gates' ? publish.gates[0]?.verdict.externalId : '';
    expect(own).toContain(`landing:${sha('base')} pull:21`);
  });

  test('moves the base from the commit that was read to the one that was tested', () => {
    const config = 'merge: { method: fast-forward }\n';
    const { rest } = planOf(underWay({ issues: [wanted(1)], pulls: [ready(1)], config }));
    expect(actionsOf(rest)).toContainEqual({
      kind: 'fast-forward',
      pull: { id: 'pull-21', number: 21 },
      branch: 'main',
      before: sha('base'),
      after: sha('work 1'),
    });
  });

  test('ends with the children retargeted, then the branch deleted, and the issue closed if GitHub did not', () => {
    const merged = aMergedPull(21, one);
    const child = aWorkedPull(40, anIssue(9), { base: 'feature/issue-1' });
    const branches = read({ 'feature/issue-1': { sha: merged.head.sha, beyondBase: read([]) } });
    expect(work({ issues: [one, two], pulls: [merged, child, aPull(22, two)], branches })).toEqual([
      'comment on #1',
      'close #1',
      'retarget pull request #40 to `main`',
      'delete the branch `feature/issue-1`',
    ]);
  });

  test('leaves a branch that was pushed to after the merge, one in use, and the base', () => {
    const merged = aMergedPull(21, one);
    const issues = [{ ...one, state: 'closed' as const, closedAt: NOW }, two];
    const at = (head: string) => read({ 'feature/issue-1': { sha: head, beyondBase: read([]) } });
    const pulls = [merged, aPull(22, two)];
    expect(work({ issues, pulls, branches: at(merged.head.sha) })).toEqual([
      'delete the branch `feature/issue-1`',
    ]);
    expect(work({ issues, pulls, branches: at(sha('later')) })).toEqual([]);
    const used = aWorkedPull(40, one, { base: 'release', author: ME });
    expect(judge(aSnapshot({ issues, pulls: [...pulls, used] })).view.judged[0]?.pull?.number).toBe(21);
    expect(work({ issues, pulls: [...pulls, used], branches: at(merged.head.sha) })).not.toContain(
      'delete the branch `feature/issue-1`',
    );
  });
});
