import { describe, expect, test } from '@jest/globals';
import { configVerdict } from '../../../src/core/gate/config-verdict.js';
import {
  type Click,
  type HeadConfig,
  type OwnCheck,
  read,
  unreadable,
} from '../../../src/core/model/index.js';
import { judgeHead } from '../../../src/core/settings/judge-head.js';
import { ownGate } from '../../support/snapshot.js';
import {
  NOW,
  type PullParts,
  type SnapshotParts,
  aPull,
  aSnapshot,
  anIssue,
  digest,
  person,
  sha,
} from '../../support/view-builder.js';
import { actionsOf, planOf } from './support.js';

const HEAD = sha('settings');
const VALID: HeadConfig = { kind: 'valid' };
const WRONG: HeadConfig = judgeHead({ text: 'base: 5\n' });

/** A repository that wants nothing of the app, with a pull request that changes the settings file. */
function snapshot(config: HeadConfig, pull: PullParts = {}, parts: SnapshotParts = {}) {
  const head = { branch: 'settings', sha: HEAD, sameRepository: true };
  return aSnapshot({
    rules: { requiredChecks: [] },
    pulls: [aPull(30, anIssue(30), { head, ...pull })],
    headConfigs: { [HEAD]: read(config) },
    ...parts,
  });
}

function published(on: ReturnType<typeof snapshot>, clicks: readonly Click[] = []) {
  const { homes, rest } = planOf(on, NOW, clicks);
  return actionsOf([...homes, ...rest]).flatMap((action) =>
    action.kind === 'publish gates' && action.name === 'subagents-config' ? action.gates : [],
  );
}

const conclusions = (on: ReturnType<typeof snapshot>) =>
  published(on).map(({ verdict }) => verdict.conclusion);

function run(config: HeadConfig, parts: Partial<OwnCheck> = {}): OwnCheck {
  const { externalId, conclusion } = configVerdict(config, digest);
  const name = 'subagents-config';
  return ownGate(null, { name, externalId, conclusion: conclusion?.toUpperCase() ?? null, ...parts });
}

const having = (...checks: readonly OwnCheck[]): PullParts => ({ ownChecks: read(checks) });

describe('a pull request that changes the settings file', () => {
  test('gets a check of its own, also where nothing else is wanted of the app', () => {
    expect(conclusions(snapshot(VALID))).toEqual(['success']);
    expect(conclusions(snapshot(WRONG))).toEqual(['failure']);
  });

  test('gets it while the file that holds is invalid, so that it can mend it', () => {
    expect(conclusions(snapshot(VALID, {}, { config: 'base: 5\n' }))).toEqual(['success']);
  });

  test('gets it from a fork, and as a draft, onto any base', () => {
    const head = { branch: 'main', sha: HEAD, sameRepository: false };
    expect(conclusions(snapshot(WRONG, { head, draft: true, base: 'release' }))).toEqual(['failure']);
  });

  test('gets it once: a run that says the same is not written again', () => {
    expect(published(snapshot(WRONG, having(run(WRONG))))).toEqual([]);
    expect(conclusions(snapshot(WRONG, having(run(VALID))))).toEqual(['failure']);
  });

  test('does not get the verdict of the gate for its own', () => {
    expect(conclusions(snapshot(VALID, having(run(VALID, { name: 'merge-order' }))))).toEqual(['success']);
  });

  test('gets nothing while its runs or its file cannot be read, or once it is closed', () => {
    expect(published(snapshot(WRONG, { ownChecks: unreadable('no') }))).toEqual([]);
    expect(published(snapshot(WRONG, {}, { headConfigs: { [HEAD]: unreadable('no') } }))).toEqual([]);
    expect(published(snapshot(WRONG, { state: 'closed' }))).toEqual([]);
  });
});

test('no other pull request gets it', () => {
  expect(published(snapshot(WRONG, {}, { headConfigs: {} }))).toEqual([]);
});

describe('a re-run of it', () => {
  const there = run(VALID, { id: 70, startedAt: NOW - 1000 });
  const click = (parts: Partial<Click> = {}): Click => ({
    by: person('rosa'),
    sha: HEAD,
    run: 70,
    identifier: 'rerun',
    at: NOW,
    ...parts,
  });

  test.each([
    ['of the run', 70],
    ['of all runs', null],
  ])('%s publishes the verdict again', (_, id) => {
    expect(published(snapshot(VALID, having(there)), [click({ run: id })])).toMatchObject([
      { sha: HEAD, run: null, again: 70, verdict: { conclusion: 'success' } },
    ]);
  });

  test('counts on its newest run, by somebody else, only', () => {
    const on = snapshot(VALID, having(there));
    expect(published(on, [click({ run: 69 })])).toEqual([]);
    expect(published(on, [click({ identifier: 'check-again' })])).toEqual([]);
    expect(published(on, [click({ by: { login: 'yardmaster[bot]', kind: 'me' } })])).toEqual([]);
  });

  test('waits while the file cannot be read', () => {
    const on = snapshot(VALID, having(there), { headConfigs: { [HEAD]: unreadable('no') } });
    expect(planOf(on, NOW, [click()]).clicksLeft).toEqual([click()]);
  });
});
