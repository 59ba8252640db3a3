import { expect, test } from '@jest/globals';

import { type Pull, type Snapshot, read, unreadable } from '../../../src/core/model/index.js';
import {
  HOUR,
  ME,
  MINUTE,
  START,
  type SnapshotParts,
  aMergedPull,
  aSnapshot,
  aTracker,
  anIssue,
  labelled,
} from '../../support/view-builder.js';
import { actionsOf, planOf } from './support.js';

const LANDED = START + 2 * HOUR;
const issue = anIssue(8, {
  labels: [],
  state: 'closed',
  stateReason: 'completed',
  closedAt: LANDED,
  history: read({
    labels: [labelled('deploy-subagent')],
    edits: [],
    dependencies: [],
    closed: { actor: ME, at: LANDED, pull: { number: 21, repository: 'acme/market', merged: true } },
  }),
});

function snapshotOf(parts: SnapshotParts): Snapshot {
  return aSnapshot({
    issues: [issue],
    pulls: [aMergedPull(21, issue)],
    branches: read({}),
    trackers: [aTracker()],
    config: 'stakeholders: [{ name: QA, when: [merged] }]\n',
    toldSince: read({ stakeholders: { qa: START }, sync: 0 }),
    said: { known: {}, asked: { 21: read([]) } },
    ...parts,
  });
}

/** Whether the deployment ends, what its tracking issue says of why not all was told, and when to look again. */
function endAt(now: number, parts: SnapshotParts) {
  const { rest, lookAt } = planOf(snapshotOf(parts), now);
  const actions = actionsOf(rest);
  const written = actions.find((action) => action.kind === 'update tracker');
  return {
    state: written?.state,
    says: /I cannot read [^;]*;/.exec(written?.body ?? '')?.[0] ?? null,
    told: actions.some((action) => action.kind === 'comment' && action.cause === 'told-merged'),
    lookAt,
  };
}

function unreadFiles(pull: Pull): Pull {
  if (pull.detail.kind === 'unreadable') throw new Error('not even its detail is there');
  return { ...pull, detail: read({ ...pull.detail.value, files: unreadable('502') }) };
}

const BY_FILES = 'stakeholders: [{ name: QA, when: [merged], paths: ["src/**"] }]\n';

test.each<[what: string, parts: SnapshotParts, says: string]>([
  ['since when to tell', { toldSince: unreadable('502') }, 'since when the settings ask for that'],
  [
    'the files',
    { config: BY_FILES, pulls: [unreadFiles(aMergedPull(21, issue))] },
    'which files #21 changes',
  ],
  ['what was said', { said: { known: {}, asked: { 21: unreadable('502') } } }, 'what I have said on #21'],
])('the end waits an hour while %s cannot be read, and says so', (_, parts, what) => {
  const says = expect.stringContaining(`I cannot read ${what}: 502.`);
  const end = LANDED + HOUR;
  expect(endAt(LANDED + MINUTE, parts)).toEqual({ state: 'open', says, told: false, lookAt: end });
  expect(endAt(end - 1, parts)).toEqual({ state: 'open', says, told: false, lookAt: end });
  expect(endAt(end, parts)).toEqual({ state: 'closed', says, told: false, lookAt: null });
  expect(endAt(LANDED + MINUTE, {})).toEqual({ state: 'open', says: null, told: true, lookAt: null });
});

test('the end waits for no one who is not to be told', () => {
  const others = 'stakeholders: [{ name: QA, when: [deployed, complete] }]\n';
  const cases: readonly SnapshotParts[] = [
    { toldSince: unreadable('502'), config: others },
    { pulls: [unreadFiles(aMergedPull(21, issue))], said: { known: { 21: ['told-merged'] }, asked: {} } },
  ];
  for (const parts of cases) {
    expect(endAt(LANDED + MINUTE, parts)).toMatchObject({ state: 'closed', says: null });
  }
});

test('the end comes after what is to be looked up, however late', () => {
  const parts = { said: { known: {}, asked: {} } };
  expect(planOf(snapshotOf(parts), LANDED + 2 * HOUR).askSaid).toEqual([21]);
  expect(endAt(LANDED + 2 * HOUR, parts)).toMatchObject({ state: 'open', told: false });
});
