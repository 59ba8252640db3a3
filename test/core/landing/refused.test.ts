import { describe, expect, test } from '@jest/globals';
import {
  type Comment,
  type PullDetail,
  type Rules,
  read,
  unreadable,
} from '../../../src/core/model/index.js';
import { describe as describeAction } from '../../../src/core/actions/describe.js';
import { nextCrossing } from '../../../src/core/plan/crossings.js';
import { planConflicts } from '../../../src/core/plan/conflicts.js';
import { planLanding, plannedLanding } from '../../../src/core/plan/landing.js';
import { progressOf } from '../../../src/core/view/progress.js';
import { type Refusal, viewOf } from '../../../src/core/view/view.js';
import { answerWhy } from '../../../src/core/why/answer-why.js';
import { DEPLOY, aComment, ownGate } from '../../support/snapshot.js';
import {
  ME,
  MINUTE,
  NOW,
  type PullParts,
  aSnapshot,
  aTracker,
  aWorkedPull,
  anIssue,
  digest,
  judge,
  sha,
} from '../../support/view-builder.js';
import { planOf } from '../plan/support.js';

const WANTED = [DEPLOY, 'subagent:merge'];
const issues = [1, 2].map((number) => anIssue(number, { labels: WANTED }));

function approvedBy(author: string, commit: string) {
  return read([{ author, state: 'approved' as const, commit: sha(commit), at: NOW }]);
}

interface World {
  readonly first?: PullParts;
  readonly second?: Partial<PullDetail>;
  readonly labels?: readonly string[];
  /** Labels of #2. */
  readonly others?: readonly string[];
  readonly comments?: readonly Comment[];
  readonly base?: string;
  readonly rules?: Partial<Rules>;
  readonly config?: string;
}

/** Two that could land, of which the landing of #1 was begun just now. */
function world({ first = {}, second = {}, labels = WANTED, ...parts }: World = {}) {
  const { others = WANTED, comments = [], base = 'base', rules = {}, config } = parts;
  const pulls = issues.map((issue) => {
    const { detail, ...rest } = issue.number === 1 ? first : { detail: second };
    const reviews = approvedBy('grace', `work ${issue.number}`);
    const begun =
      issue.number === 1 ? [ownGate({ base: sha('base'), pull: 21 }, { startedAt: NOW - MINUTE })] : [];
    return aWorkedPull(20 + issue.number, issue, {
      ownChecks: read(begun),
      ...rest,
      detail: { reviews, ...detail },
    });
  });
  const [one, two] = [anIssue(1, { labels }), anIssue(2, { labels: others })];
  return aSnapshot({
    issues: [one, two],
    pulls,
    trackers: [aTracker()],
    base: { sha: sha(base) },
    rules,
    comments: read(comments),
    ...(config !== undefined && { config }),
  });
}

/** What GitHub refused: the landing of #1 in the world as it was. */
const refusal: Refusal = (() => {
  const { view, progress } = judge(world());
  const attempt = plannedLanding(view, progress)?.attempt;
  if (attempt === undefined) throw new Error('nothing would have landed');
  return { deed: 'land it', sentence: 'GitHub says no', of: { kind: 'landing', attempt } };
})();

function judged(changed: World, refusals: readonly Refusal[] = [refusal], now = NOW) {
  const { view } = judge(world(changed));
  const { snapshot, config } = view;
  const known = viewOf(snapshot, config, now, digest, refusals);
  return { view: known, progress: progressOf(known) };
}

/** Who lands next after that refusal, and whether people are still told of it. */
function next(changed: World = {}, now = NOW): string {
  const { view, progress } = judged(changed, [refusal], now);
  const { step, slot } = progress;
  const what = step.kind === 'none' ? 'nothing' : `${step.kind} #${step.member.number}`;
  const holder = slot === null ? '' : `, #${slot.member.number} has the slot`;
  return `${what}${holder}${view.refusals.length > 0 ? ', refused' : ''}`;
}

const PASSED = { name: 'build', app: 15_368, state: 'passed' } as const;
const PENDING: Partial<PullDetail> = { checks: read([{ ...PASSED, state: 'pending' }]) };

