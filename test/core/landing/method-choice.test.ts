import { describe, expect, test } from '@jest/globals';
import { chooseMethod } from '../../../src/core/landing/method.js';
import type { Repository, Rules } from '../../../src/core/model/index.js';
import { type Settings, defaultSettings } from '../../../src/core/settings/schema.js';
import { aSnapshot } from '../../support/view-builder.js';

type Wanted = Settings['merge']['method'];
type Allowed = Repository['mergeMethods'];

const ALL: Allowed = ['squash', 'rebase', 'merge'];
const FREE: Partial<Rules> = { approvals: null, mayPush: true };
const PULLS: Partial<Rules> = { approvals: 0, mayPush: false };

function chosen(wanted: Wanted, rules: Partial<Rules>, mergeMethods: Allowed): string {
  const settings = defaultSettings();
  const snapshot = aSnapshot({ rules, repository: { mergeMethods } });
  if (snapshot.base.kind === 'unreadable' || snapshot.base.value.rules.kind === 'unreadable') return 'unread';
  const choice = chooseMethod(
    { ...settings, merge: { ...settings.merge, method: wanted } },
    snapshot.base.value.rules.value,
    snapshot.repository,
    'main',
  );
  return `${choice.kind === 'chosen' ? choice.method : 'none'}: ${choice.why}`;
}

const BY_CONFIG = 'the configuration says so';
const TESTED = 'fast-forward: the commit that was tested is the commit that lands';

describe('the method of landing', () => {
  test.each([
    ['auto', FREE, ALL, TESTED],
    ['auto', { approvals: 1, mayPush: true }, ALL, 'squash: main takes pull requests only'],
    ['auto', { approvals: null, mayPush: false }, ALL, 'squash: main takes no pushes of this app'],
    ['auto', PULLS, ALL, 'squash: main takes pull requests only'],
    ['auto', PULLS, ['rebase', 'merge'], 'rebase: main takes pull requests only'],
    ['auto', PULLS, ['merge'], 'merge: main takes pull requests only'],
    [
      'auto',
      { ...PULLS, linear: true },
      ['merge'],
      'none: the repository allows merge, and the rules of main allow squash or rebase',
    ],
    ['auto', { ...PULLS, linear: true }, ['rebase', 'merge'], 'rebase: main takes pull requests only'],
    ['auto', PULLS, [], 'none: the repository allows no merge method'],
    ['auto', { mergeQueue: true }, ALL, 'queue: main has a merge queue'],
    ['queue', { mergeQueue: true }, ALL, `queue: ${BY_CONFIG}`],
    ['queue', FREE, ALL, 'none: the configuration says queue, and main has no merge queue'],
    ['fast-forward', PULLS, ALL, `fast-forward: ${BY_CONFIG}`],
    ['squash', FREE, ALL, `squash: ${BY_CONFIG}`],
    ['merge', FREE, ['squash'], 'none: the configuration says merge, which the repository does not allow'],
    ['auto', { ...PULLS, mergeMethods: ['squash'] }, ALL, 'squash: main takes pull requests only, by squash'],
    [
      'auto',
      { ...PULLS, mergeMethods: ['rebase', 'merge'] },
      ALL,
      'rebase: main takes pull requests only, by rebase or merge',
    ],
    ['auto', { ...PULLS, mergeMethods: ALL }, ALL, 'squash: main takes pull requests only'],
    [
      'auto',
      { ...PULLS, mergeMethods: ['rebase'] },
      ['squash', 'merge'],
      'none: the repository allows squash or merge, and the rules of main allow rebase',
    ],
    [
      'auto',
      { ...PULLS, linear: true, mergeMethods: ['merge'] },
      ALL,
      'none: the repository allows squash or rebase or merge, and the rules of main allow no method',
    ],
    ['auto', { ...PULLS, signatures: true }, ['rebase', 'merge'], 'merge: main takes pull requests only'],
    [
      'merge',
      { ...PULLS, mergeMethods: ['squash'] },
      ALL,
      'none: the configuration says merge, which the rules of main do not allow',
    ],
    ['squash', { ...PULLS, mergeMethods: ['squash'] }, ALL, `squash: ${BY_CONFIG}`],
    [
      'merge',
      { ...PULLS, linear: true },
      ALL,
      'none: the configuration says merge, which the rules of main do not allow',
    ],
    [
      'rebase',
      { ...PULLS, signatures: true },
      ALL,
      'none: the configuration says rebase, which the rules of main do not allow',
    ],
  ] as const)('%s, %j, %j', (wanted, rules, methods, expected) => {
    expect(chosen(wanted, rules, methods)).toBe(expected);
  });
});
