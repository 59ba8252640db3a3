import { describe, expect, test } from '@jest/globals';

import type { Action } from '../../../src/core/actions/action.js';
import { type Said, type Snapshot, type Time, read, unreadable } from '../../../src/core/model/index.js';
import { displacedBody } from '../../../src/core/membership/adopted.js';
import {
  HOUR,
  MINUTE,
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
  labelled,
  sha,
} from '../../support/view-builder.js';
import { actionsOf, planOf } from './support.js';

const ALL = '[deployed, ready, failing, conflict, merged, complete]';
const issue = anIssue(8, { title: 'Lock the bids' });

interface Told {
  readonly entries?: string;
  readonly since?: number;
  readonly said?: Said['asked'];
}

function snapshotOf(parts: SnapshotParts, told: Told): Snapshot {
  const { entries = `{ name: QA, mention: acme/qa, why: tests, when: ${ALL} }`, since = START, said } = told;
  const names = [...entries.matchAll(/name: (\w+)/g)].map(([, name = '']) => name.toLowerCase());
  return aSnapshot({
    issues: [issue],
    trackers: [aTracker()],
    config: `stakeholders: [${entries}]\n`,
    toldSince: read({ stakeholders: Object.fromEntries(names.map((name) => [name, since])), sync: 0 }),
    said: { known: {}, asked: said ?? { 21: read([]), 22: read([]) } },
    ...parts,
  });
}

/** The comments that stakeholders are told by. */
function told(
  parts: SnapshotParts,
  options: Told = {},
  now: Time = NOW,
): readonly (readonly [number, string, string])[] {
  const snapshot = snapshotOf(parts, options);
  return actionsOf(planOf(snapshot, now).rest).flatMap((action) =>
    action.kind === 'comment' && action.cause.startsWith('told-')
      ? [[action.number, action.cause, action.body] as const]
      : [],
  );
}

const causes = (...args: Parameters<typeof told>) => told(...args).map(([, cause]) => cause);

const DRAFT = aPull(21, issue);
const REVIEW = aWorkedPull(21, issue, { detail: { readyAt: START + 2 * HOUR } });
const FAILED = aWorkedPull(21, issue, {
  detail: { checks: read([{ name: 'build', app: 1, state: 'failed', at: START + 2 * HOUR }]) },
});
const CONFLICT = aWorkedPull(21, issue, { detail: { mergeable: 'conflicting' } });
const MERGED = aMergedPull(21, issue);

describe('stakeholders are told on the pull request', () => {
  test('of each event, in one comment that says who, why and what', () => {
    const at = (pull: typeof DRAFT) => told({ pulls: [pull] }).map((each) => each.slice(1));
    expect({
      draft: at(DRAFT),
      review: at(REVIEW),
      failed: at(FAILED),
      conflict: at(CONFLICT),
      merged: at(MERGED),
    }).toMatchSnapshot();
  });

  test('all of them in one comment, with and without a mention', () => {
    const entries =
      '{ name: QA, mention: acme/qa, why: tests, when: [merged] }, { name: Product, when: [merged] }, { name: Ops, why: migrations, when: [merged] }, { name: Idle }';
    expect(told({ pulls: [MERGED] }, { entries })).toEqual([
      [
        21,
        'told-merged',
        'The work on issue [#8](../issues/8) (Lock the bids) is merged into `main`.\n\nFor @acme/qa (QA: tests), Product, Ops (migrations).',
      ],
    ]);
  });

  test('not twice: not of what the app has said, or is known to have said', () => {
    const said = { 21: read([{ cause: 'told-merged', at: START }]) };
    expect(causes({ pulls: [MERGED] }, { said })).toEqual([]);
    expect(
      causes({ pulls: [MERGED], said: { known: { 21: ['told-merged'] }, asked: {} } }, { said: {} }),
    ).toEqual([]);
  });

  test('not while it cannot be read what was said, or was not asked: then it is asked', () => {
    expect(causes({ pulls: [MERGED] }, { said: { 21: unreadable('lost') } })).toEqual([]);
    const plan = planOf(snapshotOf({ pulls: [MERGED] }, { said: {} }));
    expect(plan.askSaid).toEqual([21]);
    const comments = actionsOf(plan.rest).flatMap((action) =>
      action.kind === 'comment' ? action.cause.replace(/-.*/, '') : [],
    );
    expect(comments).toEqual(['landed']);
  });

  test('nothing is looked through where there is nothing to be told', () => {
    const nobody = snapshotOf({ pulls: [REVIEW] }, { entries: '{ name: QA, when: [merged] }', said: {} });
    expect(planOf(nobody).askSaid).toEqual([]);
    expect(planOf(snapshotOf({ pulls: [MERGED], config: null }, { said: {} })).askSaid).toEqual([]);
  });

  test('not of a draft that another pull request has replaced a second time', () => {
    const draft = aPull(21, issue, { state: 'closed', body: displacedBody('', 22), closedAt: START });
    const adopted = aPull(22, issue, {
      author: { login: 'linus', kind: 'person' },
      head: { branch: 'mine', sha: sha('mine'), sameRepository: true },
    });
    const of = (said: Said['asked']) => causes({ pulls: [draft, adopted] }, { said });
    const events = (cause: string) => of({ 21: read([{ cause, at: START }]), 22: read([]) });
    expect(events('told-deployed')).toEqual([]);
    expect(events('told-ready')).toEqual(['told-deployed']);
  });
});

