import { expect, test } from '@jest/globals';
import { createUsage } from '../../src/schema/usage.js';

test('a run without violations says so in one line', () => {
  const usage = createUsage();
  for (const operation of ['issues/get', 'issues/create', 'issues/get', '']) usage.count(operation);
  expect(usage.summary()).toEqual({
    requests: 4,
    operations: ['issues/create', 'issues/get'],
    violations: [],
    text: '4 requests, 2 operations, 0 violations',
  });
});

test('each violation has its line', () => {
  const usage = createUsage();
  const violation = {
    operation: 'a/b',
    where: 'query',
    at: 'x',
    expected: 'integer',
    got: '"y" (string)',
  } as const;
  usage.violation(violation);
  const before = usage.summary();
  usage.violation(violation);
  expect(before.violations).toEqual([violation]);
  expect(usage.summary().text).toBe(
    [
      '0 requests, 0 operations, 2 violations',
      ...Array(2).fill('a/b: query x: expected integer, got "y" (string)'),
    ].join('\n'),
  );
});
