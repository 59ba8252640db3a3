import { describe, expect, test } from '@jest/globals';
import { describe as sayAction } from '../../../src/core/actions/describe.js';
import { type Comment, type Commit, read, unreadable } from '../../../src/core/model/index.js';
import { aComment } from '../../support/snapshot.js';
import {
  HOUR,
  ME,
  type PullParts,
  START,
  type SnapshotParts,
  aPull,
  aSnapshot,
  aTracker,
  aWorkedPull,
  anIssue,
  person,
  sha,
  taskCommit,
} from '../../support/view-builder.js';
import { actionsOf, planOf } from './support.js';

const AT = START + 2 * HOUR;
const HEAD = sha('work 8');
const UPDATE = aComment(8, '/update', { id: 700, author: person('linus'), createdAt: AT });
const DONE = 'react to a comment on #8';
const BEHIND = { behindBy: 1, lacks: read([sha('base')]) };

const issue = anIssue(8);

function snapshot(pull: PullParts, comments: readonly Comment[] = [UPDATE], parts: SnapshotParts = {}) {
  const { detail, ...rest } = pull;
  const worked = aWorkedPull(28, issue, { ...rest, detail: { ...BEHIND, ...detail } });
  return aSnapshot({
    issues: [issue],
    pulls: [worked],
    trackers: [aTracker()],
    comments: read(comments),
    ...parts,
  });
}

/** What the comments do: the actions, and the text and the reaction of a refusal. */
function said(...args: Parameters<typeof snapshot>): readonly string[] {
  return actionsOf(planOf(snapshot(...args)).homes).map((action) => {
    if (action.kind === 'comment') return action.body;
    return action.kind === 'react' && action.with === 'confused' ? '😕' : sayAction(action);
  });
}

/** The head as the app's own rebase or merge of the base made it. */
function rebased(at: number, after = HEAD): PullParts {
  return { detail: { forcePushes: [{ actor: ME, before: sha('before'), after, at }] } };
}

function merged(pushedAt: number): PullParts {
  const commit: Commit = {
    sha: HEAD,
    message: "Merge branch 'main' into feature/issue-8",
    author: ME,
    others: [],
    madeOnGitHub: true,
    committedAt: pushedAt,
  };
  return { detail: { commits: read([taskCommit(issue), commit]), pushedAt } };
}

describe('an update', () => {
  test('is the one that landing makes, of the head that was read', () => {
    const [action] = actionsOf(planOf(snapshot({})).homes);
    expect(action).toEqual({
      kind: 'update branch',
      pull: { id: 'pull-28', number: 28 },
      base: 'main',
      draft: false,
      expectedHead: HEAD,
      method: 'rebase',
    });
    expect(said({})).toEqual(['bring pull request #28 up to date by rebase', DONE]);
  });

  test('merges the base where that takes signed commits only', () => {
    expect(said({}, [UPDATE], { rules: { signatures: true } })[0]).toBe(
      'bring pull request #28 up to date by merge',
    );
  });

  test('is made for a draft, on the tracking issue for those named, and once for two commands', () => {
    expect(said({ draft: true })).toHaveLength(2);
    const named = { ...UPDATE, number: 12, body: '/update #8' };
    expect(said({}, [named])[0]).toBe('bring pull request #28 up to date by rebase');
    const again = { ...UPDATE, id: 701, body: '/update\n/update' };
    expect(said({}, [UPDATE, again])).toEqual(['bring pull request #28 up to date by rebase', DONE, DONE]);
  });

  test('needs write', () => {
    const [answer, react] = said({}, [{ ...UPDATE, author: person('tria') }]);
    expect([answer, react]).toEqual(['@tria: `update` needs the *write* role; you have *triage*.', '😕']);
  });
});

