import { describe, expect, test } from '@jest/globals';

import { greenAt } from '../../../src/core/landing/green-at.js';
import { type Check, type PullDetail, read, valueOr } from '../../../src/core/model/index.js';
import { defaultSettings } from '../../../src/core/settings/schema.js';
import { aWorkedPull, anIssue } from '../../support/view-builder.js';

const check = (name: string, at: number | null, state: Check['state'] = 'passed'): Check => ({
  name,
  app: 1,
  state,
  ...(at !== null && { at }),
});

function green(checks: readonly Check[], landed: number | null, required: readonly string[] = []) {
  const pull = aWorkedPull(21, anIssue(1), { detail: { checks: read(checks) } });
  const detail: PullDetail | null = valueOr(pull.detail, null);
  return detail === null ? undefined : greenAt(detail, required, defaultSettings(), landed);
}

describe('when checks were green', () => {
  test('is when the last of those that count passed', () => {
    expect(green([check('build', 3), check('lint', 5)], null)).toBe(5);
    expect(green([check('build', 3), check('lint', 5)], null, ['build'])).toBe(3);
    expect(green([check('build', 3), check('lint', null, 'pending')], null)).toBeNull();
    expect(green([], null)).toBeNull();
  });

  test('is not when something ended on the base after the landing', () => {
    expect(green([check('build', 3), check('deploy', 10)], 9)).toBe(3);
    expect(green([check('build', 3), check('deploy', 10, 'failed')], 9)).toBe(3);
    expect(green([check('build', 3), check('deploy', null, 'pending')], 9)).toBe(3);
  });

  test('is the landing, at the latest, where nothing else is left', () => {
    expect(green([check('build', 10)], 9)).toBe(9);
    expect(green([check('build', 9), check('deploy', 10)], 9)).toBe(9);
    expect(green([], 9)).toBeNull();
  });

  test('is never where one had failed before the landing', () => {
    expect(green([check('build', 3), check('lint', 4, 'failed')], 9)).toBeNull();
  });
});