describe('one that GitHub refused to land', () => {
  test('gives the others its slot at once, and does not come first again because the base has moved', () => {
    expect(next()).toBe('land #2, refused');
    expect(next({ base: 'what #2 became' })).toBe('land #2, refused');
  });

  test('is tried last, when no other can land, and no more than every five minutes', () => {
    const until = NOW + 5 * MINUTE;
    expect(next({ second: PENDING }, until - 1)).toBe('nothing, refused');
    expect(next({ second: PENDING }, until)).toBe('land #1, refused');
    const { view, progress } = judged({ second: PENDING });
    expect(nextCrossing(view, progress)).toBe(until);
  });

  test('is tried at once after a refresh, and with the head that an update has made', () => {
    const refreshed = (at: number, answered: 'done' | 'refused') =>
      next({ second: PENDING, comments: [aComment(1, '/refresh', { createdAt: at, answered })] }, NOW + 2);
    expect(refreshed(NOW + 1, 'done')).toBe('land #1, refused');
    expect(refreshed(NOW, 'done')).toBe('nothing, refused');
    expect(refreshed(NOW + 1, 'refused')).toBe('nothing, refused');
    const update = { actor: ME, before: sha('work 1'), after: sha('updated 1'), at: NOW };
    const head = { branch: 'feature/issue-1', sha: sha('updated 1'), sameRepository: true };
    const first = { head, detail: { forcePushes: [update] } };
    expect(next({ first, second: PENDING })).toBe('land #1, refused');
  });

  test('keeps the gates of its sharers open while it rests', () => {
    const labels = [...WANTED, 'shares:core'];
    const { progress } = judged({ labels, others: labels, second: PENDING });
    expect(progress.standings.map(({ gate }) => gate)).toEqual([[], []]);
    const tried = judged({ labels, others: labels, second: PENDING }, [refusal], NOW + 5 * MINUTE);
    expect(tried.progress.standings.map(({ gate }) => gate)).toMatchObject([
      [],
      [{ kind: 'sharer landing' }],
    ]);
  });

  test('is said by `why` to come after the others, and not to land while it rests', () => {
    const why = (second: Partial<PullDetail>) => {
      const { view, progress } = judged({ second });
      return answerWhy('ada', [1], view, progress, 'full').replaceAll('\u200b', '');
    };
    expect(why({})).toContain(
      '- It is tried after [#2](../issues/2), which lands now. GitHub has refused to land it, so that the others are tried first.',
    );
    expect(why(PENDING)).toContain(
      '- GitHub has refused to land it. It is tried again every five minutes, and once it changes.',
    );
  });

  test.each<[string, World]>([
    [
      'its head',
      {
        first: {
          head: { branch: 'feature/issue-1', sha: sha('mended'), sameRepository: true },
          detail: { reviews: approvedBy('grace', 'mended') },
        },
      },
    ],
    ['a check on it', { first: { detail: { checks: read([PASSED, { ...PASSED, name: 'staging' }]) } } }],
    ['a review', { first: { detail: { reviews: approvedBy('ada', 'work 1') } } }],
    ['what the base asks', { rules: { requiredChecks: ['build'] } }],
    ['the method that the configuration names', { config: 'merge: { method: squash }\n' }],
  ])('is tried in its turn once there is another: %s', (_, changed) => {
    expect(next(changed)).toBe('land #1, #1 has the slot');
  });

  test('is not shown while nobody asks for it any more', () => {
    expect(next({ labels: [DEPLOY] })).toBe('land #2');
  });

  test('stays refused on the head that the app’s own update made, and by the gate’s own changes', () => {
    const update = { actor: ME, before: sha('work 1'), after: sha('updated 1'), at: NOW };
    const head = { branch: 'feature/issue-1', sha: sha('updated 1'), sameRepository: true };
    expect(next({ first: { head, detail: { forcePushes: [update] } } })).toBe('land #2, refused');
    const gate = { name: 'merge-order', app: 1, state: 'pending' } as const;
    const checks = read([gate, PASSED]);
    expect(next({ first: { detail: { checks } } })).toBe('land #2, refused');
  });

  test('stays refused as long as it cannot be read whether something has changed', () => {
    const { view } = judged({ first: { detail: { reviews: unreadable('502') } } });
    expect(view.refusals).toEqual([refusal]);
  });
});

describe('one that GitHub refused to land while it was behind', () => {
  const behind: World = {
    first: { detail: { behindBy: 1, lacks: read([sha('base')]) } },
    second: PENDING,
  };
  const because = (sentence: string) => {
    const { step } = judged(behind, [{ ...refusal, sentence }], NOW + 5 * MINUTE).progress;
    return step.kind;
  };

  test('is brought up to date where GitHub’s words may mean that', () => {
    expect(because('Required status check "test" is expected.')).toBe('update');
    expect(because('2 of 2 required status checks are expected.')).toBe('update');
    expect(because('Head branch is not up to date with the base branch.')).toBe('update');
    expect(because('A conversation must be resolved before this is merged.')).toBe('land');
  });
});

