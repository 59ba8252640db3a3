import { expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import {
  controlLabelOf,
  controlLabels,
  deploymentLabel,
  effortLabel,
  labelFact,
  priorityLabel,
  riskLabel,
  sharesLabel,
} from '../../../src/core/names/labels.js';
import { defaultSettings } from '../../../src/core/settings/schema.js';
import { hostileText } from '../text/hostile.js';

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

const settings = defaultSettings();

test('every label has the name, colour and description that GitHub takes', () => {
  const labels = [
    ...Object.values(controlLabels(settings)),
    sharesLabel('market_scanner.py', digest),
    effortLabel('5-6h', digest),
    ...(['high', 'medium', 'low'] as const).map(riskLabel),
    ...(['p0', 'p1', 'p2', 'p3'] as const).map(priorityLabel),
    deploymentLabel('spring', digest),
  ];
  for (const { color, description } of labels) {
    expect(color).toMatch(/^[0-9a-f]{6}$/);
    expect(description.length).toBeLessThanOrEqual(100);
    expect(description).not.toMatch(/…$/);
  }
  expect(labels).toMatchSnapshot();
});

test('control labels have the names of the settings, and case does not count', () => {
  const own = { labels: { deploy: 'agents', prefix: 'bot' } };
  expect(Object.values(controlLabels(own)).map((label) => label.name)).toEqual([
    'agents',
    'bot:hold',
    'bot:merge',
    'bot:freeze',
    'bot:pause',
    'bot:tracking',
  ]);
  expect(controlLabelOf(own, 'Bot:HOLD')).toBe('hold');
  expect(controlLabelOf(own, 'AGENTS')).toBe('deploy');
  expect(controlLabelOf(own, 'subagent:hold')).toBeUndefined();
});

test('a long name is shortened with a digest and stays different from others with the same beginning', () => {
  const one = sharesLabel(`${'executor integration points '.repeat(3)}one`, digest).name;
  const other = sharesLabel(`${'executor integration points '.repeat(3)}two`, digest).name;
  expect(one).toMatch(/^shares:executor integration points .*~[0-9a-f]{8}$/);
  expect(one).not.toBe(other);
  expect(sharesLabel('X'.repeat(60), digest).name.toLowerCase()).toBe(
    sharesLabel('x'.repeat(60), digest).name,
  );
  expect(sharesLabel('x'.repeat(43), digest).name).toBe(`shares:${'x'.repeat(43)}`);
  expect(sharesLabel('x'.repeat(44), digest).name).toHaveLength(50);
});

test('whatever is shared, the label’s name is one line of at most 50 characters that is read back', () => {
  fc.assert(
    fc.property(hostileText, (what) => {
      const { name, description } = sharesLabel(what, digest);
      expect(name.length).toBeLessThanOrEqual(50);
      expect(description.length).toBeLessThanOrEqual(100);
      expect(name).not.toMatch(/[\n\u200b\u202e]/);
      expect(labelFact(name)).toEqual({ kind: 'shares', value: name.slice('shares:'.length) });
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['shares:market_scanner.py', { kind: 'shares', value: 'market_scanner.py' }],
  ['Shares: Executor points', { kind: 'shares', value: 'Executor points' }],
  ['effort:5-6h', { kind: 'effort', value: '5-6h' }],
  ['risk:HIGH', { kind: 'risk', value: 'high' }],
  ['risk:banana', undefined],
  ['priority:p0', { kind: 'priority', value: 'p0' }],
  ['priority:p4', undefined],
  ['deployment:spring', { kind: 'deployment', value: 'spring' }],
  ['shares:', undefined],
  ['bug', undefined],
])('the label %j says %j', (name, fact) => {
  expect(labelFact(name)).toEqual(fact);
});