describe('who is added later', () => {
  test.each([
    ['was deployed', DRAFT, START + MINUTE, START + 2 * MINUTE],
    ['was marked as ready', REVIEW, START + 2 * HOUR, START + 3 * HOUR],
    ['was merged', MERGED, START + 2 * HOUR, START + 3 * HOUR],
  ])('is not told of what %s before', (_, pull, early, late) => {
    expect(causes({ pulls: [pull] }, { since: early })).not.toEqual([]);
    expect(causes({ pulls: [pull] }, { since: late })).toEqual([]);
  });

  test('is not told of checks that had failed, by the end of the last of them', () => {
    const failing = (since: number) => causes({ pulls: [FAILED] }, { since }).includes('told-failing');
    expect([failing(START + 2 * HOUR), failing(START + 2 * HOUR + 1)]).toEqual([true, false]);
  });

  test('is not told of a conflict from before the last push to either side', () => {
    const conflict = (since: number, seenAt: number) =>
      causes({ pulls: [CONFLICT], base: { seenAt } }, { since }).includes('told-conflict');
    expect(conflict(START + 2 * HOUR, START)).toBe(false);
    expect(conflict(START + 2 * HOUR, START + 2 * HOUR)).toBe(false);
    expect(conflict(START + 2 * HOUR, START + 3 * HOUR)).toBe(true);
  });

  test('is told nothing while it cannot be read since when', () => {
    expect(causes({ pulls: [MERGED], toldSince: unreadable('lost') })).toEqual([]);
    expect(causes({ pulls: [MERGED], toldSince: null })).toEqual([]);
  });
});

describe('the first look after a long time', () => {
  const DAY = 24 * HOUR;
  const entry = (name: string, ...when: readonly string[]) => `{ name: ${name}, when: [${when.join(', ')}] }`;

  test('tells of nothing that is older than a day', () => {
    const at = (now: Time) => causes({ pulls: [MERGED] }, {}, now);
    expect([at(START + 2 * HOUR + DAY), at(START + 2 * HOUR + DAY + 1)]).toEqual([['told-merged'], []]);
    const both = { pulls: [REVIEW] };
    const entries = `${entry('QA', 'deployed')}, ${entry('Ops', 'ready')}`;
    expect(causes(both, { entries }, START + MINUTE + DAY)).toEqual(['told-deployed', 'told-ready']);
    expect(causes(both, { entries }, START + MINUTE + DAY + 1)).toEqual(['told-ready']);
  });

  test('tells of work that is ready only those of its deployment who do not hear that it is ready', () => {
    const entries = `${entry('QA', 'deployed', 'ready')}, ${entry('Ops', 'deployed')}`;
    const said = (pull: typeof DRAFT) =>
      told({ pulls: [pull] }, { entries }).map(([, cause, body]) => [cause, body.split('\n').at(-1)]);
    expect(said(DRAFT)).toEqual([['told-deployed', 'For QA, Ops.']]);
    expect(said(REVIEW)).toEqual([
      ['told-deployed', 'For Ops.'],
      ['told-ready', 'For QA.'],
    ]);
  });

  test('tells one who hears of all of what lasts now: not of the deployment, and of each trouble', () => {
    const pull = aWorkedPull(21, issue, {
      detail: {
        mergeable: 'conflicting',
        readyAt: START,
        checks: read([{ name: 'build', app: 1, state: 'failed' }]),
      },
    });
    expect(causes({ pulls: [pull] })).toEqual(['told-ready', 'told-failing', 'told-conflict']);
  });
});

describe('one comment for each event goes to all whom it concerns when it is written', () => {
  const qa = (when: string) => `{ name: QA, when: [${when}], paths: ["migrations/**"] }`;
  const changing = (...files: readonly string[]) => ({ detail: { files: read(files) } });

  test('and waits while it concerns nobody', () => {
    const draft = (file: string) => ({ pulls: [aPull(21, issue, changing(file))] });
    expect(causes(draft('a'), { entries: qa('deployed') })).toEqual([]);
    expect(causes(draft('migrations/1'), { entries: qa('deployed') })).toEqual(['told-deployed']);
  });

  test('and is not written again for somebody whom it concerns later', () => {
    const entries = `${qa('ready')}, { name: Ops, when: [ready] }`;
    const review = (file: string) => {
      const { detail } = changing(file);
      return { pulls: [aWorkedPull(21, issue, { detail: { ...detail, readyAt: START } })] };
    };
    expect(told(review('a'), { entries }).map(([, , body]) => body.split('\n').at(-1))).toEqual(['For Ops.']);
    const said = { 21: read([{ cause: 'told-ready', at: START }]) };
    expect(causes(review('migrations/1'), { entries, said })).toEqual([]);
  });
});

