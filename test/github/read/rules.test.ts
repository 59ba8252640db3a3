import { describe, expect, test } from '@jest/globals';

import { createFaults } from '../../../src/github/read/answer.js';
import { type RawRule, type RawUpdateRule, rulesOf } from '../../../src/github/read/rules.js';

const NONE = {
  requiredChecks: [],
  approvals: null,
  strict: false,
  mergeMethods: null,
  dismissStale: false,
  lastPush: false,
  linear: false,
  signatures: false,
  mayPush: true,
};
const CLASSIC: RawUpdateRule = {
  requiredStatusCheckContexts: ['build', null],
  requiredApprovingReviewCount: 1,
  requiresLinearHistory: true,
  requiresSignatures: false,
  viewerCanPush: false,
};
const rule = (type: string, parameters: RawRule['parameters'] = null): RawRule => ({ type, parameters });
const CHECKS = rule('REQUIRED_STATUS_CHECKS', {
  requiredStatusChecks: [{ context: 'merge-order' }, { context: 'build' }],
});
const PULLS = rule('PULL_REQUEST', { requiredApprovingReviewCount: 2 });

const by = (...allowedMergeMethods: readonly string[]): RawRule =>
  rule('PULL_REQUEST', { requiredApprovingReviewCount: 0, allowedMergeMethods });

function rules(nodes: readonly RawRule[], refUpdateRule: RawUpdateRule | null = null, hasQueue = false) {
  return rulesOf({ refUpdateRule, rules: { totalCount: nodes.length, nodes } }, hasQueue, createFaults([]));
}

describe('what the base asks for', () => {
  test.each<readonly [string, ReturnType<typeof rules>, object]>([
    ['nothing', rules([]), {}],
    [
      'classic protection',
      rules([], CLASSIC),
      { requiredChecks: ['build'], approvals: 1, linear: true, mayPush: false },
    ],
    ['checks of a ruleset', rules([CHECKS]), { requiredChecks: ['merge-order', 'build'] }],
    ['pull requests by a ruleset', rules([PULLS]), { approvals: 2 }],
    [
      'pull requests without approvals',
      rules([rule('PULL_REQUEST', { requiredApprovingReviewCount: 0 })]),
      { approvals: 0 },
    ],
    [
      'both, of which the stricter holds',
      rules([CHECKS, PULLS], CLASSIC),
      { requiredChecks: ['build', 'merge-order'], approvals: 2, linear: true, mayPush: false },
    ],
    [
      'a straight history of signed commits',
      rules([rule('REQUIRED_LINEAR_HISTORY'), rule('REQUIRED_SIGNATURES')]),
      { linear: true, signatures: true },
    ],
    [
      'branches up to date',
      rules([
        rule('REQUIRED_STATUS_CHECKS', {
          requiredStatusChecks: [{ context: 'build' }],
          strictRequiredStatusChecksPolicy: true,
        }),
      ]),
      { requiredChecks: ['build'], strict: true },
    ],
    [
      'nothing, where it asks for branches up to date and requires no check',
      rules([
        rule('REQUIRED_STATUS_CHECKS', { requiredStatusChecks: [], strictRequiredStatusChecksPolicy: true }),
      ]),
      { strict: false },
    ],
    ['one merge method', rules([by('squash')]), { approvals: 0, mergeMethods: ['squash'] }],
    [
      'merge methods that two rulesets both allow',
      rules([by('MERGE', 'rebase', 'squash'), by('merge', 'squash'), PULLS]),
      { approvals: 2, mergeMethods: ['squash', 'merge'] },
    ],
    ['no merge method', rules([by('merge'), by('squash')]), { approvals: 0, mergeMethods: [] }],
    [
      'approvals of the last push, the others dismissed',
      rules([
        PULLS,
        rule('PULL_REQUEST', {
          requiredApprovingReviewCount: 1,
          dismissStaleReviewsOnPush: true,
          requireLastPushApproval: true,
        }),
      ]),
      { approvals: 2, dismissStale: true, lastPush: true },
    ],
    ['that nobody moves it', rules([rule('UPDATE')]), { mayPush: false }],
    ['a queue', rules([], null, true), { mergeQueue: true }],
    ['a queue that is not shown', rules([rule('MERGE_QUEUE')]), { mergeQueue: true }],
  ])('%s', (_, found, expected) => {
    expect(found).toEqual({ kind: 'read', value: { ...NONE, mergeQueue: false, ...expected } });
  });

  test('cannot be read where rules were left out', () => {
    const short = { refUpdateRule: null, rules: { totalCount: 2, nodes: [PULLS] } };
    expect(rulesOf(short, false, createFaults([])).kind).toBe('unreadable');
  });
});