describe('an update that GitHub refused', () => {
  const BEHIND: World = {
    first: { detail: { behindBy: 1, lacks: read([sha('base')]) } },
    rules: { strict: true },
  };
  const refused = (method: 'rebase' | 'merge', base = 'base', asked = false): Refusal => ({
    deed: `bring it up to date by ${method}`,
    sentence: `No ${method} here.`,
    of: { kind: 'update', pull: 21, head: sha('work 1'), base: sha(base), method, asked },
  });
  const BOTH = [refused('rebase'), refused('merge')];

  /** What is planned for #1 or another, and what is asked of the subagent. */
  function planned(refusals: readonly Refusal[], changed: World = {}) {
    const { view, progress } = judged({ ...BEHIND, ...changed }, refusals);
    const groups = planLanding(view, progress, []);
    return {
      landing: groups.flatMap(({ actions }) => actions.map(describeAction)),
      asked: planConflicts(view).flatMap((action) => (action.kind === 'comment' ? [action] : [])),
      told: view.refusals,
      reasons: progress.standings.find(({ member }) => member.number === 1)?.landing,
    };
  }

  test('by rebase is made by a merge of the base, and nobody is troubled with it', () => {
    expect(planned([])).toMatchObject({ landing: ['bring pull request #21 up to date by rebase'] });
    expect(planned([refused('rebase')])).toEqual({
      landing: ['bring pull request #21 up to date by merge'],
      asked: [],
      told: [],
      reasons: [],
    });
  });

  test('by both is asked of its subagent, once, and others land', () => {
    const { landing, asked, told, reasons } = planned(BOTH);
    expect(landing).toEqual(['land pull request #22 by squash']);
    expect(told).toEqual([]);
    expect(reasons).toEqual([{ kind: 'update refused', sentence: 'No merge here.' }]);
    expect(asked).toMatchObject([{ number: 21, cause: `conflict-${sha('work 1')}` }]);
    expect(asked[0]?.body).toMatchSnapshot();
    expect(planned([refused('rebase'), refused('merge', 'base', true)]).asked).toEqual([]);
  });

  test('is tried again once the base or the head has moved', () => {
    const rebased = { landing: ['bring pull request #21 up to date by rebase'], asked: [], reasons: [] };
    expect(planned(BOTH, { base: 'what came then' })).toMatchObject(rebased);
    const head = { branch: 'feature/issue-1', sha: sha('mended'), sameRepository: true };
    const reviews = approvedBy('grace', 'mended');
    const first = { head, detail: { reviews, behindBy: 1, lacks: read([sha('base')]) } };
    expect(planned(BOTH, { first })).toMatchObject(rebased);
  });

  test('names the group by its method, so that the other is tried in the same run', () => {
    const about = (refusals: readonly Refusal[]) => {
      const { view, progress } = judged(BEHIND, refusals);
      return plannedLanding(view, progress)?.about;
    };
    expect(about([])).toBe('update of #1 to land, by rebase');
    expect(about([refused('rebase')])).toBe('update of #1 to land, by merge');
  });
});

describe('one whose landing led to nothing', () => {
  /** Who lands next, if the landing of #1 on this base was begun so long ago, and #2 can land or not. */
  function after(minutes: number, base: string, second: Partial<PullDetail> = {}): string {
    const ownChecks = read([ownGate({ base: sha(base), pull: 21 }, { startedAt: NOW - minutes * MINUTE })]);
    const { step } = judged({ first: { ownChecks }, second }, []).progress;
    return step.kind === 'none' ? 'none' : `${step.kind} #${step.member.number}`;
  }

  test('lets the others go first once its slot is over', () => {
    expect(after(59, 'base')).toBe('land #1');
    expect(after(60, 'base')).toBe('land #2');
  });

  test('is tried again when nothing else can land, or when the base has moved', () => {
    expect(after(60, 'base', PENDING)).toBe('land #1');
    expect(after(60, 'an older base')).toBe('land #1');
  });
});

test('one with the head of another that led to nothing was not tried in vain itself', () => {
  const ownChecks = read([ownGate({ base: sha('base'), pull: 30 }, { startedAt: NOW - 90 * MINUTE })]);
  const { step } = judged({ first: { ownChecks } }, []).progress;
  expect(step).toMatchObject({ kind: 'land', member: { number: 1 } });
});

describe('a base that refused a fast-forward', () => {
  const OPEN: Partial<Rules> = { approvals: null, mayPush: true };
  const base: Refusal = {
    deed: 'land it',
    sentence: 'No merge commits.',
    of: { kind: 'base', branch: 'main' },
  };

  test('takes the next method, and tells the reason with the method alone', () => {
    const { view, progress } = judged({ rules: OPEN }, [base]);
    expect(progress.method).toMatchObject({
      value: { method: 'squash', why: 'main refused a fast-forward: No merge commits' },
    });
    expect(view.refusals).toEqual([]);
  });

  test('says nothing of other bases', () => {
    const other: Refusal = { ...base, of: { kind: 'base', branch: 'next' } };
    expect(judged({ rules: OPEN }, [other]).progress.method).toMatchObject({
      value: { method: 'fast-forward' },
    });
  });

  test('names the group of a landing by its method: one refused in this run does not keep the other back', () => {
    const abouts = planOf(world({ rules: OPEN })).rest.map(({ about }) => about);
    expect(abouts).toContain('landing of #1 by fast-forward');
  });
});