describe('what is no event yet', () => {
  test('checks that fail on a draft, or while others still run', () => {
    const checks = [
      { name: 'build', app: 1, state: 'failed' },
      { name: 'slow', app: 1, state: 'pending' },
    ] as const;
    const running = aWorkedPull(21, issue, { detail: { checks: read(checks) } });
    const config = `stakeholders: [{ name: QA, when: [failing] }]\nmerge: { checks: [slow] }\n`;
    expect(causes({ pulls: [running], config })).toEqual([]);
    expect(causes({ pulls: [{ ...FAILED, draft: true }], config })).toEqual([]);
    expect(causes({ pulls: [FAILED], config })).toEqual(['told-failing']);
  });
});

describe('risk, labels and paths restrict who is told', () => {
  const of = (restriction: string, parts: SnapshotParts = {}) =>
    causes({ pulls: [REVIEW], ...parts }, { entries: `{ name: QA, when: [ready], ${restriction} }` });
  const risky = anIssue(8, { labels: ['deploy-subagent', 'risk:high', 'Database'] });

  test.each([
    ['risk: [high]', true],
    ['risk: [medium, low]', false],
    ['labels: [database]', true],
    ['labels: [other]', false],
    ['paths: ["src/**"]', true],
    ['paths: ["migrations/**"]', false],
    ['risk: [high], labels: [database], paths: ["src/**"]', true],
    ['risk: [high], labels: [database], paths: ["migrations/**"]', false],
    ['risk: [high], labels: [other], paths: ["src/**"]', false],
  ])('to %s', (restriction, isTold) => {
    expect(of(restriction, { issues: [risky] })).toEqual(isTold ? ['told-ready'] : []);
  });

  test('and a risk that nobody has named is none', () => {
    expect(of('risk: [low, medium, high]')).toEqual([]);
  });

  test('files that cannot be read mean not yet, for everybody who would be in the same comment', () => {
    const unread = aWorkedPull(21, issue, { detail: { files: unreadable('too many') } });
    const qa = '{ name: QA, when: [deployed], paths: ["src/**"] }';
    const both = `${qa}, { name: Ops, when: [deployed] }`;
    expect(causes({ pulls: [unread] }, { entries: qa })).toEqual([]);
    expect(causes({ pulls: [unread] }, { entries: both })).toEqual([]);
    expect(causes({ pulls: [unread] }, { entries: '{ name: Ops, when: [deployed] }' })).toEqual([
      'told-deployed',
    ]);
  });
});

describe('the end', () => {
  const over = anIssue(8, {
    labels: [],
    state: 'closed',
    stateReason: 'completed',
    closedAt: START + 2 * HOUR,
    history: read({
      labels: [labelled('deploy-subagent')],
      edits: [],
      dependencies: [],
      closed: {
        actor: ME,
        at: START + 2 * HOUR,
        pull: { number: 21, repository: 'acme/market', merged: true },
      },
    }),
  });
  const end = (options: Told = {}): readonly Action[] =>
    actionsOf(
      planOf(snapshotOf({ issues: [over], pulls: [MERGED], branches: read({}) }, options), START + 4 * HOUR)
        .rest,
    );

  test('is told on the tracking issue, behind the summary, and only once the last event was', () => {
    const told = { 21: read([{ cause: 'told-merged', at: START }]) };
    const comments = (actions: readonly Action[]) =>
      actions.flatMap((action) =>
        action.kind === 'comment' ? [`${action.number} ${action.cause}`] : action.kind,
      );
    expect(comments(end())).toEqual(expect.arrayContaining(['21 told-merged']));
    expect(comments(end())).not.toContain('12 summary');
    expect(comments(end({ said: {} }))).not.toContain('12 summary');
    expect(comments(end({ said: told }))).toEqual(
      expect.arrayContaining(['12 summary', '12 told-complete', 'update tracker']),
    );
  });

  test('is told to those whom some issue concerned', () => {
    const entries =
      '{ name: QA, when: [complete], paths: ["src/**"] }, { name: Ops, when: [complete], risk: [low] }';
    expect(end({ entries }).flatMap((action) => (action.kind === 'comment' ? [action.body] : []))).toContain(
      'The deployment on `main` is complete.\n\nFor QA.',
    );
  });
});
