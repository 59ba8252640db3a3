import { describe, expect, test } from '@jest/globals';
import {
  type ApprovalRules,
  countedApprovals,
  reviewReasons,
  sameWork,
} from '../../../src/core/landing/approvals.js';
import {
  type Commit,
  type ForcePush,
  type PullDetail,
  type Review,
  read,
  unreadable,
} from '../../../src/core/model/index.js';
import { ME, START, aWorkedPull, anIssue, person, taskCommit } from '../../support/view-builder.js';

const issue = anIssue(8);
const RULES: ApprovalRules = { need: 1, selfApproval: false, lastPush: false, asker: null };

function commit(sha: string, author = person('agent')): Commit {
  return { sha, message: `Work ${sha}`, author, others: [], madeOnGitHub: false, committedAt: START };
}
function byApp(sha: string, message = 'Remove the task file of issue 8'): Commit {
  return { sha, message, author: ME, others: [], madeOnGitHub: true, committedAt: START };
}
function review(author: string, on: string, state: Review['state'] = 'approved'): Review {
  return { author, state, commit: on, at: START };
}
function rebased(before: string, after: string, actor: ForcePush['actor'] = ME): ForcePush {
  return { actor, before, after, at: START };
}

function pullWith(detail: Partial<PullDetail>, head = 'head') {
  const pull = aWorkedPull(21, issue, {
    head: { branch: 'feature/issue-8', sha: head, sameRepository: true },
    detail: { commits: read([commit('head')]), ...detail },
  });
  if (pull.detail.kind === 'unreadable') throw new Error('the builder reads details');
  return { pull, detail: pull.detail.value };
}

function counted(detail: Partial<PullDetail>, rules: Partial<ApprovalRules> = {}, head = 'head') {
  const built = pullWith(detail, head);
  return countedApprovals(built.pull, built.detail, { ...RULES, ...rules })
    .map(({ author }) => author)
    .sort();
}

function reasons(detail: Partial<PullDetail>, rules: Partial<ApprovalRules> = {}) {
  const built = pullWith(detail);
  return reviewReasons(built.pull, built.detail, { ...RULES, ...rules });
}

