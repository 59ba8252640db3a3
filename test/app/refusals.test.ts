import { describe, expect, test } from '@jest/globals';
import type { Failure } from '../../src/app/apply.js';
import { AppError } from '../../src/app/errors.js';
import { createRefusals } from '../../src/app/refusals.js';
import type { Action } from '../../src/core/actions/action.js';
import type { PlannedLanding } from '../../src/core/plan/landing.js';

const pull = { id: 'pull-21', number: 21 };
const attempt = { pull: 21, head: 'abc', checks: '[]', terms: '[]', at: 0 };
const FAST_FORWARD: Action = { kind: 'fast-forward', pull, branch: 'main', before: 'a', after: 'abc' };
const SQUASH: Action = {
  kind: 'merge',
  pull,
  head: 'abc',
  base: 'main',
  method: 'squash',
  title: 'Part 1 (#21)',
};
const OTHER: Action = { kind: 'pin', issue: 'issue-12', number: 12 };

function landing(method: string, fallsBack: boolean): PlannedLanding {
  return { about: `landing of #1 by ${method}`, attempt, base: 'a', fallsBack };
}

function failure(about: string, action: Action, kind: AppError['kind'] = 'terminal'): Failure {
  return { about, action, error: new AppError(kind, 'GitHub says no'), told: false };
}

/** The same of the pull request itself, however it would land. */
function failureOfPull(about: string, action: Action): Failure {
  const error = new AppError('terminal', 'It is part of a stack', { ofPull: true });
  return { about, action, error, told: false };
}

/** What is known in the next run, when the plan asks for something else. */
function knownLater(planned: PlannedLanding, failed: Failure) {
  const refusals = createRefusals();
  refusals.beginRun();
  refusals.note([failed], planned, 0);
  refusals.beginRun();
  refusals.forgetPast([OTHER]);
  return refusals.known();
}

describe('a landing that GitHub refused', () => {
  const planned = landing('squash', false);

  test('is remembered while the plan asks for others', () => {
    expect(knownLater(planned, failure(planned.about, SQUASH))).toEqual([
      {
        deed: 'land pull request #21 by squash',
        sentence: 'GitHub says no',
        of: { kind: 'landing', attempt },
      },
    ]);
  });

  test('is remembered once, however often it is refused, and until a plan finds that it holds no more', () => {
    const refusals = createRefusals();
    for (let run = 0; run < 3; run += 1) {
      refusals.beginRun();
      refusals.note([failure(planned.about, SQUASH)], planned, 0);
    }
    expect(refusals.known()).toHaveLength(1);
    refusals.keep(refusals.known());
    expect(refusals.known()).toHaveLength(1);
    refusals.keep([]);
    expect(refusals.known()).toEqual([]);
  });

  test('is none where GitHub only failed, or refused something else', () => {
    expect(knownLater(planned, failure(planned.about, SQUASH, 'transient'))).toEqual([]);
    expect(knownLater(planned, failure('tracking issue', OTHER))).toMatchObject([{ deed: 'pin #12' }]);
    expect(knownLater(planned, failure('end of the deployment', SQUASH))).toEqual([]);
  });
});

test('of what is refused together, all is remembered', () => {
  const refusals = createRefusals();
  const other: Action = { kind: 'pin', issue: 'issue-13', number: 13 };
  refusals.note([failure('gates', OTHER), failure('gates', other)], null, 0);
  expect(refusals.known()).toMatchObject([{ deed: 'pin #12' }, { deed: 'pin #13' }]);
});

describe('an update that GitHub refused', () => {
  const planned = landing('squash', true);
  const update = { kind: 'update branch', pull, base: 'main', draft: false, expectedHead: 'abc' } as const;
  const of = { kind: 'update', pull: 21, head: 'abc', base: 'a', asked: false };

  test('is remembered of that head and base by its method, while the plan does something else', () => {
    expect(knownLater(planned, failure(planned.about, { ...update, method: 'rebase' }))).toEqual([
      {
        deed: 'bring pull request #21 up to date by rebase',
        sentence: 'GitHub says no',
        of: { ...of, method: 'rebase' },
      },
    ]);
  });

  test('is known as asked of the subagent from the comment on', () => {
    const refusals = createRefusals();
    refusals.note([failure(planned.about, { ...update, method: 'merge' })], planned, 0);
    const say = (cause: string) =>
      refusals.noteAsked([{ kind: 'comment', number: 21, body: 'Please.', cause }]);
    say('conflict-other');
    expect(refusals.known()).toMatchObject([{ of: { ...of, method: 'merge' } }]);
    say('conflict-abc');
    expect(refusals.known()).toMatchObject([{ of: { ...of, method: 'merge', asked: true } }]);
  });
});

describe('a fast-forward that GitHub refused', () => {
  test('is remembered of the pull request alone where that is what cannot land', () => {
    const planned = landing('fast-forward', true);
    expect(knownLater(planned, failureOfPull(planned.about, FAST_FORWARD))).toMatchObject([
      { sentence: 'It is part of a stack', of: { kind: 'landing', attempt } },
    ]);
  });

  test('is remembered of the base, for good, where another method takes over', () => {
    const planned = landing('fast-forward', true);
    const refusals = createRefusals();
    refusals.note([failure(planned.about, FAST_FORWARD)], planned, 0);
    refusals.beginRun();
    refusals.forgetPast([OTHER]);
    refusals.keep([]);
    expect(refusals.known()).toMatchObject([{ of: { kind: 'base', branch: 'main' } }]);
  });

  test('is that of one pull request where none does', () => {
    const planned = landing('fast-forward', false);
    expect(knownLater(planned, failure(planned.about, FAST_FORWARD))).toMatchObject([
      { of: { kind: 'landing', attempt } },
    ]);
  });
});