describe('an update that was cut off before its 👍', () => {
  test.each([
    ['a rebase', rebased(AT + 1_000)],
    ['a rebase in the same second', rebased(AT)],
    ['a merge', merged(AT + 1_000)],
    ['a rebase on which somebody has pushed since', rebased(AT + 1_000, sha('rebased'))],
  ] as const)('by %s is done, whether or not the base has moved since', (_, made) => {
    expect(said(made)).toEqual([DONE]);
    expect(said({ detail: { ...made.detail, behindBy: 0, lacks: read([]) } })).toEqual([DONE]);
  });

  test('is not meant by an update from before the comment, nor by a push of somebody else', () => {
    expect(said(rebased(AT - 1_000))).toHaveLength(2);
    expect(said(merged(AT - 1_000))).toHaveLength(2);
    const pushed = { actor: person('linus'), before: sha('before'), after: HEAD, at: AT + 1_000 };
    expect(said({ detail: { forcePushes: [pushed] } })).toHaveLength(2);
  });
});

describe('an update is refused', () => {
  const refusal = (because: string) => [`@linus: nothing to update on #8: ${because}.`, '😕'];

  test('where there is nothing to do', () => {
    expect(said({ detail: { behindBy: 0, lacks: read([]) } })).toEqual(
      refusal('its branch has all of `main` already'),
    );
    expect(said({ detail: { ...rebased(AT - HOUR).detail, behindBy: 0, lacks: read([]) } })).toEqual(
      refusal('its branch has all of `main` already'),
    );
  });

  test('where it conflicts', () => {
    expect(said({ detail: { mergeable: 'conflicting' } })).toEqual(
      refusal('it conflicts with `main`. Its subagent rebases onto that, or merges it, and pushes'),
    );
  });

  test('where it is in the merge queue, which a push would take it out of', () => {
    const parts: SnapshotParts = { rules: { mergeQueue: true } };
    expect(said({ queued: read({ position: 1, by: null, group: null }) }, [UPDATE], parts)).toEqual(
      refusal('its pull request is in the merge queue, which a push would take it out of'),
    );
    expect(said({}, [UPDATE], parts)).toHaveLength(2);
  });

  test('where there is no open pull request, or no part of the deployment', () => {
    expect(said({}, [UPDATE], { pulls: [], branches: read({}) })).toEqual(
      refusal('it has no open pull request'),
    );
    expect(said({}, [{ ...UPDATE, number: 12, body: '/update #77' }])).toEqual([
      '@linus: nothing to update on #77: it is not part of the deployment.',
      '😕',
    ]);
  });

  test('on the pull request of a fork, which is no subagent’s', () => {
    const fork = aPull(30, issue, {
      head: { branch: 'feature/issue-8', sha: sha('fork'), sameRepository: false },
      detail: BEHIND,
    });
    const comment = { ...UPDATE, number: 30, onPull: true, body: '/subagent update' };
    const [answer, react] = said({}, [comment], { pulls: [fork] });
    expect(answer).toMatch(/^@linus: `update` works on/);
    expect(react).toBe('😕');
  });
});

describe('an update is left for the next time', () => {
  test.each([
    ['details', { detail: unreadable<never>('502') }],
    ['place in a merge queue', { queued: unreadable<never>('502') }],
  ])('while its %s cannot be read', (_, broken) => {
    const base = snapshot({});
    const pulls = base.pulls.kind === 'read' ? base.pulls.value : [];
    const { homes } = planOf({ ...base, pulls: read(pulls.map((pull) => ({ ...pull, ...broken }))) });
    expect(actionsOf(homes)).toEqual([]);
  });

  test('while the rules of the base cannot be read, which may want signed commits', () => {
    expect(said({}, [UPDATE], { base: { rules: unreadable('502') } })).toEqual([]);
    expect(said({}, [UPDATE], { base: {} })).toHaveLength(2);
  });

  test('while any part of the snapshot is missing', () => {
    expect(said({}, [UPDATE], { branches: unreadable('502') })).toEqual([]);
  });
});