describe('whose approval counts', () => {
  const reviews = read([review('grace', 'head')]);

  test('that of somebody else, on this head', () => {
    expect(counted({ reviews })).toEqual(['grace']);
  });

  test('not that of the author of a commit, whatever the case of the name', () => {
    expect(counted({ reviews, commits: read([commit('a', person('Grace')), commit('head')]) })).toEqual([]);
  });

  test('not that of a co-author, or of whoever committed it', () => {
    const commits = read([{ ...commit('head'), others: ['Grace'] }]);
    expect(counted({ reviews, commits })).toEqual([]);
  });

  test('not that of whoever asked for the deployment, where that is asked', () => {
    expect(counted({ reviews }, { asker: 'GRACE' })).toEqual([]);
    expect(counted({ reviews }, { asker: null })).toEqual(['grace']);
  });

  test('both of them, where the settings allow self-approval', () => {
    const commits = read([commit('head', person('grace'))]);
    expect(counted({ reviews, commits }, { asker: 'grace', selfApproval: true })).toEqual(['grace']);
  });

  test.each(['dismissed', 'changes requested'] as const)('not one that is %s', (state) => {
    expect(counted({ reviews: read([review('grace', 'head', state)]) })).toEqual([]);
  });

  test('not one on an older head, nor on a commit that GitHub does not name', () => {
    const commits = read([commit('old'), commit('head')]);
    expect(counted({ commits, reviews: read([review('grace', 'old')]) })).toEqual([]);
    expect(counted({ reviews: read([{ ...review('grace', 'head'), commit: null }]) })).toEqual([]);
  });

  test('one on the head from which the app itself rebased', () => {
    const reviewsOfOld = read([review('grace', 'old')]);
    const forcePushes = [rebased('old', 'head')];
    expect(counted({ forcePushes, reviews: reviewsOfOld })).toEqual(['grace']);
  });

  test('not one on a head that somebody else has rewritten', () => {
    const reviewsOfOld = read([review('grace', 'old')]);
    for (const actor of [person('agent'), null]) {
      expect(counted({ forcePushes: [rebased('old', 'head', actor)], reviews: reviewsOfOld })).toEqual([]);
    }
  });

  test('one on the head under the removal of the task file, and under an update by merge', () => {
    const commits = read([commit('a'), byApp('merge', 'Merge branch main'), byApp('head')]);
    expect(counted({ commits, reviews: read([review('grace', 'a')]) })).toEqual(['grace']);
  });

  test('one on the head under the removal of the task file, both of which the app has rebased since', () => {
    const commits = read([commit('new'), { ...byApp('head'), author: null, madeOnGitHub: false }]);
    const reviewsOfOld = read([review('grace', 'old')]);
    const removal = { ...byApp('removal'), parent: 'old' };
    const after = (replaced: ForcePush['replaced'], actor = ME) => [
      { ...rebased('removal', 'between', actor), ...(replaced && { replaced }) },
      rebased('between', 'head'),
    ];
    expect(counted({ commits, reviews: reviewsOfOld, forcePushes: after(removal) })).toEqual(['grace']);
    const others = [
      after(undefined),
      after({ ...removal, parent: null }),
      after({ ...removal, madeOnGitHub: false }),
      after({ ...removal, author: person('agent') }),
      after({ ...removal, message: taskCommit(issue).message }),
      after(removal, person('agent')),
    ];
    for (const forcePushes of others)
      expect(counted({ commits, reviews: reviewsOfOld, forcePushes })).toEqual([]);
  });

  test('not one under a task that the app has recorded on top', () => {
    const recorded = { ...taskCommit(issue), sha: 'head' };
    const commits = read([commit('a'), recorded]);
    expect(counted({ commits, reviews: read([review('grace', 'a')]) })).toEqual([]);
  });

  test('not one under a pushed commit that only bears the name of the app', () => {
    const forged = { ...byApp('head'), madeOnGitHub: false };
    expect(counted({ commits: read([commit('a'), forged]), reviews: read([review('grace', 'a')]) })).toEqual(
      [],
    );
  });

  test('not one under a commit that another person made on GitHub', () => {
    const web = { ...commit('head', person('ada')), madeOnGitHub: true };
    expect(counted({ commits: read([commit('a'), web]), reviews: read([review('grace', 'a')]) })).toEqual([]);
  });

  test('one through several of the app’s own steps, and none below the last step of another', () => {
    const forcePushes = [rebased('first', 'second'), rebased('second', 'head')];
    expect(counted({ forcePushes, reviews: read([review('grace', 'first')]) })).toEqual(['grace']);
    const mixed = [rebased('first', 'second', person('agent')), rebased('second', 'head')];
    expect(counted({ forcePushes: mixed, reviews: read([review('grace', 'first')]) })).toEqual([]);
  });

  describe('where the last push needs an approval', () => {
    const lastPush = { lastPush: true };

    test('only one of this very head', () => {
      const forcePushes = [rebased('old', 'head')];
      expect(counted({ forcePushes, reviews: read([review('grace', 'old')]) }, lastPush)).toEqual([]);
      expect(counted({ forcePushes, reviews }, lastPush)).toEqual(['grace']);
    });

    test('not one of the head under the removal of the task file', () => {
      const commits = read([commit('a'), byApp('head')]);
      expect(counted({ commits, reviews: read([review('grace', 'a')]) }, lastPush)).toEqual([]);
    });

    test('not that of who pushed it, though the settings allow self-approval', () => {
      const own = { selfApproval: true, ...lastPush };
      expect(counted({ reviews, commits: read([commit('head', person('Grace'))]) }, own)).toEqual([]);
      expect(counted({ reviews, forcePushes: [rebased('old', 'head', person('Grace'))] }, own)).toEqual([]);
    });

    test('that of who pushed before, where the settings allow self-approval', () => {
      const commits = read([commit('a', person('grace')), byApp('head')]);
      expect(counted({ reviews, commits }, { selfApproval: true, ...lastPush })).toEqual(['grace']);
    });

    test('not one that GitHub dismissed', () => {
      expect(counted({ reviews: read([review('grace', 'head', 'dismissed')]) }, lastPush)).toEqual([]);
    });
  });

  test('a loop of rewritten heads comes to an end', () => {
    const { detail } = pullWith({ forcePushes: [rebased('head', 'old'), rebased('old', 'head')] });
    expect(sameWork('head', detail)).toEqual(new Set(['head', 'old']));
  });
});

describe('what the reviews keep back', () => {
  test('fewer approvals than the base asks for', () => {
    expect(reasons({ reviews: read([review('grace', 'head')]) }, { need: 2 })).toEqual([
      { kind: 'approvals', have: 1, need: 2, from: 'not its authors' },
    ]);
    expect(reasons({ reviews: read([review('grace', 'head'), review('ada', 'head')]) }, { need: 2 })).toEqual(
      [],
    );
  });

  test('an approval of the last push, which is named', () => {
    expect(reasons({ reviews: read([]) }, { lastPush: true })).toEqual([
      { kind: 'approvals', have: 0, need: 1, from: 'not its authors', lastPush: 'head' },
    ]);
  });

  test('changes that somebody asked for, also where no approval is asked for', () => {
    const reviews = read([review('grace', 'old', 'changes requested'), review('ada', 'head')]);
    const against = { kind: 'changes requested', by: ['grace'] };
    expect(reasons({ reviews })).toEqual([against]);
    expect(reasons({ reviews }, { need: 0 })).toEqual([against]);
  });

  test('reviews or commits that cannot be read', () => {
    expect(reasons({ reviews: unreadable('502') }, { need: 0 })).toMatchObject([{ kind: 'unread' }]);
    const reviews = read([review('grace', 'head')]);
    expect(reasons({ commits: unreadable('too many'), reviews })).toMatchObject([{ kind: 'unread' }]);
  });
});
