import { describe, expect, test } from '@jest/globals';
import { type ChecksInput, checkReasons, failingNames } from '../../../src/core/landing/checks.js';
import { type Check, read, unreadable } from '../../../src/core/model/index.js';
import { type Settings, defaultSettings } from '../../../src/core/settings/schema.js';
import { MINUTE, NOW } from '../../support/view-builder.js';

const SHA = '3f2c1ab0d';

function check(name: string, state: Check['state'] = 'passed', app: number | null = 1): Check {
  return { name, app, state };
}

function settingsWith(...checks: readonly string[]): Settings {
  const settings = defaultSettings();
  return { ...settings, merge: { ...settings.merge, checks } };
}

function reasons(parts: Partial<ChecksInput>) {
  return checkReasons({
    sha: SHA,
    checks: read([]),
    earlierChecks: read([]),
    baseChecks: read([]),
    required: [],
    pushedAt: NOW - 10 * MINUTE,
    now: NOW,
    settings: defaultSettings(),
    ...parts,
  });
}

const waiting = (overdue = false) => ({ kind: 'checks not started', sha: SHA, overdue });
const missing = (names: readonly string[], asked: boolean, overdue = false) => ({
  kind: 'checks missing',
  names,
  asked,
  overdue,
});
const settling = { kind: 'settling', sha: SHA };

describe('the names that count', () => {
  test('are those that the base requires: another red check keeps nothing back', () => {
    const checks = read([check('build'), check('optional', 'failed'), check('slow', 'pending')]);
    expect(reasons({ checks, required: ['build'] })).toEqual([]);
  });

  test('are, where nobody asks for any, also those that had passed before the app made this head', () => {
    const earlierChecks = read([check('build'), check('flaky', 'failed'), check('merge-order')]);
    expect(reasons({ checks: read([check('lint')]), earlierChecks })).toEqual([missing(['build'], false)]);
    expect(reasons({ checks: read([check('build')]), earlierChecks })).toEqual([]);
    expect(reasons({ checks: read([check('lint')]), earlierChecks, required: ['lint'] })).toEqual([]);
  });

  test('are not known where the checks before the update cannot be read', () => {
    const earlierChecks = unreadable<never>('502');
    expect(reasons({ earlierChecks })).toEqual([
      { kind: 'unread', what: 'the checks before its update', why: '502' },
    ]);
  });

  test('are also those of the settings', () => {
    const checks = read([check('build'), check('lint', 'failed')]);
    expect(reasons({ checks, required: ['build'], settings: settingsWith('lint') })).toEqual([
      { kind: 'failing checks', names: ['lint'] },
    ]);
  });

  test('are all on the head where nobody asks for any', () => {
    const checks = read([check('b', 'failed'), check('a', 'failed'), check('c', 'pending'), check('d')]);
    expect(reasons({ checks })).toEqual([
      { kind: 'failing checks', names: ['a', 'b'] },
      { kind: 'pending checks', names: ['c'] },
    ]);
  });

  test('are not the gate itself, neither on the head nor among those required', () => {
    const gate = check('merge-order', 'pending');
    expect(reasons({ checks: read([check('build'), gate]), required: ['build', 'merge-order'] })).toEqual([]);
    expect(reasons({ checks: read([gate]), required: ['merge-order'] })).toEqual([]);
  });

  test('fail if one of several of the same name failed', () => {
    const checks = read([check('build'), check('build', 'failed', 2)]);
    expect(reasons({ checks, required: ['build'] })).toEqual([{ kind: 'failing checks', names: ['build'] }]);
  });
});

describe('a check that is not there', () => {
  test('is waited for where it is required, however long ago the push was', () => {
    const passed = read([check('other')]);
    const required = ['other', 'docs', 'build'];
    const after = (age: number) => reasons({ checks: passed, required, pushedAt: NOW - age });
    expect(after(10 * MINUTE)).toEqual([missing(['build', 'docs'], true)]);
    expect(after(30 * MINUTE)).toEqual([missing(['build', 'docs'], true, true)]);
    expect(after(30 * MINUTE - 1)).toEqual([missing(['build', 'docs'], true)]);
  });

  test('is CI that did not start where there is none at all', () => {
    const after = (age: number) => reasons({ required: ['build'], pushedAt: NOW - age });
    expect(after(30 * MINUTE)).toEqual([waiting(true)]);
    expect(after(30 * MINUTE - 1)).toEqual([waiting()]);
  });

  test('is waited for where the base has checks', () => {
    expect(reasons({ baseChecks: read([check('build')]) })).toEqual([waiting()]);
    expect(reasons({ baseChecks: read([check('merge-order')]) })).toEqual([]);
    expect(reasons({ baseChecks: unreadable('502') })).toEqual([waiting()]);
  });

  test('is not waited for elsewhere, once the head has settled', () => {
    expect(reasons({ pushedAt: NOW - MINUTE + 1 })).toEqual([waiting()]);
    expect(reasons({ pushedAt: NOW - MINUTE })).toEqual([]);
    expect(reasons({ pushedAt: NOW - 60 * MINUTE })).toEqual([]);
  });

  test('may still come after others have passed, until the head has settled', () => {
    const checks = read([check('lint')]);
    expect(reasons({ checks, pushedAt: NOW - MINUTE + 1 })).toEqual([settling]);
    expect(reasons({ checks, pushedAt: NOW - MINUTE })).toEqual([]);
    expect(reasons({ checks, pushedAt: null })).toEqual([settling]);
  });

  test('needs no such wait where the names are asked for, and all of them have passed', () => {
    const checks = read([check('lint')]);
    expect(reasons({ checks, pushedAt: NOW, required: ['lint'] })).toEqual([]);
    expect(reasons({ checks, pushedAt: NOW, settings: settingsWith('lint') })).toEqual([]);
  });

  test('is not spoken of while others have failed or still run', () => {
    const checks = read([check('lint', 'pending')]);
    expect(reasons({ checks, pushedAt: NOW })).toEqual([{ kind: 'pending checks', names: ['lint'] }]);
  });

  test('is waited for where nobody knows when the head came', () => {
    expect(reasons({ pushedAt: null })).toEqual([waiting()]);
  });

  test('cannot be told apart from one that cannot be read', () => {
    expect(reasons({ checks: unreadable('short') })).toEqual([
      { kind: 'unread', what: 'its checks', why: 'short' },
    ]);
  });
});

describe('a base that is red itself', () => {
  const base = [check('build', 'failed'), check('optional', 'failed'), check('merge-order', 'failed')];

  test('is so by the names that count for a pull request', () => {
    expect(failingNames(base, ['build'], defaultSettings())).toEqual(['build']);
    expect(failingNames(base, [], settingsWith('optional'))).toEqual(['optional']);
    expect(failingNames(base, [], defaultSettings())).toEqual(['build', 'optional']);
    expect(failingNames([check('build'), check('x', 'pending')], [], defaultSettings())).toEqual([]);
  });
});

test('the check on the configuration keeps nothing from landing, whoever asks for it', () => {
  const wrong = [check('subagents-config', 'failed'), check('build')];
  expect(reasons({ checks: read(wrong) })).toEqual([]);
  expect(reasons({ checks: read(wrong), required: ['subagents-config', 'build'] })).toEqual([]);
  expect(reasons({ checks: read(wrong), settings: settingsWith('subagents-config') })).toEqual([]);
  expect(reasons({ checks: read([wrong[0] ?? check('x')]), baseChecks: read([check('build')]) })).toEqual([
    waiting(),
  ]);
  expect(failingNames(wrong, [], defaultSettings())).toEqual([]);
});
