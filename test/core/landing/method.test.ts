import { expect, test } from '@jest/globals';

import { chooseMethod } from '../../../src/core/landing/method.js';
import type { Repository, Rules } from '../../../src/core/model/index.js';
import type { Settings } from '../../../src/core/settings/schema.js';
import { parseSettings } from '../../../src/core/settings/parse.js';

const OPEN: Rules = {
  requiredChecks: [],
  approvals: null,
  strict: false,
  mergeMethods: null,
  dismissStale: false,
  lastPush: false,
  linear: false,
  signatures: false,
  mayPush: true,
  mergeQueue: false,
};

function choose(
  rules: Partial<Rules>,
  methods: Repository['mergeMethods'] = ['squash', 'rebase', 'merge'],
  wanted = 'auto',
) {
  const repository: Repository = {
    id: 'R_1',
    name: 'acme/market',
    url: 'https://github.com/acme/market',
    ownerIsOrganization: true,
    defaultBranch: 'main',
    mergeMethods: methods,
    hasDeployLabel: true,
    pinned: 0,
  };
  return chooseMethod(settingsWith(wanted), { ...OPEN, ...rules }, repository, 'main');
}

function settingsWith(method: string): Settings {
  const parsed = parseSettings(`merge: { method: ${method} }`);
  if (!parsed.ok) throw new Error('these settings are valid');
  return parsed.settings;
}

test('a base without rules takes the very commit that was tested', () => {
  expect(choose({})).toMatchObject({ method: 'fast-forward' });
});

test('required checks alone do not keep the base from being moved to a tested commit', () => {
  expect(choose({ requiredChecks: ['test'] })).toMatchObject({ method: 'fast-forward' });
});

test('a base that takes pull requests only is merged into, though the app may push to it otherwise', () => {
  expect(choose({ approvals: 0 })).toEqual({
    kind: 'chosen',
    method: 'squash',
    why: 'main takes pull requests only',
  });
  expect(choose({ approvals: 1 }, ['rebase', 'merge'])).toMatchObject({ method: 'rebase' });
});

test('a base that others push to is merged into', () => {
  expect(choose({ mayPush: false }, ['merge'])).toEqual({
    kind: 'chosen',
    method: 'merge',
    why: 'main takes no pushes of this app',
  });
});

test('a linear history takes no merge commit', () => {
  expect(choose({ approvals: 1, linear: true }, ['merge'])).toEqual({
    kind: 'none',
    why: 'the repository allows merge, and the rules of main allow squash or rebase',
  });
});

test('the configuration chooses among what the repository allows', () => {
  expect(choose({ approvals: 1 }, ['squash'], 'fast-forward')).toMatchObject({ method: 'fast-forward' });
  expect(choose({}, ['squash', 'merge'], 'merge')).toMatchObject({ method: 'merge' });
  expect(choose({}, ['squash'], 'merge')).toMatchObject({ kind: 'none' });
});

test('a merge queue is not gone past', () => {
  expect(choose({ mergeQueue: true })).toMatchObject({ kind: 'chosen', method: 'queue' });
});
